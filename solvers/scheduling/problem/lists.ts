import type { Lists } from "./problem.ts";

/** Arrays of varying length → one flat array with offsets. */
export function flatten(rows: readonly (readonly number[])[]): Lists {
  const start = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) start[i + 1] = start[i] + rows[i].length;
  const items = new Int32Array(start[rows.length]);
  for (const [i, row] of rows.entries()) items.set(row, start[i]);
  return { start, items };
}

/** List i as an array of its own. */
export function listAt(lists: Lists, i: number): number[] {
  return Array.from(lists.items.subarray(lists.start[i], lists.start[i + 1]));
}
