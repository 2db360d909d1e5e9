import { shareDayAndWeek, type Times } from "../kernel/times.ts";

/** WorkDay(S): on a common day, from the first start to the last end within `most` slots. @returns whether two times break it */
export const workTooLong = (t: Times, a: number, b: number, most: number): boolean =>
  shareDayAndWeek(t, a, b) && Math.max(t.end[a], t.end[b]) - Math.min(t.start[a], t.start[b]) > most;
