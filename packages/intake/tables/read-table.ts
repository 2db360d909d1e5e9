import { type Column, type Finding, type IntegrityReport, TABLES, type TableName } from "@trivium/model";
import { maybe } from "../nearest.ts";
import { areaOfFile, type FindingList, shown } from "../report.ts";
import type { FileMapping } from "../source/mapping.ts";
import { readRecords } from "./records.ts";

export type AnyRow = Record<string, unknown>;

/** A table as read: typed rows with the row each has in its file. */
export interface ReadTable {
  readonly name: TableName;
  readonly file: string;
  readonly rows: AnyRow[];
  readonly rowNumbers: number[];
  /** Rows that lack a required value: no check sees them, but what they name is known. */
  readonly broken: AnyRow[];
  /** Our column → its name in the file. */
  readonly headers: ReadonlyMap<string, string>;
  readonly completeness: IntegrityReport["completeness"];
}

interface Reader {
  readonly name: string;
  readonly at: number;
  /** Absent for a column that the contract does not name. */
  readonly column?: Column;
  readonly header: string;
  readonly seen: Map<string, unknown>;
  filled: number;
}

/** Distinct cell texts remembered in a column: ids and words repeat, so each is parsed and kept once. */
const REMEMBERED = 200_000;
const UNSAFE_HEADER = new Set(["__proto__", "constructor", "prototype"]);

/** Reads one CSV file as a table, adding to `findings` all that is wrong with its shape and its cells. */
export function readTable(
  name: TableName,
  file: string,
  bytes: Uint8Array,
  findings: FindingList,
  mapping?: FileMapping,
): ReadTable {
  const columns: Readonly<Record<string, Column>> = TABLES[name].columns;
  const find = (found: Omit<Finding, "area" | "file">) =>
    findings.add({ ...found, area: areaOfFile(TABLES[name].file), file });
  const table: ReadTable & { headers: Map<string, string> } = {
    name,
    file,
    rows: [],
    rowNumbers: [],
    broken: [],
    headers: new Map(),
    completeness: [],
  };
  let readers: Reader[] | undefined;
  let width = 0;
  const begin = (cells: string[], row: number) => {
    readers = readersOf(cells, row, columns, mapping, find);
    width = cells.length;
    for (const reader of readers) table.headers.set(reader.name, reader.header);
  };
  const bad = readRecords(bytes, mapping?.delimiter ?? ",", (cells, row) => {
    if (!readers) {
      begin(cells, row);
      if (mapping?.header !== false) return;
    }
    if (cells.length !== width) ragged(cells, row, width, find);
    readRow(table, readers as Reader[], cells, row, find);
  });
  if (!readers) begin([], 1);
  for (const { row, code, message } of bad) {
    find({ code, severity: "error", row, message, ...MEND_RECORD[code] });
  }
  const rows = table.rows.length + table.broken.length;
  for (const reader of readers as unknown as Reader[]) {
    table.completeness.push({ file, column: reader.header, filled: reader.filled, rows });
  }
  return table;
}

const MEND_RECORD = {
  "bad-quotes": {
    expected: 'quotes as in RFC 4180: "…" around the whole cell, a quote inside it doubled',
    mend: "double the quote inside the cell, or save the file again as CSV from the spreadsheet",
  },
  "not-utf8": { expected: "a CSV file in UTF-8", mend: "save the file again as “CSV UTF-8”" },
  "record-too-long": {
    expected: "records of at most 1,000,000 characters",
    mend: "look for a quote that is opened and never closed at or before this row",
  },
} as const;

type Find = (found: Omit<Finding, "area" | "file">) => void;

function readersOf(
  cells: readonly string[],
  row: number,
  columns: Readonly<Record<string, Column>>,
  mapping: FileMapping | undefined,
  find: Find,
): Reader[] {
  const readers: Reader[] = [];
  const headed = mapping?.header !== false;
  const theirs = new Map(Object.entries(mapping?.columns ?? {}).map(([ours, their]) => [their, ours]));
  const taken = new Set<string>();
  cells.forEach((header, at) => {
    const number = at + 1;
    const name = theirs.get(number) ?? theirs.get(String(number)) ?? (headed ? (theirs.get(header) ?? header) : "");
    if (name === "") {
      if (headed && header === "") return;
      if (!headed) return;
    }
    if (taken.has(name)) {
      find({
        code: "duplicate-column",
        severity: "error",
        row,
        column: header,
        message: `the column ${shown(header)} stands twice in the header`,
        expected: "each column once",
        mend: "rename or delete one of them",
      });
      return;
    }
    taken.add(name);
    const known = Object.hasOwn(columns, name);
    if (!known && UNSAFE_HEADER.has(name)) {
      find({
        code: "unknown-column",
        severity: "warning",
        row,
        column: header,
        message: `the column ${header} is not read`,
        expected: Object.keys(columns).join(", "),
        mend: "rename the column",
      });
      return;
    }
    readers.push({
      name,
      at,
      ...(known ? { column: columns[name] } : {}),
      header: headed ? header : `column ${number}`,
      seen: new Map(),
      filled: 0,
    });
  });
  reportHeader(cells, row, columns, readers, mapping, find);
  return readers;
}

function reportHeader(
  cells: readonly string[],
  row: number,
  columns: Readonly<Record<string, Column>>,
  readers: readonly Reader[],
  mapping: FileMapping | undefined,
  find: Find,
): void {
  const present = new Set(readers.map((reader) => reader.name));
  const missing = Object.keys(columns).filter((name) => columns[name].required && !present.has(name));
  const other = ["\t", ";", "|"].find((sign) => cells.length === 1 && cells[0].includes(sign));
  if (missing.length > 0 && other) {
    find({
      code: "other-delimiter",
      severity: "error",
      row,
      value: shown(cells[0]),
      message: `the header is one cell: the columns seem to be parted by ${other === "\t" ? "tabs" : `“${other}”`}`,
      expected: "columns parted by commas",
      mend: "save the file as CSV with commas, or name the delimiter in a column mapping",
    });
    return;
  }
  const unknown = readers.filter((reader) => !reader.column && !reader.name.startsWith("group_"));
  for (const name of missing) {
    find({
      code: "missing-column",
      severity: "error",
      row,
      column: name,
      message: `the column ${name} is missing.${maybe(
        name,
        unknown.map((reader) => reader.header),
      )}`,
      expected: `a column ${name}: ${columns[name].expects}`,
      mend: "add the column, or name the one that holds it in a column mapping",
    });
  }
  for (const { header, name } of unknown) {
    const free = Object.keys(columns).filter((ours) => !present.has(ours));
    find({
      code: "unknown-column",
      severity: "warning",
      row,
      column: header,
      message: `the column ${shown(header)} is kept, but nothing reads it.${maybe(name, free)}`,
      expected: Object.keys(columns).join(", "),
      mend: "rename it if one of the expected columns is meant, else acknowledge or delete it",
    });
  }
  for (const [ours, theirs] of Object.entries(mapping?.columns ?? {})) {
    if (present.has(ours)) continue;
    find({
      code: "mapped-column-missing",
      severity: "error",
      row,
      column: String(theirs),
      message: `the mapping reads ${ours} from ${theirs}, which the file does not have.${maybe(String(theirs), cells)}`,
      expected: `a column ${theirs}`,
      mend: "correct the column mapping",
    });
  }
}

function ragged(cells: readonly string[], row: number, width: number, find: Find): void {
  const beyond = cells.slice(width).find((cell) => cell !== "");
  if (cells.length > width && beyond === undefined) return;
  find({
    code: "ragged-row",
    severity: cells.length > width ? "error" : "warning",
    row,
    ...(beyond === undefined ? {} : { value: shown(beyond) }),
    message: `the row has ${cells.length} cells, the header ${width}`,
    expected: `${width} cells`,
    mend:
      cells.length > width
        ? "put quotes around a cell that holds a comma, or remove what is too much"
        : "fill up the row: missing cells are taken as empty",
  });
}

function readRow(
  table: ReadTable,
  readers: readonly Reader[],
  cells: readonly string[],
  row: number,
  find: Find,
): void {
  const typed: AnyRow = {};
  let extra: Record<string, string> | undefined;
  let whole = true;
  for (const reader of readers) {
    const cell = cells[reader.at] ?? "";
    if (cell === "") {
      if (reader.column?.required) {
        whole = false;
        find({
          code: "empty-required-cell",
          severity: "error",
          row,
          column: reader.header,
          message: `${reader.header} is empty`,
          expected: reader.column.expects,
          mend: "fill the cell, or delete the row if it means nothing",
        });
      }
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
      find({
        code: "bad-cell",
        severity: "error",
        row,
        column: reader.header,
        value: shown(cell),
        message: `${reader.header} = ${shown(cell)} is not ${reader.column.expects}`,
        expected: reader.column.expects,
        mend: reader.column.required ? "correct the cell" : "correct the cell, or empty it",
      });
    }
  }
  if (extra) typed.extra = extra;
  for (const name of requiredOf(table.name)) if (typed[name] === undefined) whole = false;
  if (whole) {
    table.rows.push(typed);
    table.rowNumbers.push(row);
  } else table.broken.push(typed);
}

function parsed(reader: Reader, column: Column, cell: string): unknown {
  const known = reader.seen.get(cell);
  if (known !== undefined) return known;
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

const required = new Map<TableName, readonly string[]>();

function requiredOf(name: TableName): readonly string[] {
  let names = required.get(name);
  if (!names) {
    const columns: Readonly<Record<string, Column>> = TABLES[name].columns;
    names = Object.keys(columns).filter((column) => columns[column].required);
    required.set(name, names);
  }
  return names;
}
