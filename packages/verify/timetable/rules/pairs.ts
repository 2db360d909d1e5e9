import type { DistributionKind } from "@trivium/model";
import { apart, end, inCommon, meetAtOnce, shareADay, within } from "../meetings.ts";
import type { Placement, Reading } from "../reading.ts";

type Kept = (a: Placement, b: Placement, parameter: number, reading: Reading) => boolean;

/** Whether two classes keep a constraint, for the kinds that are counted by pairs; `a` stands before `b` in the instance. */
export const PAIRS: Partial<Record<DistributionKind, Kept>> = {
  SameStart: ({ time: a }, { time: b }) => a.start === b.start,
  SameTime: ({ time: a }, { time: b }) =>
    (a.start <= b.start && end(b) <= end(a)) || (b.start <= a.start && end(a) <= end(b)),
  DifferentTime: ({ time: a }, { time: b }) => end(a) <= b.start || end(b) <= a.start,
  SameDays: ({ time: a }, { time: b }) => within(a.days, b.days) || within(b.days, a.days),
  DifferentDays: ({ time: a }, { time: b }) => !inCommon(a.days, b.days),
  SameWeeks: ({ time: a }, { time: b }) => within(a.weeks, b.weeks) || within(b.weeks, a.weeks),
  DifferentWeeks: ({ time: a }, { time: b }) => !inCommon(a.weeks, b.weeks),
  Overlap: ({ time: a }, { time: b }) => meetAtOnce(a, b),
  NotOverlap: ({ time: a }, { time: b }) => !meetAtOnce(a, b),
  SameRoom: (a, b) => a.room?.id === b.room?.id,
  DifferentRoom: (a, b) => a.room?.id !== b.room?.id,
  SameAttendees: (a, b, _, reading) => apart(a.time, b.time, reading.travel(a.room, b.room)),
  Precedence: ({ time: a }, { time: b }) => {
    const weeks = a.weeks.indexOf("1") - b.weeks.indexOf("1");
    const days = a.days.indexOf("1") - b.days.indexOf("1");
    return weeks < 0 || (weeks === 0 && (days < 0 || (days === 0 && end(a) <= b.start)));
  },
  WorkDay: ({ time: a }, { time: b }, most) =>
    !shareADay(a, b) || Math.max(end(a), end(b)) - Math.min(a.start, b.start) <= most,
  MinGap: ({ time: a }, { time: b }, gap) => apart(a, b, gap),
};
