import { type Finding, schoolIndex, schoolsOf, type TableName } from "@trivium/model";
import type { ReadTable } from "./tables/read-table.ts";

/** Findings that stand in rows, each with the schools of which those rows are: who has some schools only is told of theirs. */
export function ofSchools(findings: readonly Finding[], read: ReadonlyMap<TableName, ReadTable>): Finding[] {
  const byFile = new Map([...read.values()].map((table) => [table.file, table]));
  const index = schoolIndex(Object.fromEntries([...read].map(([name, { rows }]) => [name, rows])));
  const rowIndexes = new Map<ReadTable, ReadonlyMap<number, number>>();
  const rowAt = (file: string, row: number | undefined) => {
    const table = byFile.get(file);
    if (!table || row === undefined) return undefined;
    const known = rowIndexes.get(table) ?? new Map(table.rowNumbers.map((number, at) => [number, at]));
    rowIndexes.set(table, known);
    const at = known.get(row);
    return at === undefined ? undefined : table.rows[at];
  };
  return findings.map((finding) => {
    const rows = [finding, ...(finding.others ?? [])].map(({ file, row }) => rowAt(file, row));
    const known = rows.filter((row) => row !== undefined);
    if (known.length < rows.length) return finding;
    return { ...finding, schools: [...new Set(known.flatMap((row) => schoolsOf(row, index) ?? []))] };
  });
}
