import type { Times } from "../kernel/times.ts";

/** SameDays: the days of one are among the days of the other. @returns whether two times break it */
export function differInDays(t: Times, a: number, b: number): boolean {
  const both = t.days[a] | t.days[b];
  return both !== t.days[a] && both !== t.days[b];
}
