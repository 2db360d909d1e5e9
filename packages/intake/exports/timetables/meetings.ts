import type { Dataset } from "@trivium/model";

/** One meeting of a pattern: a period on a day of the cycle. */
export interface Meeting {
  readonly day: string;
  readonly periodId: string;
}

/** When a pattern of a school meets; without a table of patterns, the pattern is a period that meets every day. */
export function meetingsOf(dataset: Dataset): (schoolId: string, patternId: string | undefined) => readonly Meeting[] {
  const patterns = new Map(
    dataset.tables.patterns.map((pattern) => [
      key(pattern.school_id, pattern.pattern_id),
      pattern.meetings.map(meeting),
    ]),
  );
  const everyDay = Map.groupBy(dataset.tables.periods, (period) => key(period.school_id, period.period_id));
  return (schoolId, patternId) => {
    if (patternId === undefined) return [];
    const listed = patterns.get(key(schoolId, patternId));
    if (listed) return listed;
    return (everyDay.get(key(schoolId, patternId)) ?? []).map(({ day, period_id }) => ({ day, periodId: period_id }));
  };
}

/** `A:1` is period 1 on day A; a period's own id may hold a colon. */
function meeting(slot: string): Meeting {
  const at = slot.indexOf(":");
  return { day: slot.slice(0, at), periodId: slot.slice(at + 1) };
}

const key = (schoolId: string, id: string): string => JSON.stringify([schoolId, id]);
