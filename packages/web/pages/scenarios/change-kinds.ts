import type { Area, Change } from "@trivium/model";

/** What is written by form; whole tables are replaced by the API. */
export const KINDS = ["set", "add", "remove", "settings"] as const;
export type FormChange = Extract<Change, { op: (typeof KINDS)[number] }>;

/** Cells as they are typed: a column and its text, in the order they were added. */
export type Cells = readonly (readonly [column: string, value: string])[];

/** A change while it is written. */
export interface Draft {
  readonly op: FormChange["op"];
  readonly table: string;
  readonly area: Area;
  readonly where: Cells;
  readonly values: Cells;
  readonly settings: Cells;
  readonly note: string;
}

const ONE_EMPTY: Cells = [["", ""]];
const cellsOf = (of: Readonly<Record<string, unknown>> | undefined): Cells => {
  const cells = Object.entries(of ?? {}).map(([name, value]) => [name, String(value)] as const);
  return cells.length > 0 ? cells : ONE_EMPTY;
};

export function draftOf(change: FormChange): Draft {
  const { note = "" } = change;
  const empty = {
    area: "facilities",
    table: "buses",
    where: ONE_EMPTY,
    values: ONE_EMPTY,
    settings: ONE_EMPTY,
    note,
  } as const;
  if (change.op === "settings")
    return { ...empty, op: "settings", area: change.area, settings: cellsOf(change.values) };
  const values = change.op === "set" ? change.values : change.op === "add" ? change.row : undefined;
  const where = change.op === "add" ? undefined : change.where;
  return { ...empty, op: change.op, table: change.table, where: cellsOf(where), values: cellsOf(values) };
}

/** The change that was written; undefined while something is missing. */
export function readDraft({ op, table, area, where, values, settings, note }: Draft): FormChange | undefined {
  const told = note.trim() === "" ? {} : { note: note.trim() };
  const named = table as Extract<Change, { op: "add" }>["table"];
  const [at, to, set] = [written(where), written(values), written(settings)];
  // Where a row is to be found must be said whole; a new value may be empty: it empties the cell.
  const whole = Object.values(at).every((value) => value !== "") && Object.keys(at).length > 0;
  switch (op) {
    case "set":
      return whole && Object.keys(to).length > 0
        ? { op, table: named, where: at, values: emptied(to), ...told }
        : undefined;
    case "remove":
      return whole ? { op, table: named, where: at, ...told } : undefined;
    case "add":
      return Object.keys(to).length > 0 ? { op, table: named, row: to, ...told } : undefined;
    default:
      return Object.keys(set).length > 0
        ? {
            op,
            area,
            values: Object.fromEntries(Object.entries(set).map(([name, value]) => [name, jsonOf(value)])),
            ...told,
          }
        : undefined;
  }
}

const written = (cells: Cells): Record<string, string> =>
  Object.fromEntries(cells.filter(([name]) => name.trim() !== "").map(([name, value]) => [name.trim(), value.trim()]));
const emptied = (cells: Record<string, string>): Record<string, string | null> =>
  Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, value === "" ? null : value]));

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
