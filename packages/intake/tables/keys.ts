import { rowKey, TABLES } from "@trivium/model";
import { areaOfFile, type FindingList, shown } from "../report.ts";
import type { ReadTable } from "./read-table.ts";
import type { AnyRow } from "./row.ts";

/** Rows of one key: the second and later ones are errors. In a table whose rows may repeat, equal rows are a warning. */
export function checkKeys(table: ReadTable, findings: FindingList): void {
  const definition = TABLES[table.name];
  const keyed = definition.key.length > 0;
  const numberOf = keyNumbers(definition.key);
  const first = new Map<string | number, number>();
  const judge = (row: AnyRow, number: number): void => {
    const key = keyed ? numberOf(row) : JSON.stringify(row);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, number);
      return;
    }
    const place = { file: table.file, row: earlier };
    const column = definition.key.map((name) => table.headers.get(name) ?? name).join(", ");
    const base = { area: areaOfFile(definition.file), file: table.file, row: number, others: [place] };
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
  };
  table.rows.forEach((row, index) => {
    judge(row, table.rowNumbers[index]);
  });
  table.broken.forEach((row, index) => {
    if (keyed && definition.key.every((name) => row[name] !== undefined)) judge(row, table.brokenNumbers[index]);
  });
}

/** Values of one key column are numbered below this, so that two numbers make one. */
const NUMBERS = 2 ** 26;

/**
 * Row → its key as a number: equal keys, equal numbers. Column after column, the number so far and that of the next value
 * are joined and numbered again: a million composite keys cost no text.
 */
function keyNumbers(names: readonly string[]): (row: AnyRow) => number {
  const values = names.map(() => new Map<unknown, number>());
  const joined = names.map(() => new Map<number, number>());
  return (row) => {
    let number = 0;
    for (let at = 0; at < names.length; at++) {
      const value = numbered(values[at], row[names[at]]);
      const pair = number * NUMBERS + value;
      // The last pair is as good as its number.
      number = at === 0 ? value : at === names.length - 1 ? pair : numbered(joined[at], pair);
    }
    return number;
  };
}

function numbered<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}
