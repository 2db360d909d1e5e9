import type { Area, District, SettingsOf, TableName, TableRow, Tables } from "@trivium/model";

/** A row of a table by its index. */
export interface TableIndex {
  readonly table: TableName;
  readonly index: number;
}

/** The district as checks see it: typed rows, indexes made once, and what is derived once for several checks. */
export class DistrictView {
  readonly tables: Tables;
  readonly present: ReadonlySet<TableName>;
  readonly settings: SettingsOf;
  /** Undefined where district.json could not be read. */
  readonly district: District | undefined;
  readonly areasGeojson: unknown;
  readonly hasMap: boolean;
  readonly #broken: ReadonlyMap<TableName, readonly Readonly<Record<string, unknown>>[]>;
  readonly #ids = new Map<string, ReadonlySet<unknown>>();
  readonly #first = new Map<string, Map<unknown, number>>();
  readonly #groups = new Map<string, Map<unknown, number[]>>();
  readonly #derived = new Map<unknown, unknown>();

  constructor(content: {
    tables: Tables;
    present: ReadonlySet<TableName>;
    settings: SettingsOf;
    district: District | undefined;
    areasGeojson?: unknown;
    hasMap: boolean;
    /** Rows that lack a required cell: no check sees them, but what they name exists. */
    broken: ReadonlyMap<TableName, readonly Readonly<Record<string, unknown>>[]>;
  }) {
    this.tables = content.tables;
    this.present = content.present;
    this.settings = content.settings;
    this.district = content.district;
    this.areasGeojson = content.areasGeojson;
    this.hasMap = content.hasMap;
    this.#broken = content.broken;
  }

  has(area: Area): boolean {
    return ANCHORS[area].some((name) => this.present.has(name));
  }

  /** Row indexes of a table by the value of one column; rows without it are under undefined. */
  group<N extends TableName>(table: N, column: keyof TableRow<N> & string): ReadonlyMap<unknown, readonly number[]> {
    const name = `${table}.${column}`;
    const known = this.#groups.get(name);
    if (known) return known;
    const groups = new Map<unknown, number[]>();
    (this.tables[table] as readonly TableRow<N>[]).forEach((row, index) => {
      const rows = groups.get(row[column]);
      if (rows) rows.push(index);
      else groups.set(row[column], [index]);
    });
    this.#groups.set(name, groups);
    return groups;
  }

  /** Values of a column, those of broken rows too: one bad cell must not make every mention of its row an error. */
  ids<N extends TableName>(table: N, column: keyof TableRow<N> & string): ReadonlySet<unknown> {
    const name = `${table}.${column}`;
    const known = this.#ids.get(name);
    if (known) return known;
    const ids = new Set(this.#firstBy(table, column).keys());
    for (const row of this.broken(table)) ids.add(row[column]);
    ids.delete(undefined);
    this.#ids.set(name, ids);
    return ids;
  }

  /** Rows that lack a required cell, with what they do hold. */
  broken<N extends TableName>(table: N): readonly Partial<TableRow<N>>[] {
    return (this.#broken.get(table) ?? []) as readonly Partial<TableRow<N>>[];
  }

  /** The first row of a table whose column has this value. */
  row<N extends TableName>(table: N, column: keyof TableRow<N> & string, value: unknown): TableRow<N> | undefined {
    const index = this.#firstBy(table, column).get(value);
    return index === undefined ? undefined : (this.tables[table][index] as TableRow<N>);
  }

  #firstBy<N extends TableName>(table: N, column: keyof TableRow<N> & string): ReadonlyMap<unknown, number> {
    const name = `${table}.${column}`;
    const known = this.#first.get(name);
    if (known) return known;
    const first = new Map<unknown, number>();
    const rows = this.tables[table] as readonly TableRow<N>[];
    for (let index = rows.length - 1; index >= 0; index--) first.set(rows[index][column], index);
    this.#first.set(name, first);
    return first;
  }

  rows<N extends TableName>(table: N, column: keyof TableRow<N> & string, value: unknown): TableRow<N>[] {
    return (this.group(table, column).get(value) ?? []).map((index) => this.tables[table][index] as TableRow<N>);
  }

  /** What `compute` makes of this district, made once. */
  derived<T>(compute: (view: DistrictView) => T): T {
    if (!this.#derived.has(compute)) this.#derived.set(compute, compute(this));
    return this.#derived.get(compute) as T;
  }
}

/** A table that only makes sense when the district uses the area at all. */
const ANCHORS: Readonly<Record<Area, readonly TableName[]>> = {
  scheduling: ["terms", "periods", "patterns", "courses", "sections", "requests", "rooms", "teachers"],
  routing: ["riders", "bells", "rules", "stops", "buses", "bus_types", "depots"],
  facilities: ["buildings", "asset_types", "assets", "work_orders", "budgets"],
};

/** Each row of a table with its index. */
export function* each<N extends TableName>(
  view: DistrictView,
  table: N,
): Generator<[TableRow<N>, TableIndex & { table: N }]> {
  const rows = view.tables[table] as readonly TableRow<N>[];
  for (let index = 0; index < rows.length; index++) yield [rows[index], { table, index }];
}
