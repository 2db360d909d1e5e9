import type { DistributionKind, TimetableMeeting } from "@trivium/model";
import { end } from "../meetings.ts";
import type { Placement } from "../reading.ts";

interface Calendar {
  readonly nrDays: number;
  readonly nrWeeks: number;
}
type Excess = (placements: readonly Placement[], parameters: readonly number[], calendar: Calendar) => number;

interface Block {
  readonly start: number;
  readonly end: number;
  readonly classes: number;
}

/** By how much a set of classes is over its limit, for the kinds that are counted by days: over all days of all weeks, MaxDays over the days of the week. */
export const GROUPS: Partial<Record<DistributionKind, Excess>> = {
  MaxDays: (placements, [most], { nrDays }) =>
    Math.max(0, numbers(nrDays).filter((day) => placements.some(({ time }) => time.days[day] === "1")).length - most),
  MaxDayLoad: (placements, [most], calendar) =>
    overDays(placements, calendar, (meetings) =>
      Math.max(0, meetings.reduce((sum, { length }) => sum + length, 0) - most),
    ),
  MaxBreaks: (placements, [most, gap], calendar) =>
    overDays(placements, calendar, (meetings) => Math.max(0, blocks(meetings, gap).length - (most + 1))),
  MaxBlock: (placements, [most, gap], calendar) =>
    overDays(
      placements,
      calendar,
      (meetings) => blocks(meetings, gap).filter((block) => block.classes > 1 && block.end - block.start > most).length,
    ),
};

const numbers = (count: number): number[] => [...Array(count).keys()];

function overDays(
  placements: readonly Placement[],
  { nrDays, nrWeeks }: Calendar,
  excess: (meetings: readonly TimetableMeeting[]) => number,
): number {
  let sum = 0;
  for (const week of numbers(nrWeeks))
    for (const day of numbers(nrDays))
      sum += excess(
        placements.map(({ time }) => time).filter(({ days, weeks }) => days[day] === "1" && weeks[week] === "1"),
      );
  return sum;
}

/** Meetings of a day joined where at most `gap` slots lie between them. */
function blocks(meetings: readonly TimetableMeeting[], gap: number): Block[] {
  const found: Block[] = [];
  for (const meeting of meetings.toSorted((a, b) => a.start - b.start)) {
    const last = found[found.length - 1];
    if (last && last.end + gap >= meeting.start)
      found[found.length - 1] = { start: last.start, end: Math.max(last.end, end(meeting)), classes: last.classes + 1 };
    else found.push({ start: meeting.start, end: end(meeting), classes: 1 });
  }
  return found;
}
