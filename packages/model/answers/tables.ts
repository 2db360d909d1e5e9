/** Values of a column, a row each; null where the row has none. Tables travel by column: a register of 60,000 assets stays a few megabytes. */
export interface ColumnsOfTable {
  readonly rows: number;
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
}

/** `{ kind: "tables", district?, plan?, where?, settings? }`, of any area's plan: what its pages draw. */
export interface TablesAnswer {
  readonly district: Readonly<Record<string, ColumnsOfTable>>;
  readonly plan: Readonly<Record<string, ColumnsOfTable>>;
  /** The area's, where they were asked for. */
  readonly settings?: Readonly<Record<string, unknown>>;
}
