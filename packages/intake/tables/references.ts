import { type Column, TABLES, type TableName } from "@trivium/model";
import { maybe } from "../nearest.ts";
import { areaOfFile, type FindingList, shown } from "../report.ts";
import type { ReadTable } from "./read-table.ts";
import type { AnyRow } from "./row.ts";

/** Wrong ids of a column for which a near one is looked for; the rest of a column that is wrong throughout is not worth the time. */
const SUGGESTED = 20;
/** Comparisons that a column may cost: in a table of 100,000 ids two wrong ones get a suggestion. */
const COMPARISONS = 200_000;

/** Every cell that must name a row of another table does. */
export function checkReferences(tables: ReadonlyMap<TableName, ReadTable>, findings: FindingList): void {
  const known = new Map<string, Set<string>>();
  for (const table of tables.values()) {
    const columns: Readonly<Record<string, Column>> = TABLES[table.name].columns;
    for (const [name, { references }] of Object.entries(columns)) {
      if (!references || !table.headers.has(name)) continue;
      const target = references.table as TableName;
      // Where the ids themselves could not be read, that is the finding; every mention of them would only bury it.
      if (tables.get(target)?.headers.has(references.column) === false) continue;
      const ids = known.get(target + references.column) ?? idsOf(tables.get(target), references.column);
      known.set(target + references.column, ids);
      checkColumn(table, name, target, ids, tables.has(target), findings);
    }
  }
}

function idsOf(table: ReadTable | undefined, column: string): Set<string> {
  const ids = new Set<string>();
  for (const row of [...(table?.rows ?? []), ...(table?.broken ?? [])]) {
    if (row[column] !== undefined) ids.add(row[column] as string);
  }
  return ids;
}

function checkColumn(
  table: ReadTable,
  name: string,
  target: TableName,
  ids: ReadonlySet<string>,
  present: boolean,
  findings: FindingList,
): void {
  const column = table.headers.get(name) ?? name;
  const base = { severity: "error", area: areaOfFile(TABLES[table.name].file), file: table.file, column } as const;
  const file = TABLES[target].file;
  const suggested = Math.min(SUGGESTED, Math.ceil(COMPARISONS / Math.max(1, ids.size)));
  let wrong = 0;
  const check = (id: string, row: number): boolean => {
    if (ids.has(id)) return true;
    if (present) {
      const suggestion = wrong++ < suggested ? maybe(id, ids) : "";
      findings.add({
        ...base,
        code: "unknown-reference",
        row,
        value: shown(id),
        message: `${column} = ${shown(id)} is not in ${file}.${suggestion}`,
        expected: `an id that stands in ${file}`,
        mend: `correct the cell, or add ${shown(id)} to ${file}`,
      });
      return true;
    }
    findings.add({
      ...base,
      code: "referenced-table-missing",
      row,
      value: shown(id),
      message: `${column} names ids of ${file}, which is missing`,
      expected: `a file ${file}`,
      mend: `add ${file}, or leave the column empty`,
    });
    return false;
  };
  checkRows(table.rows, table.rowNumbers, name, ids, check);
  checkRows(table.broken, table.brokenNumbers, name, ids, check);
}

function checkRows(
  rows: readonly AnyRow[],
  rowNumbers: readonly number[],
  name: string,
  ids: ReadonlySet<string>,
  check: (id: string, row: number) => boolean,
): void {
  for (let i = 0; i < rows.length; i++) {
    const value = rows[i][name];
    if (value === undefined) continue;
    const row = rowNumbers[i];
    if (typeof value === "string") {
      if (!ids.has(value) && !check(value, row)) return;
    } else for (const id of value as readonly string[]) if (!check(id, row)) return;
  }
}
