import type { Times } from "./times.ts";

/** Scratch of the constraints that look at a whole set of classes: the times of those that are placed. */
export interface Members {
  readonly times: Times;
  readonly nrDays: number;
  readonly nrWeeks: number;
  readonly time: Int32Array;
  /** Of `time`, how many count. */
  count: number;
  /** Times of one day by their start, as `gatherDay` leaves them. */
  readonly sorted: Int32Array;
}

export const createMembers = (times: Times, nrDays: number, nrWeeks: number, most: number): Members => ({
  times,
  nrDays,
  nrWeeks,
  time: new Int32Array(most),
  count: 0,
  sorted: new Int32Array(most),
});

/** Fills `sorted` with the times that meet on a day. @returns how many */
export function gatherDay({ times, time, count, sorted }: Members, day: number): number {
  let size = 0;
  for (let i = 0; i < count; i++) {
    const each = time[i];
    if ((times.days[each] & (1 << day)) === 0) continue;
    let at = size++;
    for (; at > 0 && times.start[sorted[at - 1]] > times.start[each]; at--) sorted[at] = sorted[at - 1];
    sorted[at] = each;
  }
  return size;
}

/** Whether the first `size` of `sorted` meet in a week just where they met in the week before. */
export function sameWeekAsBefore({ times, sorted }: Members, size: number, week: number): boolean {
  if (week === 0) return false;
  for (let i = 0; i < size; i++) if (times.inWeek(sorted[i], week) !== times.inWeek(sorted[i], week - 1)) return false;
  return true;
}

/** Slots from the first start to the last end of the first `size` of `sorted`. */
export function spanOf({ times, sorted }: Members, size: number): number {
  let end = 0;
  for (let i = 0; i < size; i++) end = Math.max(end, times.end[sorted[i]]);
  return end - times.start[sorted[0]];
}
