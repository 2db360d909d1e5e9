import { overlap, type Times } from "../kernel/times.ts";

/** Overlap: at least one moment in common. @returns whether two times break it */
export const stayApart = (t: Times, a: number, b: number): boolean => !overlap(t, a, b);
