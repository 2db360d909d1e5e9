import type { Times } from "../kernel/times.ts";

/** SameWeeks: the weeks of one are among the weeks of the other. @returns whether two times break it */
export function differInWeeks(t: Times, a: number, b: number): boolean {
  const [low, high] = [t.weeks[a] | t.weeks[b], t.moreWeeks[a] | t.moreWeeks[b]];
  return !((low === t.weeks[a] && high === t.moreWeeks[a]) || (low === t.weeks[b] && high === t.moreWeeks[b]));
}
