import type { Times } from "../kernel/times.ts";

/** DifferentDays: no day in common. @returns whether two times break it */
export const shareDay = (t: Times, a: number, b: number): boolean => (t.days[a] & t.days[b]) !== 0;
