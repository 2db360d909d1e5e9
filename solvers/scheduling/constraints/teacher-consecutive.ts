import type { School } from "../problem/problem.ts";
import type { TeacherRule } from "./rule.ts";

/** Windows of `length` class slots in a row, in each leaf: windows × atomWords, by length. */
const windowMasks = new WeakMap<School, Map<number, Int32Array>>();

function windowsOf(school: School, length: number): Int32Array {
  const byLength = windowMasks.get(school) ?? new Map<number, Int32Array>();
  windowMasks.set(school, byLength);
  const known = byLength.get(length);
  if (known) return known;
  const { calendar } = school;
  const windows: number[][] = [];
  for (const row of calendar.rows)
    for (let first = 0; first + length <= row.length; first++) windows.push(row.slice(first, first + length));
  const leaves = calendar.leafIds.length;
  const masks = new Int32Array(windows.length * leaves * calendar.atomWords);
  windows.forEach((window, index) => {
    for (let leaf = 0; leaf < leaves; leaf++)
      for (const slot of window) {
        const atom = leaf * calendar.slots + slot;
        masks[(index * leaves + leaf) * calendar.atomWords + (atom >> 5)] |= 1 << (atom & 31);
      }
  });
  byLength.set(length, masks);
  return masks;
}

/** `consecutive_max`: class slots taught in a row on a day; lunch breaks the row. */
export const teacherConsecutive: TeacherRule = {
  applies: ({ teachers }) => teachers.consecutiveMax.some((max) => max < 1000),
  allows({ school, teacherTouched }, teacher, _unit, time) {
    const max = school.teachers.consecutiveMax[teacher];
    if (max >= 1000) return true;
    const words = school.calendar.atomWords;
    const windows = windowsOf(school, max + 1);
    for (let window = 0; window < windows.length; window += words) {
      let open = 0;
      for (let w = 0; w < words; w++) {
        const busy = teacherTouched[teacher * words + w] | school.calendar.timeReach[time * words + w];
        open |= windows[window + w] & ~busy;
      }
      if (open === 0) return false;
    }
    return true;
  },
};
