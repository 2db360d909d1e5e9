import type { Metrics, SchedulingDecisions } from "@trivium/model";
import type { ObjectiveTables, SchedulingProblem } from "../problem/problem.ts";
import { leavesOf, StudentDays } from "./student-days.ts";

type SectionRow = SchedulingDecisions["sections"][number];

/** What a schedule costs beside the requests that it does not meet, in the units that the weights are for: `MODEL.md`, "Objective". */
export interface Counts {
  sectionsOpened: number;
  overCap: number;
  sectionsMinShort: number;
  preferenceSteps: number;
  preps: number;
  outsideHomeRoom: number;
  unevenSizes: number;
  unevenGroups: number;
  groupsShort: number;
  unevenTerms: number;
  holes: number;
  movedStudents: number;
  movedTeachers: number;
  movedRooms: number;
  movedTimes: number;
}

/** Counts of any decisions, by ids alone: today's schedule and a plan made elsewhere too. @param counted what the requests say */
export function countsOf(
  problem: SchedulingProblem,
  decisions: SchedulingDecisions,
  counted: Pick<Counts, "movedStudents" | "groupsShort">,
): Counts {
  const { tables } = problem;
  const rosters = Map.groupBy(decisions.enrollments, (row) => row.section_id);
  const days = new StudentDays(tables, decisions);
  return {
    sectionsOpened: opened(tables, decisions.sections),
    overCap: decisions.sections.reduce(
      (sum, row) => sum + Math.max(0, (rosters.get(row.section_id)?.length ?? 0) - (row.seats_max ?? Infinity)),
      0,
    ),
    ...staffCounts(problem, decisions.sections),
    unevenSizes: uneven(decisions.sections, (row) => rosters.get(row.section_id)?.length ?? 0),
    unevenGroups: unevenGroups(tables, decisions),
    unevenTerms: days.unevenTerms(),
    holes: days.holes(),
    ...counted,
    ...movedSections(problem, decisions.sections),
  };
}

/** Points that these counts cost, by weight; the sum is what the objective loses by them. */
export function costsOf(problem: SchedulingProblem, counts: Counts): Metrics {
  const { weights } = problem;
  return {
    cost_sections: counts.sectionsOpened * weights.section,
    cost_over_cap: counts.overCap * weights.over_cap,
    cost_sections_min: counts.sectionsMinShort * weights.sections_min,
    cost_preference: counts.preferenceSteps * weights.preference,
    cost_preps: counts.preps * weights.prep,
    cost_home_rooms: counts.outsideHomeRoom * weights.home_room,
    cost_balance: counts.unevenSizes * weights.balance,
    cost_parity: counts.unevenGroups * problem.parity,
    cost_parity_met: counts.groupsShort * problem.parityMet,
    cost_term_balance: counts.unevenTerms * weights.term_balance,
    cost_holes: counts.holes * weights.hole,
    cost_moved:
      counts.movedStudents * weights.moved_student +
      counts.movedTeachers * weights.moved_teacher +
      counts.movedRooms * weights.moved_room +
      counts.movedTimes * weights.moved_time,
  };
}

/** Sections beyond those listed of courses whose count the engine decides. */
function opened({ courses, sections }: ObjectiveTables, rows: readonly SectionRow[]): number {
  const free = new Set(courses.filter((course) => course.sections === undefined).map((course) => course.course_id));
  const listed = new Set(sections.map((row) => row.section_id));
  return rows.filter((row) => free.has(row.course_id) && !listed.has(row.section_id)).length;
}

function staffCounts({ tables, preferences }: SchedulingProblem, rows: readonly SectionRow[]) {
  const terms = leavesOf(tables.terms);
  const leaves = [...terms].flatMap(([id, below]) => (below[0] === id ? [id] : []));
  const steps = rows.reduce((sum, row) => sum + 3 - (preferences.get(`${row.teacher_id}/${row.course_id}`) ?? 3), 0);
  const loads = new Map<string, number>();
  const preps = new Set<string>();
  for (const row of rows)
    for (const leaf of terms.get(row.term_id ?? "") ?? []) {
      for (const id of [row.teacher_id, ...(row.co_teacher_ids ?? [])])
        if (id !== undefined) loads.set(`${id}/${leaf}`, (loads.get(`${id}/${leaf}`) ?? 0) + 1);
      if (row.teacher_id !== undefined) preps.add(`${row.teacher_id}/${leaf}/${row.course_id}`);
    }
  const homes = new Map(tables.teachers.map((teacher) => [teacher.teacher_id, teacher.home_room]));
  const rooms = new Set(tables.rooms.map((room) => room.room_id));
  return {
    preferenceSteps: steps,
    preps: preps.size,
    sectionsMinShort: tables.teachers.reduce(
      (sum, { teacher_id, sections_min }) =>
        sum +
        leaves.reduce(
          (short, leaf) => short + Math.max(0, (sections_min ?? 0) - (loads.get(`${teacher_id}/${leaf}`) ?? 0)),
          0,
        ),
      0,
    ),
    outsideHomeRoom: rows.filter((row) => {
      const home = homes.get(row.teacher_id ?? "");
      return home !== undefined && rooms.has(home) && row.room_id !== home;
    }).length,
  };
}

/** Σ over courses, Σ over their sections: (count − mean)². */
function uneven(rows: readonly SectionRow[], count: (row: SectionRow) => number): number {
  let sum = 0;
  for (const own of Map.groupBy(rows, (row) => row.course_id).values()) {
    const counts = own.map(count);
    const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
    sum += counts.reduce((squares, each) => squares + (each - mean) ** 2, 0);
  }
  return sum;
}

/** The same of the students of each value of each column of the parity goal. */
function unevenGroups({ settings, students }: ObjectiveTables, decisions: SchedulingDecisions): number {
  let sum = 0;
  for (const column of settings.parity?.columns ?? []) {
    const groupIn = new Map(students.map((student) => [student.student_id, student.extra?.[column] ?? ""]));
    const counts = new Map<string, number>();
    for (const row of decisions.enrollments) {
      const key = `${row.section_id}/${groupIn.get(row.student_id) ?? ""}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const value of new Set(groupIn.values()))
      if (value !== "") sum += uneven(decisions.sections, (row) => counts.get(`${row.section_id}/${value}`) ?? 0);
  }
  return sum;
}

/** Sections of today's schedule, by id, with another teacher, room or time. */
function movedSections({ today }: SchedulingProblem, rows: readonly SectionRow[]) {
  const before = new Map((today?.decisions.sections ?? []).map((row) => [row.section_id, row]));
  const moved = (differs: (then: SectionRow, now: SectionRow) => boolean) =>
    rows.filter((row) => {
      const then = before.get(row.section_id);
      return then !== undefined && differs(then, row);
    }).length;
  return {
    movedTeachers: moved((then, now) => then.teacher_id !== undefined && then.teacher_id !== now.teacher_id),
    movedRooms: moved((then, now) => then.room_id !== undefined && then.room_id !== now.room_id),
    movedTimes: moved(
      (then, now) =>
        then.pattern_id !== undefined &&
        (then.term_id !== undefined || now.term_id === undefined) &&
        (then.pattern_id !== now.pattern_id || then.term_id !== now.term_id),
    ),
  };
}
