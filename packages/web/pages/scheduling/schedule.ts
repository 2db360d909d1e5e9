import type { PLAN_TABLES, Row, TABLES, TablesAnswer } from "@trivium/model";
import { rowsOf, type Wanted } from "../../data/tables.ts";

type District<N extends keyof typeof TABLES> = Row<(typeof TABLES)[N]>;
type SectionRow = Row<(typeof PLAN_TABLES)["scheduling"]["sections"]>;

/** What the pages of a schedule draw: sections and the district's names for what they are made of. */
export const SCHEDULE: Wanted = {
  plan: { sections: [] },
  district: {
    courses: ["course_id", "school_id", "title", "department", "seats_max", "sections"],
    teachers: ["teacher_id", "school_id", "sections_max"],
    rooms: ["room_id", "building", "capacity", "school_id"],
    patterns: [],
    periods: [],
    terms: ["term_id", "title"],
    sections: ["section_id", "locked"],
    schools: ["school_id", "name"],
  },
};

export interface Slot {
  /** `day:period_id`, as patterns list it. */
  readonly id: string;
  readonly day: string;
  readonly title: string;
  readonly start: string;
}

/** A section with the names a scheduler reads. */
export interface Section extends SectionRow {
  readonly title: string;
  readonly department: string;
  readonly seats: number;
  readonly taken: number;
  readonly slots: readonly string[];
  readonly locked: readonly string[];
}

export interface School {
  readonly id: string;
  readonly name: string;
  readonly slots: readonly Slot[];
  readonly sections: readonly Section[];
  readonly meetings: ReadonlyMap<string, readonly string[]>;
  readonly departments: readonly string[];
  readonly rooms: readonly Pick<District<"rooms">, "room_id" | "capacity">[];
  readonly teachers: readonly Pick<District<"teachers">, "teacher_id" | "sections_max">[];
  /** Ids of the district's own rows: a section that has one is changed, another is added. */
  readonly listed: ReadonlySet<string>;
  readonly courses: ReadonlyMap<string, Pick<District<"courses">, "course_id" | "title" | "department" | "sections">>;
}

/** The schools of a plan, each with its slots in the order of the clock. */
export function schoolsOf({ plan, district }: TablesAnswer): School[] {
  const courses = new Map(rowsOf<District<"courses">>(district.courses).map((row) => [row.course_id, row]));
  const teachers = rowsOf<District<"teachers">>(district.teachers);
  const rooms = rowsOf<District<"rooms">>(district.rooms);
  const locks = new Map(
    rowsOf<District<"sections">>(district.sections).map((row) => [row.section_id, row.locked ?? []]),
  );
  const rows = rowsOf<SectionRow>(plan.sections);
  const schoolOf = (row: SectionRow) => courses.get(row.course_id)?.school_id;
  return rowsOf<District<"schools">>(district.schools)
    .map(({ school_id, name }): School => {
      const meetings = new Map(
        rowsOf<District<"patterns">>(district.patterns)
          .filter((row) => row.school_id === school_id)
          .map((row) => [row.pattern_id, row.meetings]),
      );
      const sections = rows
        .filter((row) => schoolOf(row) === school_id)
        .map((row): Section => {
          const course = courses.get(row.course_id);
          return {
            ...row,
            title: course?.title ?? row.course_id,
            department: course?.department ?? "",
            seats: row.seats_max ?? course?.seats_max ?? 0,
            taken: row.enrolled ?? 0,
            slots: meetings.get(row.pattern_id ?? "") ?? [],
            locked: locks.get(row.section_id) ?? [],
          };
        });
      return {
        id: school_id,
        name,
        meetings,
        sections,
        slots: rowsOf<District<"periods">>(district.periods)
          .filter((row) => row.school_id === school_id && (row.kind ?? "class") === "class")
          .map((row) => ({
            id: `${row.day}:${row.period_id}`,
            day: row.day,
            title: row.title,
            start: String(row.start),
          })),
        departments: [...new Set(sections.map(({ department }) => department))].sort(),
        rooms: rooms.filter((row) => row.school_id === school_id),
        teachers: teachers.filter((row) => row.school_id === school_id),
        listed: new Set(locks.keys()),
        courses: new Map([...courses].filter(([, row]) => row.school_id === school_id)),
      };
    })
    .filter(({ sections }) => sections.length > 0);
}
