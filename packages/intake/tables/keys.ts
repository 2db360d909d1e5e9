import { rowKey, TABLES } from "@trivium/model";
import { areaOfFile, type FindingList, shown } from "../report.ts";
import type { AnyRow, ReadTable } from "./read-table.ts";

/** Rows of one key: the second and later ones are errors. In a table whose rows may repeat, equal rows are a warning. */
export function checkKeys(table: ReadTable, findings: FindingList): void {
  const definition = TABLES[table.name];
  const keyed = definition.key.length > 0;
  const first = new Map<string, number>();
  table.rows.forEach((row, index) => {
    const key = keyed ? keyOf(row, definition.key) : JSON.stringify(row);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, index);
      return;
    }
    const place = { file: table.file, row: table.rowNumbers[earlier] };
    const column = definition.key.map((name) => table.headers.get(name) ?? name).join(", ");
    const base = { area: areaOfFile(definition.file), file: table.file, row: table.rowNumbers[index], others: [place] };
    if (keyed) {
      const value = shown(rowKey(definition, row));
      findings.add({
        ...base,
        code: "duplicate-key",
        severity: "error",
        column,
        value,
        message: `${column} = ${value} stands in row ${place.row} already`,
        expected: `each ${column} once`,
        mend: "delete one of the rows, or give one of them an id of its own (a school's prefix, where schools repeat ids)",
      });
    } else {
      findings.add({
        ...base,
        code: "duplicate-row",
        severity: "warning",
        message: `the row is the same as row ${place.row}`,
        expected: "each row once",
        mend: "delete one of them",
      });
    }
  });
}

function keyOf(row: AnyRow, names: readonly string[]): string {
  if (names.length === 1) return String(row[names[0]]);
  let key = "";
  for (const name of names) key += `${row[name] ?? ""}\u0001`;
  return key;
}
