import type { MipModel } from "./model.ts";

/** A model's matrix by columns: `starts` has variables + 1 entries; rows ascend within a column, each at most once. */
export interface ColumnMatrix {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** Triples → columns by two counting sorts (by row, then by column), adding entries of the same place. O(entries + rows + columns). */
export function columnMatrix(model: MipModel): ColumnMatrix {
  const count = model.entryRow.length;
  const byRow = order(model.entryRow, model.rows, (k) => k, count);
  const byColumn = order(model.entryColumn, model.variables, (k) => byRow[k], count);
  const starts = new Int32Array(model.variables + 1);
  const rows = new Int32Array(count);
  const values = new Float64Array(count);
  let used = 0;
  let column = 0;
  for (let k = 0; k < count; k++) {
    const entry = byColumn[k];
    while (column < model.entryColumn[entry]) starts[++column] = used;
    if (used > starts[column] && rows[used - 1] === model.entryRow[entry]) values[used - 1] += model.entryValue[entry];
    else {
      rows[used] = model.entryRow[entry];
      values[used++] = model.entryValue[entry];
    }
  }
  while (column < model.variables) starts[++column] = used;
  return { starts, rows: rows.slice(0, used), values: values.slice(0, used) };
}

/** Stable counting sort of the entries `item(0 … count − 1)` by `keys`. */
function order(keys: readonly number[], size: number, item: (k: number) => number, count: number): Int32Array {
  const position = new Int32Array(size + 1);
  for (let k = 0; k < count; k++) position[keys[k] + 1]++;
  for (let key = 0; key < size; key++) position[key + 1] += position[key];
  const sorted = new Int32Array(count);
  for (let k = 0; k < count; k++) sorted[position[keys[item(k)]]++] = item(k);
  return sorted;
}
