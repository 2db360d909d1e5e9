import { type Dataset, formatClock, type Plan, type TableRow } from "@trivium/model";
import { type Meeting, meetingsOf } from "./meetings.ts";

type Section = Plan<"scheduling">["decisions"]["sections"][number];

/** One person's or room's week: a row a period, a column a day of the cycle, each cell what meets then, a line a term. */
export interface Grid {
  readonly days: readonly string[];
  readonly rows: readonly { readonly time: string; readonly cells: readonly (readonly string[])[] }[];
}

/** Makes the grids of one district's schools. */
export interface GridMaker {
  /** @param say what the reader of this timetable wants to know of a section */
  grid(schoolId: string, sections: readonly Section[], say: (section: Section) => string): Grid;
}

export function gridMaker(dataset: Dataset): GridMaker {
  const meetings = meetingsOf(dataset);
  const schoolOf = new Map(dataset.tables.courses.map((course) => [course.course_id, course.school_id]));
  const periods = Map.groupBy(dataset.tables.periods, (period) => period.school_id);
  const title = new Map(dataset.tables.terms.map((term) => [term.term_id, term]));
  /** A term that is part of the year is named; the whole year goes without saying. */
  const mark = ({ term_id }: Section): string => {
    const term = term_id === undefined ? undefined : title.get(term_id);
    return term?.parent_term_id === undefined ? "" : `${term.title}: `;
  };
  return {
    grid(schoolId, sections, say) {
      const bells = periods.get(schoolId) ?? [];
      const met = sections.flatMap((section) =>
        meetings(schoolOf.get(section.course_id) ?? schoolId, section.pattern_id).map((meeting) => ({
          meeting,
          section,
        })),
      );
      const at = Map.groupBy(met, ({ meeting }) => slotKey(meeting));
      const days = [...new Set(bells.map((period) => period.day))];
      const cell = (period: TableRow<"periods"> | undefined): string[] => {
        if (!period) return [];
        const here = at.get(slotKey({ day: period.day, periodId: period.period_id })) ?? [];
        const lines = here.map(({ section }) => `${mark(section)}${say(section)}`).sort();
        return lines.length > 0 || (period.kind ?? "class") === "class" ? lines : [period.title];
      };
      const rows = Map.groupBy(
        [...bells].sort((a, b) => a.start - b.start),
        (period) => period.period_id,
      );
      return {
        days,
        rows: [...rows.values()].map((same) => ({
          time: timeOf(same),
          cells: days.map((day) => cell(same.find((period) => period.day === day))),
        })),
      };
    },
  };
}

const slotKey = ({ day, periodId }: Meeting): string => JSON.stringify([day, periodId]);

/** `Block 1, 07:15–08:45`; without times where the days differ. */
function timeOf(same: readonly TableRow<"periods">[]): string {
  const times = new Set(same.map((period) => `${minute(period.start)}–${minute(period.end)}`));
  return times.size === 1 ? `${same[0].title}, ${[...times][0]}` : same[0].title;
}

const minute = (timeS: number): string => formatClock(timeS).slice(0, 5);
