import { formatClock } from "@trivium/model";
import { schedulingError, schedulingWarning } from "../check.ts";
import { each } from "../view.ts";

export const periodReversed = schedulingError("period-reversed", (view, find) => {
  for (const [period, place] of each(view, "periods")) {
    if (period.end > period.start) continue;
    find(place, {
      column: "end",
      value: formatClock(period.end),
      message: `period ${period.period_id} on day ${period.day} ends at ${formatClock(period.end)}, not after its start ${formatClock(period.start)}`,
      expected: "an end after the start",
      mend: "correct the times (24-hour clock)",
    });
  }
});

export const periodsOverlap = schedulingWarning("periods-overlap", (view, find) => {
  const days = new Map<string, { start: number; end: number; id: string; index: number }[]>();
  for (const [period, { index }] of each(view, "periods")) {
    if ((period.kind ?? "class") !== "class") continue;
    const day = `${period.school_id} ${period.day}`;
    const entry = { start: period.start, end: period.end, id: period.period_id, index };
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  for (const periods of days.values()) {
    periods.sort((a, b) => a.start - b.start);
    for (let i = 1; i < periods.length; i++) {
      const [before, here] = [periods[i - 1], periods[i]];
      if (here.start >= before.end) continue;
      find(
        { table: "periods", index: here.index },
        {
          column: "start",
          value: formatClock(here.start),
          message: `class period ${here.id} starts before period ${before.id} of the same day has ended`,
          expected: "class periods one after the other",
          mend: "correct the times; the engine takes the two as different slots that do not clash",
          others: [{ table: "periods", index: before.index }],
        },
      );
    }
  }
});
