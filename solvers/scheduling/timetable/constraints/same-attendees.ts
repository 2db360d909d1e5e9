import { gapBelow, type Times } from "../kernel/times.ts";

/** SameAttendees: those who attend both can reach the later one in time. @param travel slots between the rooms. @returns whether two times break it */
export const outOfReach = (t: Times, a: number, b: number, travel: number): boolean => gapBelow(t, a, b, travel);
