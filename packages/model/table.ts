import { z } from "zod";
import type { Column } from "./column.ts";

export type Columns = Readonly<Record<string, Column>>;

/** A table of the district folder or of a plan's export: its file, its key and its columns. */
export interface Table<C extends Columns = Columns> {
  /** Path inside the district folder or the export: `scheduling/courses.csv`. */
  readonly file: string;
  /** Columns that together name a row; empty where rows may repeat. */
  readonly key: readonly string[];
  readonly columns: C;
}

type RequiredNames<C extends Columns> = { [K in keyof C]: C[K] extends Column<infer _, true> ? K : never }[keyof C];
type Value<X> = X extends Column<infer T, boolean> ? T : never;

/**
 * A typed row. Empty cells are absent. `extra` keeps what the contract does not name, `group_*` columns among it:
 * those are for fairness tables and reach a solver only through a parity goal.
 */
export type RowOf<C extends Columns> = { [K in RequiredNames<C>]: Value<C[K]> } & {
  [K in Exclude<keyof C, RequiredNames<C>>]?: Value<C[K]>;
} & { extra?: Record<string, string> };

export type Row<T extends Table> = RowOf<T["columns"]>;

export function table<const C extends Columns>(file: string, key: readonly (keyof C & string)[], columns: C): Table<C> {
  return { file, key, columns };
}

/** Schema of one typed row, for the API and for plan files. */
export function rowSchema<T extends Table>(definition: T): z.ZodType<Row<T>> {
  const shape: Record<string, z.ZodType> = { extra: z.record(z.string(), z.string()).optional() };
  for (const [name, column] of Object.entries(definition.columns)) {
    shape[name] = column.required ? column.schema : column.schema.optional();
  }
  return z.strictObject(shape) as unknown as z.ZodType<Row<T>>;
}

/** The key of a row as one text, its parts joined by `:`. */
export function rowKey(definition: Table, row: Readonly<Record<string, unknown>>): string {
  return definition.key.map((name) => String(row[name] ?? "")).join(":");
}
