import type { School } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { apart } from "./apart.ts";
import { inclusion } from "./inclusion-share.ts";
import { lockedSection } from "./locked-section.ts";
import { notTeacher } from "./not-teacher.ts";
import { requestTerm } from "./request-term.ts";
import { reserved } from "./reserved-section.ts";
import { roomFree } from "./room-free.ts";
import type { PlacementRule, SeatRule, TeacherRule } from "./rule.ts";
import { teacherConsecutive } from "./teacher-consecutive.ts";
import { teacherCourseMax } from "./teacher-course-max.ts";
import { teacherFree } from "./teacher-free.ts";
import { teacherLoad } from "./teacher-load.ts";
import { teacherPlanning } from "./teacher-planning.ts";
import { teacherPreps } from "./teacher-preps.ts";
import { teacherTravel } from "./teacher-travel.ts";
import { together } from "./together.ts";
import { unitLinks } from "./unit-links.ts";

const TEACHER_RULES = [
  teacherFree,
  teacherLoad,
  teacherPreps,
  teacherCourseMax,
  teacherConsecutive,
  teacherPlanning,
  teacherTravel,
];
const PLACEMENT_RULES = [roomFree, unitLinks];
export const SEAT_RULES = { reserved, lockedSection, requestTerm, notTeacher, apart, together, inclusion };

/** The hard rules that a school has a use for. */
export interface Rules {
  readonly teacher: readonly TeacherRule[];
  readonly placement: readonly PlacementRule[];
  readonly seat: readonly SeatRule[];
}

export function rulesOf(school: School): Rules {
  return {
    teacher: TEACHER_RULES.filter((rule) => rule.applies(school)),
    placement: PLACEMENT_RULES.filter((rule) => rule.applies(school)),
    seat: Object.values(SEAT_RULES).filter((rule) => rule.applies(school)),
  };
}

/** Whether this teacher may take the unit at that time, in that room (−1: not known yet), as main or as co-teacher. */
export function teacherMay(
  schedule: Schedule,
  rules: Rules,
  teacher: number,
  unit: number,
  time: number,
  room: number,
  asMain: boolean,
): boolean {
  for (const rule of rules.teacher) if (!rule.allows(schedule, teacher, unit, time, room, asMain)) return false;
  return true;
}

/** Whether every co-teacher may. */
export function coTeachersMay(schedule: Schedule, rules: Rules, unit: number, time: number, room: number): boolean {
  const { coTeachers } = schedule.school.units;
  for (let i = coTeachers.start[unit]; i < coTeachers.start[unit + 1]; i++)
    if (!teacherMay(schedule, rules, coTeachers.items[i], unit, time, room, false)) return false;
  return true;
}

/** Whether an unplaced unit may stand there, by every hard rule on places. */
export function mayStand(
  schedule: Schedule,
  rules: Rules,
  unit: number,
  time: number,
  teacher: number,
  room: number,
): boolean {
  for (const rule of rules.placement) if (!rule.allows(schedule, unit, time, teacher, room)) return false;
  if (teacher >= 0 && !teacherMay(schedule, rules, teacher, unit, time, room, true)) return false;
  return coTeachersMay(schedule, rules, unit, time, room);
}

/** Whether a request may sit there, by the student's own rules (seats and times apart). */
export function maySit(schedule: Schedule, rules: Rules, request: number, section: number): boolean {
  for (const rule of rules.seat) if (!rule.allows(schedule, request, section)) return false;
  return true;
}
