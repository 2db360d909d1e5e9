import { type Column, type IntegrityReport, TABLES, type TableName } from "@trivium/model";
import { areaOfFile, type FindingList, shown } from "../report.ts";
import type { FileMapping } from "../source/mapping.ts";
import { type FindInFile, type Reader, readHeader } from "./header.ts";
import { readRecords } from "./records.ts";
import { type AnyRow, readRow } from "./row.ts";

/** A table as read: typed rows with the row each has in its file. */
export interface ReadTable {
  readonly name: TableName;
  readonly file: string;
  /** False when the file is in another encoding: nothing is known of what it holds. */
  readonly legible: boolean;
  readonly rows: AnyRow[];
  readonly rowNumbers: number[];
  /** Rows that lack a required value: no check sees them, but what they name is known. */
  readonly broken: AnyRow[];
  readonly brokenNumbers: number[];
  /** Our column → its name in the file. */
  readonly headers: ReadonlyMap<string, string>;
  readonly completeness: IntegrityReport["completeness"];
}

/** Reads one CSV file as a table, adding to `findings` all that is wrong with its shape and its cells. */
export function readTable(
  name: TableName,
  file: string,
  bytes: Uint8Array,
  findings: FindingList,
  mapping?: FileMapping,
): ReadTable {
  const columns: Readonly<Record<string, Column>> = TABLES[name].columns;
  const area = areaOfFile(TABLES[name].file);
  const find: FindInFile = (found) => findings.add({ ...found, area, file });
  const rows: AnyRow[] = [];
  const rowNumbers: number[] = [];
  const broken: AnyRow[] = [];
  const brokenNumbers: number[] = [];
  let readers: Reader[] | undefined;
  let lacking = false;
  let width = 0;
  const begin = (cells: string[], row: number): Reader[] => {
    const found = readHeader(cells, row, columns, mapping, find);
    const names = new Set(found.map((reader) => reader.name));
    lacking = Object.keys(columns).some((column) => columns[column].required && !names.has(column));
    width = cells.length;
    return found;
  };
  const bad = readRecords(bytes, mapping?.delimiter ?? ",", (cells, row) => {
    if (!readers) {
      readers = begin(cells, row);
      if (mapping?.header !== false) return;
    }
    if (cells.length !== width) reportRagged(cells, row, width, find);
    const { typed, whole } = readRow(readers, cells, row, find);
    if (whole && !lacking) {
      rows.push(typed);
      rowNumbers.push(row);
    } else {
      broken.push(typed);
      brokenNumbers.push(row);
    }
  });
  for (const { row, code, message } of bad) find({ code, severity: "error", row, message, ...MEND_RECORD[code] });
  const legible = !bad.some((record) => record.code === "not-utf8");
  const read: readonly Reader[] = readers ?? (legible ? begin([], 1) : []);
  const all = rows.length + broken.length;
  return {
    name,
    file,
    legible,
    rows,
    rowNumbers,
    broken,
    brokenNumbers,
    headers: new Map(read.map((reader) => [reader.name, reader.header])),
    completeness: read.map((reader) => ({ file, column: reader.header, filled: reader.filled, rows: all })),
  };
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

function reportRagged(cells: readonly string[], row: number, width: number, find: FindInFile): void {
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
