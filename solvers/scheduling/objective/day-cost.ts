import type { School } from "../problem/problem.ts";

/** Whether `term_balance` or `hole` ask for anything. */
export const hasDayCost = ({ weights }: School): boolean => weights.term_balance > 0 || weights.hole > 0;

/**
 * What a student's terms and days cost: `term_balance` × (class slots of the fullest leaf term − those of the emptiest)
 * + `hole` × class slots free between two classes on a day of a leaf, lunch waves and absence apart.
 *
 * @param taken atoms in class: `atomWords` words from `at`
 */
export function dayCost(school: School, student: number, taken: Int32Array, at: number): number {
  const { calendar, weights, students } = school;
  const leaves = calendar.leafIds.length;
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  let holes = 0;
  for (let leaf = 0; leaf < leaves; leaf++) {
    const base = leaf * calendar.slots;
    let count = 0;
    for (let slot = 0; slot < calendar.slots; slot++) if (isSet(taken, at, base + slot)) count++;
    most = Math.max(most, count);
    least = Math.min(least, count);
    if (weights.hole === 0 || count < 2) continue;
    for (const day of calendar.days)
      if (day.school === students.school[student]) holes += holesOf(school, student, day.slots, base, taken, at);
  }
  return weights.term_balance * (most - least) + weights.hole * holes;
}

function holesOf(
  { students, calendar }: School,
  student: number,
  slots: readonly number[],
  base: number,
  taken: Int32Array,
  at: number,
): number {
  const quiet = student * calendar.atomWords;
  let holes = 0;
  let open = 0;
  let begun = false;
  for (const slot of slots) {
    if (isSet(taken, at, base + slot)) {
      holes += open;
      open = 0;
      begun = true;
    } else if (begun && !isSet(students.quiet, quiet, base + slot)) open++;
  }
  return holes;
}

const isSet = (words: Int32Array, at: number, atom: number): boolean =>
  ((words[at + (atom >> 5)] >> (atom & 31)) & 1) === 1;
