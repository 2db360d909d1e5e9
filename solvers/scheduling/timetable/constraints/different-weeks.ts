import { shareWeek, type Times } from "../kernel/times.ts";

/** DifferentWeeks: no week in common. @returns whether two times break it */
export const shareSomeWeek = (t: Times, a: number, b: number): boolean => shareWeek(t, a, b);
