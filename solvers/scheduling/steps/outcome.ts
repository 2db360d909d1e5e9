import type { RequestRef, Step } from "@trivium/model";
import { listAt } from "../problem/lists.ts";
import { ALTERNATE, KINDS, type School } from "../problem/problem.ts";
import { seatsOfStudent } from "../report/decisions.ts";
import type { Places } from "../schedule/places.ts";
import type { Schedule } from "../schedule/schedule.ts";

/** How a schedule that was tried differs from the one it began as. */
export interface Outcome {
  /** Requests (no alternates) met that were not, and not met that were. */
  readonly met: readonly number[];
  readonly lost: readonly number[];
  readonly students: readonly number[];
  /** Units with another time, teacher or room. */
  readonly units: readonly number[];
  readonly steps: readonly Step[];
  /** Difference of the schedule's total. */
  readonly points: number;
}

/** Compares a schedule with what it was. The steps lead from there to here: leave, place or close, enter. */
export function outcomeOf(before: Places, schedule: Schedule): Outcome {
  const { school } = schedule;
  const { requests } = school;
  const met: number[] = [];
  const lost: number[] = [];
  const students: number[] = [];
  for (let q = 0; q < requests.count; q++) {
    if (schedule.choice[q] === before.choice[q]) continue;
    if (students[students.length - 1] !== requests.student[q]) students.push(requests.student[q]);
    if (requests.kind[q] === ALTERNATE) continue;
    if (before.choice[q] < 0) met.push(q);
    if (schedule.choice[q] < 0) lost.push(q);
  }
  const units = Array.from(before.time.keys()).filter(
    (unit) =>
      before.time[unit] !== schedule.time[unit] ||
      before.teacher[unit] !== schedule.teacher[unit] ||
      before.room[unit] !== schedule.room[unit],
  );
  return {
    met,
    lost,
    students,
    units,
    steps: stepsOf(before, schedule, students, units),
    points: schedule.total - before.total,
  };
}

function stepsOf(before: Places, schedule: Schedule, students: readonly number[], units: readonly number[]): Step[] {
  const { school } = schedule;
  const leave: Step[] = [];
  const enter: Step[] = [];
  for (const student of students) {
    const was = seatsOfStudent(school, before.choice, student);
    const is = seatsOfStudent(school, schedule.choice, student);
    const key = (row: (typeof was)[number]) => JSON.stringify([row.section_id, row.request_course_id, row.kind]);
    const [old, now] = [new Set(was.map(key)), new Set(is.map(key))];
    for (const { student_id, section_id } of was.filter((row) => !now.has(key(row))))
      leave.push({ step: "leave", student_id, section_id });
    for (const row of is.filter((each) => !old.has(key(each)))) enter.push({ step: "enter", ...row });
  }
  return [...leave, ...units.flatMap((unit) => placeSteps(schedule, unit)), ...enter];
}

function placeSteps({ school, time, teacher, room }: Schedule, unit: number): Step[] {
  const { sections, courses, calendar, teachers, rooms, units } = school;
  return listAt(units.sections, unit).map((section): Step => {
    const section_id = sections.ids[section];
    if (time[unit] < 0) return { step: "close", section_id };
    return {
      step: "place",
      section_id,
      course_id: courses.ids[sections.course[section]],
      term_id: calendar.termIds[calendar.timeTerm[time[unit]]] || null,
      pattern_id: calendar.timePattern[time[unit]],
      teacher_id: teacher[unit] < 0 ? null : teachers.ids[teacher[unit]],
      room_id: room[unit] < 0 ? null : rooms.ids[room[unit]],
    };
  });
}

export function requestRef({ students, requests, courses }: School, q: number): RequestRef {
  return {
    student_id: students.ids[requests.student[q]],
    course_id: courses.ids[requests.course[q]],
    kind: KINDS[requests.kind[q]] as RequestRef["kind"],
  };
}
