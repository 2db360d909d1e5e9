import type { Times } from "../kernel/times.ts";

/** DifferentTime: at other times of the day, on whatever days. @returns whether two times break it */
export const meetInClock = (t: Times, a: number, b: number): boolean => t.start[a] < t.end[b] && t.start[b] < t.end[a];
