import type { Schedule } from "../schedule/schedule.ts";
import type { Place } from "./unit-links.ts";

/** `consecutive`: on every day that both meet they meet in adjacent slots, without a clash, in the same term, and on at least one day. */
export function consecutive({ school }: Schedule, a: Place, b: Place): boolean {
  const { calendar, links } = school;
  const common = calendar.timeLeaves[a.time] & calendar.timeLeaves[b.time];
  if (common === 0 || calendar.timeTerm[a.time] !== calendar.timeTerm[b.time]) return false;
  const leaf = 31 - Math.clz32(common);
  const slotsA = slotsIn(school, a.time, leaf);
  const slotsB = slotsIn(school, b.time, leaf);
  let days = 0;
  for (const x of slotsA) {
    const sameDay = slotsB.filter((y) => calendar.slotDay[y] === calendar.slotDay[x]);
    if (sameDay.includes(x)) return false;
    if (sameDay.length === 0) continue;
    if (!sameDay.some((y) => links.adjacent[x * calendar.slots + y] === 1)) return false;
    days++;
  }
  return days > 0;
}

function slotsIn({ calendar }: Schedule["school"], time: number, leaf: number): number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < calendar.slots; slot++) {
    const atom = leaf * calendar.slots + slot;
    if ((calendar.timeAtoms[time * calendar.atomWords + (atom >> 5)] >> (atom & 31)) & 1) slots.push(slot);
  }
  return slots;
}
