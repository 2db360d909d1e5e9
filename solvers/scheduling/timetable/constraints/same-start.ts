import type { Times } from "../kernel/times.ts";

/** SameStart: all begin at the same slot of the day. @returns whether two times break it */
export const differInStart = (t: Times, a: number, b: number): boolean => t.start[a] !== t.start[b];
