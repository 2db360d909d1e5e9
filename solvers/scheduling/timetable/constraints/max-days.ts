import type { Members } from "../kernel/members.ts";

/** MaxDays(D): meetings on at most `most` days of the week. @returns days in excess */
export function daysOver(members: Members, most: number): number {
  let days = 0;
  for (let i = 0; i < members.count; i++) days |= members.times.days[members.time[i]];
  let count = 0;
  for (; days !== 0; days &= days - 1) count++;
  return Math.max(0, count - most);
}
