import type { Column } from "@trivium/model";
import { shown } from "../report.ts";
import type { FindInFile, Reader } from "./header.ts";

export type AnyRow = Record<string, unknown>;

/** Distinct cell texts remembered in a column. */
const REMEMBERED = 200_000;
/** No id, number, date or word of the contract is longer; longer cells are refused before any pattern looks at them. */
const CELL_MAX = 200;
/** A spreadsheet's own limit, for text and lists. */
const TEXT_MAX = 32_767;

/** A record as a typed row; `whole` is false when a required cell is empty or wrong. Each wrong cell is a finding. */
export function readRow(
  readers: readonly Reader[],
  cells: readonly string[],
  row: number,
  find: FindInFile,
): { typed: AnyRow; whole: boolean } {
  const typed: AnyRow = {};
  let extra: Record<string, string> | undefined;
  let whole = true;
  for (const reader of readers) {
    const cell = textOf(reader, cells);
    if (cell === "") {
      if (!reader.column?.required) continue;
      whole = false;
      find(emptyCell(reader, reader.column, row));
      continue;
    }
    reader.filled++;
    if (!reader.column) {
      extra ??= {};
      extra[reader.name] = remembered(reader, cell, cell) as string;
      continue;
    }
    const value = parsed(reader, reader.column, cell);
    if (value !== undefined) typed[reader.name] = value;
    else {
      if (reader.column.required) whole = false;
      find(badCell(reader, reader.column, cell, row));
    }
  }
  if (extra) typed.extra = extra;
  return { typed, whole };
}

/** The cell, with what a mapping sets before it: ids that repeat from school to school become the district's own. */
function textOf(reader: Reader, cells: readonly string[]): string {
  const cell = cells[reader.at] ?? "";
  if (reader.prefixAt === undefined || cell === "") return cell;
  const prefix = cells[reader.prefixAt] ?? "";
  if (prefix === "") return cell;
  return isList(reader.column)
    ? cell
        .split("|")
        .map((entry) => `${prefix}-${entry.trim()}`)
        .join("|")
    : `${prefix}-${cell}`;
}

const isList = (column: Column | undefined): boolean => column?.expects.startsWith("a list") ?? false;

function parsed(reader: Reader, column: Column, cell: string): unknown {
  if (cell === reader.last.cell) return reader.last.value;
  const value = reader.seen.get(cell) ?? parsedAnew(reader, column, cell);
  if (!Array.isArray(value)) reader.last = { cell, value };
  return value;
}

function parsedAnew(reader: Reader, column: Column, cell: string): unknown {
  if (cell.length > (column.expects === "text" || isList(column) ? TEXT_MAX : CELL_MAX)) return undefined;
  const value = column.parse(cell);
  return Array.isArray(value) || value === undefined ? value : remembered(reader, cell, value);
}

/** Equal cells share one value, so a million rows do not hold a million copies of the same id. */
function remembered(reader: Reader, cell: string, value: unknown): unknown {
  const known = reader.seen.get(cell);
  if (known !== undefined) return known;
  if (reader.seen.size >= REMEMBERED) reader.seen.clear();
  reader.seen.set(cell, value);
  return value;
}

const emptyCell = (reader: Reader, column: Column, row: number): Parameters<FindInFile>[0] => ({
  code: "empty-required-cell",
  severity: "error",
  row,
  column: reader.header,
  message: `${reader.header} is empty`,
  expected: column.expects,
  mend: "fill the cell, or delete the row if it means nothing",
});

const badCell = (reader: Reader, column: Column, cell: string, row: number): Parameters<FindInFile>[0] => ({
  code: "bad-cell",
  severity: "error",
  row,
  column: reader.header,
  value: shown(cell),
  message: `${reader.header} = ${shown(cell)} is not ${column.expects}`,
  expected: column.expects,
  mend: column.required ? "correct the cell" : "correct the cell, or empty it",
});
