import { formatClock, TRANSPORTATION_DEFAULTS } from "@trivium/model";
import { routingError, routingWarning } from "../check.ts";
import { each } from "../view.ts";

const HOUR_S = 3600;
const START_EARLIEST_S = 6 * HOUR_S;
const START_LATEST_S = 10.5 * HOUR_S;
const DAY_SHORT_S = 2 * HOUR_S;
const DAY_LONG_S = 10 * HOUR_S;
const clock = (timeS: number): string => formatClock(timeS).slice(0, 5);

export const bellReversed = routingError("bell-reversed", (view, find) => {
  for (const [bell, place] of each(view, "bells")) {
    if (bell.bell_end > bell.bell_start) continue;
    find(place, {
      column: "bell_end",
      value: clock(bell.bell_end),
      message: `school ${bell.school_id} ends at ${clock(bell.bell_end)}, not after its start at ${clock(bell.bell_start)}`,
      expected: "an end after the start",
      mend: "write afternoon times on the 24-hour clock: 14:30, not 2:30",
    });
  }
});

export const bellImprobable = routingWarning("bell-improbable", (view, find) => {
  for (const [bell, place] of each(view, "bells")) {
    const dayS = bell.bell_end - bell.bell_start;
    if (dayS <= 0) continue;
    const early = bell.bell_start < START_EARLIEST_S || bell.bell_start > START_LATEST_S;
    if (!early && dayS >= DAY_SHORT_S && dayS <= DAY_LONG_S) continue;
    find(place, {
      column: early ? "bell_start" : "bell_end",
      value: clock(early ? bell.bell_start : bell.bell_end),
      message: `the day of school ${bell.school_id} lasts from ${clock(bell.bell_start)} to ${clock(bell.bell_end)}`,
      expected: "a start from 06:00 to 10:30 and a day of 2 to 10 hours",
      mend: "correct the times, or acknowledge them",
    });
  }
});

export const bellOutsideAllowed = routingWarning("bell-outside-allowed", (view, find) => {
  for (const [bell, place] of each(view, "bells")) {
    if (!bell.allowed_starts?.length || bell.allowed_starts.includes(bell.bell_start)) continue;
    find(place, {
      column: "allowed_starts",
      value: bell.allowed_starts.map(clock),
      message: `school ${bell.school_id} starts at ${clock(bell.bell_start)}, which is none of its allowed starts`,
      expected: "a list that holds the present start too",
      mend: "add the present start to the list (it stays allowed anyway), or correct bell_start",
    });
  }
});

export const arrivalWindowReversed = routingError("arrival-window-reversed", (view, find) => {
  for (const [bell, place] of each(view, "bells")) {
    const earliest = bell.arrive_earliest_min ?? TRANSPORTATION_DEFAULTS.arrive_earliest_min;
    const latest = bell.arrive_latest_min ?? TRANSPORTATION_DEFAULTS.arrive_latest_min;
    if (latest <= earliest) continue;
    find(place, {
      column: "arrive_latest_min",
      value: latest,
      message: `buses of ${bell.school_id} are to unload by ${latest} minutes before the bell, but not before ${earliest} minutes`,
      expected: `arrive_latest_min ≤ arrive_earliest_min (${earliest}): both count backwards from the bell`,
      mend: "swap the two, or correct the one that is wrong",
    });
  }
});

export const dismissalTooShort = routingError("dismissal-too-short", (view, find) => {
  for (const [bell, place] of each(view, "bells")) {
    const load = bell.load_min ?? TRANSPORTATION_DEFAULTS.load_min;
    const latest = bell.depart_latest_min ?? TRANSPORTATION_DEFAULTS.depart_latest_min;
    if (load <= latest) continue;
    find(place, {
      column: "depart_latest_min",
      value: latest,
      message: `loading at ${bell.school_id} takes ${load} minutes, and buses must leave ${latest} minutes after the bell`,
      expected: "load_min ≤ depart_latest_min",
      mend: "raise depart_latest_min or lower load_min",
    });
  }
});

export const bellsPassRange = routingWarning("arrival-window-improbable", (view, find) => {
  for (const [bell, place] of each(view, "bells")) {
    for (const column of ["arrive_earliest_min", "depart_latest_min", "unload_min", "load_min"] as const) {
      const minutes = bell[column];
      if (minutes === undefined || minutes <= 90) continue;
      find(place, {
        column,
        value: minutes,
        message: `${column} of ${bell.school_id} is ${minutes} minutes`,
        expected: "at most 90 minutes",
        mend: "correct the minutes, or acknowledge them",
      });
    }
  }
});
