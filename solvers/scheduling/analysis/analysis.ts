import type { AnalysisAnswer, Dataset } from "@trivium/model";
import type { SchedulingProblem } from "../problem/problem.ts";
import { conflictsOf } from "./conflicts.ts";
import { impossibleRequests, overfullStudents } from "./impossible.ts";
import { periodLoad, roomLoad, teacherLoad } from "./loads.ts";
import { courseTallies } from "./tallies.ts";

/** What can be said of a school before anything is scheduled: demand against sections, seats, teachers and rooms, conflicts, and what can never be. */
export function analyse(problem: SchedulingProblem, dataset: Dataset): AnalysisAnswer {
  const courses = problem.schools.flatMap(courseTallies);
  const conflicts = problem.schools.map(conflictsOf);
  const sum = (of: (row: (typeof courses)[number]) => number) => courses.reduce((total, row) => total + of(row), 0);
  return {
    totals: {
      students: problem.schools.reduce((total, { students }) => total + students.ids.length, 0),
      required: sum((row) => row.required),
      elective: sum((row) => row.elective),
      alternates: sum((row) => row.alternates),
      courses: courses.length,
      sections: sum((row) => row.sections),
      sections_at_cap: sum((row) => row.sections_at_cap),
      sections_at_target: sum((row) => row.sections_at_target),
      seats: sum((row) => row.seats),
      seats_short: sum((row) => Math.max(0, -row.seat_slack)),
    },
    courses,
    singletons: courses.filter((row) => row.sections === 1).map((row) => row.course_id),
    doubletons: courses.filter((row) => row.sections === 2).map((row) => row.course_id),
    conflict_pairs: conflicts.reduce((total, { pairs }) => total + pairs, 0),
    expected_lost: Math.round(conflicts.reduce((total, { expected }) => total + expected, 0) * 10) / 10,
    conflicts: conflicts.flatMap(({ worst }) => worst).sort((a, b) => b.severity - a.severity || (a.a < b.a ? -1 : 1)),
    teachers: problem.schools.flatMap(teacherLoad),
    rooms: problem.schools.flatMap((school) => roomLoad(school, dataset)),
    periods: problem.schools.flatMap(periodLoad),
    impossible: problem.schools.flatMap(impossibleRequests),
    overfull: problem.schools.flatMap(overfullStudents),
  };
}
