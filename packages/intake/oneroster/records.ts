import { readRecords } from "../tables/records.ts";

/** A row of a OneRoster file by its header, and where it stands. */
export interface RosterRow {
  readonly row: number;
  readonly of: (column: string) => string;
}

const GONE = "tobedeleted";

/** Rows of a OneRoster file that are not marked to be deleted; none where there is no such file. */
export function rosterRows(bytes: Uint8Array | undefined): RosterRow[] {
  if (!bytes) return [];
  const rows: RosterRow[] = [];
  let columns: ReadonlyMap<string, number> | undefined;
  readRecords(bytes, ",", (cells, row) => {
    if (!columns) {
      columns = new Map(cells.map((cell, at) => [cell.toLowerCase(), at]));
      return;
    }
    const header = columns;
    const of = (column: string) => cells[header.get(column.toLowerCase()) ?? -1] ?? "";
    if (of("status").toLowerCase() !== GONE) rows.push({ row, of });
  });
  return rows;
}

/** Several ids in one cell are parted by commas. */
export const listOf = (cell: string): string[] =>
  cell
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
