import type { Column, Finding } from "@trivium/model";
import { maybe } from "../nearest.ts";
import { shown } from "../report.ts";
import type { FileMapping } from "../source/mapping.ts";

export type FindInFile = (found: Omit<Finding, "area" | "file">) => void;

/** How one column of a file is read. */
export interface Reader {
  /** Our name of the column, or the file's own where the contract has none. */
  readonly name: string;
  /** Index of its cells in a record. */
  readonly at: number;
  /** Index of the cells that go before this one's, where a mapping says so. */
  readonly prefixAt?: number;
  /** Absent for a column that the contract does not name. */
  readonly column?: Column;
  /** What the file calls it. */
  readonly header: string;
  /** Values of cell texts read before: ids and words repeat, so each is parsed and kept once. */
  readonly seen: Map<string, unknown>;
  /** The cell before: exports are sorted, so the next one is often the same. */
  last: { readonly cell: string; readonly value: unknown };
  filled: number;
}

/** More columns than any export has: a file of another kind. */
const COLUMNS_MAX = 500;
const UNSAFE = new Set(["__proto__", "constructor", "prototype"]);

type Columns = Readonly<Record<string, Column>>;

/**
 * The columns of a file by its header (or by number, where a mapping says that there is none), and what is wrong with them.
 * @param row of the header, as a spreadsheet counts
 */
export function readHeader(
  cells: readonly string[],
  row: number,
  columns: Columns,
  mapping: FileMapping | undefined,
  find: FindInFile,
): Reader[] {
  if (cells.length > COLUMNS_MAX) {
    find({
      code: "too-many-columns",
      severity: "error",
      row,
      value: String(cells.length),
      message: `the header has ${cells.length} columns`,
      expected: `at most ${COLUMNS_MAX} columns`,
      mend: "export the table without what nobody needs",
    });
    return [];
  }
  const readers: Reader[] = [];
  const taken = new Set<string>();
  const headed = mapping?.header !== false;
  const named = namesOf(mapping);
  const isColumn = (at: number, their: string | number) =>
    their === at + 1 || String(their) === (headed ? cells[at] : String(at + 1));
  cells.forEach((cell, at) => {
    const header = headed ? cell : `column ${at + 1}`;
    const mapped = named.filter(([, their]) => isColumn(at, their)).map(([ours]) => ours);
    const names = mapped.length > 0 ? mapped : headed && cell !== "" ? [cell] : [];
    for (const name of names) {
      if (taken.has(name)) find(twice(header, row));
      else if (UNSAFE.has(name)) find(unsafe(header, row, columns));
      else {
        const prefix = mapping?.prefix[name];
        const prefixAt = prefix === undefined ? -1 : cells.findIndex((_, other) => isColumn(other, prefix));
        readers.push({
          name,
          at,
          ...(prefixAt >= 0 ? { prefixAt } : {}),
          ...(Object.hasOwn(columns, name) ? { column: columns[name] } : {}),
          header,
          seen: new Map(),
          last: { cell: "", value: undefined },
          filled: 0,
        });
      }
      taken.add(name);
    }
  });
  reportMissing(cells, row, columns, readers, mapping, find);
  reportUnknown(row, columns, readers, find);
  return readers;
}

function namesOf(mapping: FileMapping | undefined): [string, string | number][] {
  return Object.entries(mapping?.columns ?? {});
}

const twice = (header: string, row: number): Parameters<FindInFile>[0] => ({
  code: "duplicate-column",
  severity: "error",
  row,
  column: header,
  message: `the column ${shown(header)} stands twice in the header`,
  expected: "each column once",
  mend: "rename or delete one of them",
});

const unsafe = (header: string, row: number, columns: Columns): Parameters<FindInFile>[0] => ({
  code: "unknown-column",
  severity: "warning",
  row,
  column: header,
  message: `the column ${header} is not read`,
  expected: Object.keys(columns).join(", "),
  mend: "rename the column",
});

function reportMissing(
  cells: readonly string[],
  row: number,
  columns: Columns,
  readers: readonly Reader[],
  mapping: FileMapping | undefined,
  find: FindInFile,
): void {
  const present = new Set(readers.map((reader) => reader.name));
  const missing = Object.keys(columns).filter((name) => columns[name].required && !present.has(name));
  const sign = ["\t", ";", "|"].find((each) => cells.length === 1 && cells[0].includes(each));
  if (missing.length > 0 && sign) {
    find({
      code: "other-delimiter",
      severity: "error",
      row,
      value: shown(cells[0]),
      message: `the header is one cell: the columns seem to be parted by ${sign === "\t" ? "tabs" : `“${sign}”`}`,
      expected: "columns parted by commas",
      mend: "save the file as CSV with commas, or name the delimiter in a column mapping",
    });
    return;
  }
  const unknown = readers.filter((reader) => !reader.column).map((reader) => reader.header);
  for (const name of missing) {
    find({
      code: "missing-column",
      severity: "error",
      row,
      column: name,
      message: `the column ${name} is missing.${maybe(name, unknown)}`,
      expected: `a column ${name}: ${columns[name].expects}`,
      mend: "add the column, or name the one that holds it in a column mapping",
    });
  }
  const prefixed = new Set(readers.filter((reader) => reader.prefixAt !== undefined).map((reader) => reader.name));
  const unread = [
    ...namesOf(mapping).filter(([ours]) => !present.has(ours)),
    ...Object.entries(mapping?.prefix ?? {}).filter(([ours]) => !prefixed.has(ours)),
  ];
  for (const [ours, theirs] of unread) {
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

function reportUnknown(row: number, columns: Columns, readers: readonly Reader[], find: FindInFile): void {
  const free = Object.keys(columns).filter((ours) => !readers.some((reader) => reader.name === ours));
  for (const { header, name, column } of readers) {
    if (column || name.startsWith("group_")) continue;
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
}
