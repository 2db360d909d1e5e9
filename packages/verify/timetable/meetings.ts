import type { TimetableMeeting } from "@trivium/model";

/** What the competition's rules say of two meetings, on their strings of days and weeks. */
export const end = ({ start, length }: TimetableMeeting): number => start + length;

export const inCommon = (a: string, b: string): boolean => [...a].some((bit, i) => bit === "1" && b[i] === "1");

/** Whether the days (weeks) of one are all among those of the other. */
export const within = (a: string, b: string): boolean => [...a].every((bit, i) => bit === "0" || b[i] === "1");

export const shareADay = (a: TimetableMeeting, b: TimetableMeeting): boolean =>
  inCommon(a.days, b.days) && inCommon(a.weeks, b.weeks);

export const meetAtOnce = (a: TimetableMeeting, b: TimetableMeeting): boolean =>
  shareADay(a, b) && a.start < end(b) && b.start < end(a);

/** Whether on their common days one begins at least `slots` after the other ends. */
export const apart = (a: TimetableMeeting, b: TimetableMeeting, slots: number): boolean =>
  !shareADay(a, b) || end(a) + slots <= b.start || end(b) + slots <= a.start;
