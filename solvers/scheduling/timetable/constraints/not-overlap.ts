import { overlap, type Times } from "../kernel/times.ts";

/** NotOverlap: no moment in common. @returns whether two times break it */
export const collide = (t: Times, a: number, b: number): boolean => overlap(t, a, b);
