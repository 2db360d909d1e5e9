import type { Metrics, SchedulingDecisions, UnmetOf } from "@trivium/model";
import { groupsShort } from "../objective/groups-met.ts";
import type { SchedulingProblem, School } from "../problem/problem.ts";
import { costsOf, countsOf } from "./costs.ts";

const share = (part: number, whole: number): number => (whole === 0 ? 1 : Math.round((part / whole) * 1e6) / 1e6);
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

interface Tally {
  requests: number;
  requestsMet: number;
  required: number;
  requiredMet: number;
  replaced: number;
  students: number;
  complete: number;
  points: number;
  groupsShort: number;
}

/** Figures of any decisions for this problem, today's included, from the tables alone. Shares from 0 to 1. */
export function measure(
  problem: SchedulingProblem,
  decisions: SchedulingDecisions,
  _unmet: UnmetOf["scheduling"],
): Metrics {
  const tally: Tally = {
    requests: 0,
    requestsMet: 0,
    required: 0,
    requiredMet: 0,
    replaced: 0,
    students: 0,
    complete: 0,
    points: 0,
    groupsShort: 0,
  };
  const courseOf = new Map(decisions.sections.map((row) => [row.section_id, row.course_id]));
  const byStudent = Map.groupBy(decisions.enrollments, (row) => row.student_id);
  for (const school of problem.schools) tallyStudents(school, byStudent, courseOf, tally);
  const elective = tally.requests - tally.required;
  const electiveMet = tally.requestsMet - tally.requiredMet;
  const moved = problem.today ? movedFrom(problem.today.decisions, byStudent, courseOf) : 0;
  const costs = costsOf(
    problem,
    countsOf(problem, decisions, { movedStudents: moved, groupsShort: tally.groupsShort }),
  );
  const cost = Object.values(costs).reduce<number>((sum, each) => sum + Number(each), 0);
  const goal = problem.tables.settings.parity?.columns ?? [];
  return {
    requests: tally.requests,
    requests_met: tally.requestsMet,
    requests_unmet: tally.requests - tally.requestsMet,
    requests_met_share: share(tally.requestsMet, tally.requests),
    required: tally.required,
    required_met: tally.requiredMet,
    required_unmet: tally.required - tally.requiredMet,
    required_met_share: share(tally.requiredMet, tally.required),
    elective,
    elective_met: electiveMet,
    elective_met_share: share(electiveMet, elective),
    met_or_replaced: tally.requestsMet + tally.replaced,
    met_or_replaced_share: share(tally.requestsMet + tally.replaced, tally.requests),
    students: tally.students,
    students_complete: tally.complete,
    students_complete_share: share(tally.complete, tally.students),
    ...sizes(decisions),
    ...preferences(problem, decisions),
    ...(problem.today ? { students_moved: moved } : {}),
    ...(goal.length > 0 ? { parity_goal: goal.join("|") } : {}),
    ...Object.fromEntries(Object.entries(costs).map(([name, value]) => [name, round(Number(value), 3)])),
    objective: round(tally.points - cost, 3),
  };
}

/** Students' courses that today's schedule and this one give in different sections. */
function movedFrom(
  today: SchedulingDecisions,
  byStudent: ReadonlyMap<string, readonly Enrollment[]>,
  courseOf: ReadonlyMap<string, string>,
): number {
  const courseToday = new Map(today.sections.map((row) => [row.section_id, row.course_id]));
  let moved = 0;
  for (const row of today.enrollments) {
    const course = courseToday.get(row.section_id);
    const now = byStudent.get(row.student_id)?.find((each) => courseOf.get(each.section_id) === course);
    if (now !== undefined && now.section_id !== row.section_id) moved++;
  }
  return moved;
}

type Enrollment = SchedulingDecisions["enrollments"][number];

function tallyStudents(
  school: School,
  byStudent: ReadonlyMap<string, readonly Enrollment[]>,
  courseOf: ReadonlyMap<string, string>,
  tally: Tally,
): void {
  const { students, requests, courses, weights } = school;
  const met = new Uint8Array(requests.count);
  students.ids.forEach((id, student) => {
    const rows = byStudent.get(id) ?? [];
    const sectionIn = new Map(rows.map((row) => [courseOf.get(row.section_id), row.section_id]));
    const replaced = new Set(rows.flatMap((row) => (row.kind === "alternate" ? [row.request_course_id] : [])));
    let whole = true;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      const course = courses.ids[requests.course[q]];
      const section = sectionIn.get(course);
      const asAlternate = rows.some((row) => row.kind === "alternate" && courseOf.get(row.section_id) === course);
      if (requests.kind[q] === 2) {
        if (asAlternate) tally.points += requests.points[q];
        continue;
      }
      tally.requests++;
      if (requests.kind[q] === 0) tally.required++;
      if (section !== undefined && !asAlternate) {
        met[q] = 1;
        tally.requestsMet++;
        tally.points += requests.points[q];
        if (requests.kind[q] === 0) tally.requiredMet++;
      } else if (replaced.has(course)) tally.replaced++;
      else whole = false;
    }
    tally.students++;
    if (whole) {
      tally.complete++;
      tally.points += weights.complete;
    }
  });
  tally.groupsShort += groupsShort(school, (q) => met[q] === 1);
}

function sizes(decisions: SchedulingDecisions): Metrics {
  const enrolled = new Map<string, number>();
  for (const row of decisions.enrollments) enrolled.set(row.section_id, (enrolled.get(row.section_id) ?? 0) + 1);
  const sizes = decisions.sections.map((row) => enrolled.get(row.section_id) ?? 0);
  const seats = decisions.sections.reduce((sum, row) => sum + (row.seats_max ?? 0), 0);
  const used = sizes.reduce((sum, size) => sum + size, 0);
  return {
    sections: decisions.sections.length,
    seats,
    seats_used: used,
    seats_used_share: share(used, seats),
    class_size_mean: round(sizes.length === 0 ? 0 : used / sizes.length, 2),
    class_size_min: sizes.length === 0 ? 0 : Math.min(...sizes),
    class_size_max: sizes.length === 0 ? 0 : Math.max(...sizes),
    class_size_spread: round(spreadOf(decisions, enrolled), 2),
  };
}

/** Mean over courses with several sections of the standard deviation of their sizes. */
function spreadOf(decisions: SchedulingDecisions, enrolled: ReadonlyMap<string, number>): number {
  const several = [...Map.groupBy(decisions.sections, (row) => row.course_id).values()].filter(
    (rows) => rows.length > 1,
  );
  const deviations = several.map((rows) => {
    const sizes = rows.map((row) => enrolled.get(row.section_id) ?? 0);
    const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length;
    return Math.sqrt(sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length);
  });
  return deviations.length === 0 ? 0 : deviations.reduce((a, b) => a + b, 0) / deviations.length;
}

function preferences(problem: SchedulingProblem, decisions: SchedulingDecisions): Metrics {
  const rows = decisions.sections.flatMap((row) => problem.preferences.get(`${row.teacher_id}/${row.course_id}`) ?? []);
  return {
    teachers_used: new Set(decisions.sections.flatMap((row) => row.teacher_id ?? [])).size,
    rooms_used: new Set(decisions.sections.flatMap((row) => row.room_id ?? [])).size,
    teacher_preference_mean: rows.length === 0 ? null : round(rows.reduce((a, b) => a + b, 0) / rows.length, 3),
  };
}
