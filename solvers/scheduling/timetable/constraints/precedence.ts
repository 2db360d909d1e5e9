import type { Times } from "../kernel/times.ts";

/** Precedence: the first meeting of `a` ends before the first meeting of `b` begins. @returns whether two times break it */
export function comesLate(t: Times, a: number, b: number): boolean {
  if (t.firstWeek[a] !== t.firstWeek[b]) return t.firstWeek[a] > t.firstWeek[b];
  if (t.firstDay[a] !== t.firstDay[b]) return t.firstDay[a] > t.firstDay[b];
  return t.end[a] > t.start[b];
}
