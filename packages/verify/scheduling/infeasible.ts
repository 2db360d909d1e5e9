import type { Conflict, Dataset, Plan, TableRow } from "@trivium/model";
import { Report } from "../report.ts";
import { readPlan } from "./reading.ts";
import type { Rule } from "./rule.ts";
import { notSameTime, sectionLinks } from "./rules/links/section-links.ts";
import { rooms } from "./rules/rooms.ts";
import { sectionLocks } from "./rules/section-locks.ts";
import { sectionTimes } from "./rules/section-times.ts";
import { teacherClashes } from "./rules/teacher-clashes.ts";
import { teacherDays } from "./rules/teacher-days.ts";
import { teacherLoads } from "./rules/teacher-loads.ts";
import { teacherQualified } from "./rules/teacher-qualified.ts";
import { teacherTravel } from "./rules/teacher-travel.ts";

type SectionRow = Plan<"scheduling">["decisions"]["sections"][number];
type Courses = ReadonlyMap<string, TableRow<"courses">>;

/** Rules that more sections only tighten: whoever breaks one alone breaks it in any plan. */
const TIGHTENING: readonly Rule[] = [
  sectionTimes,
  sectionLocks,
  teacherQualified,
  teacherClashes,
  teacherLoads,
  teacherDays,
  teacherTravel,
  rooms,
  notSameTime,
  sectionLinks,
];
/** Times that the rules are asked of a part of a plan; a proof that needs more counts as none. */
const LOOKS = 60_000;
/** A section that could be in more rooms is taken to find one. */
const ROOMS = 3;
/** Sections tried together at most; more must be shown to be too many by counting. */
const LARGEST = 24;

/**
 * Replays the proof of an infeasible plan: the sections of each conflict are ones that must be taught, and every way to place them,
 * tried one after the other under the rules as the verifier reads them, breaks one.
 */
export function verifyInfeasible(dataset: Dataset, plan: Plan<"scheduling">, report: Report): void {
  const conflicts = plan.provenance.conflicts ?? [];
  report.check(
    "plan.infeasible-is-proven",
    conflicts.length > 0,
    () => "status is infeasible, and nothing is said to prove it",
  );
  for (const { sections } of conflicts) {
    const ids = sections.map(({ section_id }) => section_id).join(", ");
    const due = mustBeTaught(dataset, sections);
    report.check("plan.conflict-sections", due, () => `not all of ${ids} are sections that must be taught`);
    if (due)
      report.check(
        "plan.infeasible-is-proven",
        !canBeTaught(dataset, plan, sections),
        () => `${ids} can all be taught, or it takes too long to see that they can't`,
      );
  }
}

/** Listed ones, and of each course no more others than it asks for beyond those. */
function mustBeTaught({ tables }: Dataset, sections: Conflict["sections"]): boolean {
  const listed = new Map(tables.sections.map((row) => [row.section_id, row.course_id]));
  if (sections.length === 0 || new Set(sections.map((row) => row.section_id)).size < sections.length) return false;
  return [...Map.groupBy(sections, ({ course_id }) => course_id)].every(([id, own]) => {
    const course = tables.courses.find((row) => row.course_id === id);
    const all = [...listed].filter(([, of]) => of === id).length;
    const others = own.filter(({ section_id }) => listed.get(section_id) !== id);
    const seated = tables.course_links.some((row) => row.kind === "co_seated" && row.courses.includes(id));
    return (
      course !== undefined &&
      !seated &&
      others.every(({ section_id }) => !listed.has(section_id)) &&
      others.length <= Math.max(0, (course.sections ?? 0) - all)
    );
  });
}

function canBeTaught(dataset: Dataset, plan: Plan<"scheduling">, sections: Conflict["sections"]): boolean {
  const part = partOf(dataset, sections);
  const courses: Courses = new Map(part.tables.courses.map((row) => [row.course_id, row]));
  let looks = 0;
  const stands = (rows: readonly SectionRow[]): boolean => {
    if (++looks > LOOKS) return true;
    const report = new Report();
    const reading = readPlan(part, { ...plan, decisions: { sections: [...rows], enrollments: [] }, unmet: [] });
    for (const rule of TIGHTENING) {
      rule(reading, report);
      if (!report.verification().ok) return false;
    }
    return true;
  };
  const open = sections
    .map((section) => ({
      listed: part.tables.sections.some((row) => row.section_id === section.section_id),
      section,
      places: placesOf(part, section, courses).filter((row) => stands([row])),
    }))
    .sort((a, b) => a.places.length - b.places.length || (a.section.course_id < b.section.course_id ? -1 : 1));
  if (open[0].places.length === 0 || countsTooMany(part, plan, open)) return false;
  if (open.length > LARGEST) return true;
  const taken: number[] = [];
  const descend = (depth: number, placed: readonly SectionRow[]): boolean => {
    if (depth === open.length) return true;
    const { places, section, listed } = open[depth];
    const before = open[depth - 1];
    // Sections of a course that no row tells apart: in the order of their places.
    const twin = before !== undefined && !listed && !before.listed && before.section.course_id === section.course_id;
    for (let i = twin ? taken[depth - 1] : 0; i < places.length; i++) {
      const rows = [...placed, places[i]];
      taken[depth] = i;
      if (stands(rows) && descend(depth + 1, rows)) return true;
    }
    return false;
  };
  return descend(0, []);
}

interface Open {
  readonly section: Conflict["sections"][number];
  readonly places: readonly SectionRow[];
}

/** More class slots, or sections of the teachers' limits, than all who could teach them or all rooms that could hold them have. */
function countsTooMany(part: Dataset, plan: Plan<"scheduling">, open: readonly Open[]): boolean {
  const { tables } = part;
  const all = open.flatMap(({ places }) => places);
  const { sections, leaves, days } = readPlan(part, {
    ...plan,
    decisions: { sections: all, enrollments: [] },
    unmet: [],
  });
  let at = 0;
  let slots = 0;
  let taught = 0;
  for (const { places } of open) {
    const own = sections.slice(at, at + places.length);
    at += places.length;
    slots += Math.min(...own.map((each) => each.atoms.size));
    taught += Math.min(...own.map((each) => each.leaves.length));
  }
  const free = (school: string, away: readonly string[] = [], kept = 0): number =>
    [...(days.get(school)?.values() ?? [])].reduce((sum, day) => {
      const available = day.filter((slot) => slot !== null && !away.includes(slot)).length;
      return sum + leaves.length * Math.max(0, available - kept);
    }, 0);
  const teachers = tables.teachers.filter((row) => all.some(({ teacher_id }) => teacher_id === row.teacher_id));
  const ids = new Set(open.flatMap(({ section }) => roomsFor(tables, section)));
  const rooms = tables.rooms.filter(({ room_id }) => ids.has(room_id));
  const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0);
  const canTeach = (row: (typeof teachers)[number]) =>
    sum([...new Set([row.school_id, ...(row.schools ?? [])])], (school) =>
      free(school, row.unavailable, school === row.school_id ? row.planning_periods_min : 0),
    );
  return (
    (teachers.length > 0 &&
      (slots > sum(teachers, canTeach) ||
        taught > sum(teachers, (row) => leaves.length * (row.sections_max ?? Number.POSITIVE_INFINITY)))) ||
    (rooms.length > 0 && slots > sum(rooms, (row) => free(row.school_id, row.unavailable)))
  );
}

/** Rooms that a section could have: the one it is fixed to, else those with the features that its course needs. */
function roomsFor(tables: Dataset["tables"], { section_id, course_id }: Conflict["sections"][number]): string[] {
  const listed = tables.sections.find((row) => row.section_id === section_id);
  if (listed?.room_id !== undefined && listed.locked?.includes("room")) return [listed.room_id];
  const course = tables.courses.find((row) => row.course_id === course_id);
  const needs = course?.room_features ?? [];
  return tables.rooms
    .filter((row) => row.school_id === course?.school_id && needs.every((feature) => row.features?.includes(feature)))
    .map((row) => row.room_id);
}

/** What these sections alone are about: nobody's requests, links of single sections, and those that keep sections apart. */
function partOf(dataset: Dataset, sections: Conflict["sections"]): Dataset {
  const { tables } = dataset;
  const ids = new Set(sections.map(({ course_id }) => course_id));
  const count = (id: string) =>
    Math.max(
      tables.courses.find((row) => row.course_id === id)?.sections ?? Number.POSITIVE_INFINITY,
      tables.sections.filter((row) => row.course_id === id).length,
    );
  const courses = tables.courses.filter((row) => ids.has(row.course_id));
  const schools = new Set(courses.map((row) => row.school_id));
  return {
    ...dataset,
    tables: {
      ...tables,
      courses,
      students: [],
      requests: [],
      student_rules: [],
      today_sections: [],
      today_enrollments: [],
      rooms: tables.rooms.filter((row) => schools.has(row.school_id)),
      sections: tables.sections.filter((row) => ids.has(row.course_id)),
      teacher_courses: tables.teacher_courses.filter((row) => ids.has(row.course_id)),
      course_links: tables.course_links.filter(
        (row) => row.kind === "not_same_time" || row.courses.every((id) => ids.has(id) && count(id) === 1),
      ),
    },
  };
}

/** Every term, pattern, qualified or fixed teacher and, where there are few, room. */
function placesOf(
  { tables }: Dataset,
  { section_id, course_id }: Conflict["sections"][number],
  courses: Courses,
): SectionRow[] {
  const course = courses.get(course_id);
  if (course === undefined) return [];
  const listed = tables.sections.find((row) => row.section_id === section_id);
  const fixed = listed?.locked?.includes("teacher") === true;
  const patterns = tables.patterns.filter((row) => row.school_id === course.school_id).map((row) => row.pattern_id);
  const periods = tables.periods
    .filter((row) => row.school_id === course.school_id && (row.kind ?? "class") === "class")
    .map((row) => row.period_id);
  const teachers =
    tables.teachers.length === 0
      ? [undefined]
      : fixed && listed?.teacher_id !== undefined
        ? [listed.teacher_id]
        : tables.teacher_courses.filter((row) => row.course_id === course_id).map((row) => row.teacher_id);
  const places = roomsFor(tables, { section_id, course_id });
  const sameRoom = tables.course_links.some((row) => row.kind === "same_room" && row.courses.includes(course_id));
  const where = tables.rooms.length > 0 && (places.length <= ROOMS || sameRoom) ? places : [undefined];
  const terms = tables.terms.length === 0 ? [undefined] : tables.terms.map((row) => row.term_id);
  return terms.flatMap((term_id) =>
    [...new Set(patterns.length > 0 ? patterns : periods)].flatMap((pattern_id) =>
      teachers.flatMap((teacher_id) =>
        where.map((room_id) => ({
          section_id,
          course_id,
          pattern_id,
          ...(term_id === undefined ? {} : { term_id }),
          ...(teacher_id === undefined ? {} : { teacher_id }),
          ...(listed?.co_teacher_ids === undefined ? {} : { co_teacher_ids: listed.co_teacher_ids }),
          ...(room_id === undefined ? {} : { room_id }),
          seats_max: listed?.seats_max ?? course.seats_max,
          enrolled: 0,
        })),
      ),
    ),
  );
}
