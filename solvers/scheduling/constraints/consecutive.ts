import type { Calendar } from "../problem/problem.ts";

/** `consecutive`: on every day that both meet they meet in adjacent slots, without a clash, in the same term, and on at least one day. */
export function consecutive(calendar: Calendar, adjacent: Int32Array, a: number, b: number): boolean {
  const common = calendar.timeLeaves[a] & calendar.timeLeaves[b];
  if (common === 0 || calendar.timeTerm[a] !== calendar.timeTerm[b]) return false;
  const leaf = 31 - Math.clz32(common);
  const slotsA = slotsIn(calendar, a, leaf);
  const slotsB = slotsIn(calendar, b, leaf);
  let days = 0;
  for (const x of slotsA) {
    const sameDay = slotsB.filter((y) => calendar.slotDay[y] === calendar.slotDay[x]);
    if (sameDay.includes(x)) return false;
    if (sameDay.length === 0) continue;
    if (!sameDay.some((y) => adjacent[x * calendar.slots + y] === 1)) return false;
    days++;
  }
  return days > 0;
}

function slotsIn(calendar: Calendar, time: number, leaf: number): number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < calendar.slots; slot++) {
    const atom = leaf * calendar.slots + slot;
    if ((calendar.timeAtoms[time * calendar.atomWords + (atom >> 5)] >> (atom & 31)) & 1) slots.push(slot);
  }
  return slots;
}
