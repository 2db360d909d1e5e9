import type { School } from "../problem/problem.ts";

/** Lunch: all slots of one of the student's waves are free. `taken` holds the student's bits from `at`. */
export function hasLunch(
  { waveBits, calendar, students }: School,
  student: number,
  taken: Int32Array,
  at: number,
): boolean {
  const waves = students.waves[student];
  if (waves === 0) return true;
  const words = calendar.bitWords;
  for (let wave = 0; waves >> wave !== 0; wave++) {
    if (((waves >> wave) & 1) === 0) continue;
    let clash = 0;
    for (let w = 0; w < words; w++) clash |= waveBits[wave * words + w] & taken[at + w];
    if (clash === 0) return true;
  }
  return false;
}

/** `free` with a number: so many available class slots stay free in each leaf term. */
export function hasFreeSlots({ calendar, students }: School, student: number, taken: Int32Array, at: number): boolean {
  if (students.freeSlots[student] === 0) return true;
  const leaves = calendar.leafIds.length;
  for (let leaf = 0; leaf < leaves; leaf++) {
    let used = 0;
    for (let bit = 0; bit < calendar.bits; bit++)
      if ((taken[at + (bit >> 5)] >> (bit & 31)) & 1) used += calendar.bitSlots[bit * leaves + leaf];
    if (used > students.slotsUsable[student * leaves + leaf]) return false;
  }
  return true;
}

/** Students whose day is more than seats and times. */
export function hasDayRule({ students }: School, student: number): boolean {
  return students.waves[student] !== 0 || students.freeSlots[student] > 0;
}
