import type { Times } from "../kernel/times.ts";

/** SameTime: the shorter lies within the longer, on whatever days. @returns whether two times break it */
export const reachBeyond = (t: Times, a: number, b: number): boolean =>
  !((t.start[a] <= t.start[b] && t.end[b] <= t.end[a]) || (t.start[b] <= t.start[a] && t.end[a] <= t.end[b]));
