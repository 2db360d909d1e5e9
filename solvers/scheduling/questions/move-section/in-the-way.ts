import type { MoveTarget } from "@trivium/model";
import { coTeachersMay, mayStand, teacherMay } from "../../constraints/rules.ts";
import { listAt } from "../../problem/lists.ts";
import type { Trial } from "../../steps/trial.ts";

type Way = Pick<MoveTarget, "why" | "in_way">;

/** What keeps a unit, which is out of the schedule while this is asked, from a time with this teacher in this room (−1: not asked for). */
export function inTheWay(trial: Trial, unit: number, time: number, teacher: number, room: number): Way {
  const { schedule, rules } = trial;
  const { calendar, teachers, rooms, units } = schedule.school;
  const words = calendar.atomWords;
  const meets = (masks: Int32Array, at: number, of: Int32Array) => {
    for (let w = 0; w < words; w++) if ((masks[at * words + w] & of[time * words + w]) !== 0) return true;
    return false;
  };
  const busy = (list: readonly number[]) =>
    list.filter(
      (other) => schedule.time[other] >= 0 && meets(calendar.timeAtoms, schedule.time[other], calendar.timeReach),
    );
  if (teacher >= 0) {
    if (meets(teachers.off, teacher, calendar.timeReach)) return { why: "teacher_away", in_way: [] };
    const others = busy(schedule.teacherUnits[teacher]);
    if (others.length > 0) return { why: "teacher_busy", in_way: namesOf(trial, others) };
    if (!teacherMay(schedule, rules, teacher, unit, time, room, true)) return { why: "teacher_rule", in_way: [] };
  }
  const co = listAt(units.coTeachers, unit).flatMap((person) => busy(schedule.teacherUnits[person]));
  if (co.length > 0) return { why: "co_teacher_busy", in_way: namesOf(trial, co) };
  if (!coTeachersMay(schedule, rules, unit, time, room)) return { why: "teacher_rule", in_way: [] };
  if (room >= 0) {
    if (meets(rooms.off, room, calendar.timeAtoms)) return { why: "room_away", in_way: [] };
    const others = busy(schedule.roomUnits[room]);
    if (others.length > 0) return { why: "room_busy", in_way: namesOf(trial, others) };
    if (rooms.capacity[room] < schedule.unitEnrolled[unit]) return { why: "room_small", in_way: [] };
  }
  if (teacher < 0) return { why: "no_teacher", in_way: [] };
  if (!mayStand(schedule, rules, unit, time, teacher, room)) return { why: "link", in_way: [] };
  return { why: room < 0 ? "no_room" : "students", in_way: [] };
}

function namesOf({ schedule: { school } }: Trial, units: readonly number[]): string[] {
  return [...new Set(units)].flatMap((unit) =>
    listAt(school.units.sections, unit).map((section) => school.sections.ids[section]),
  );
}
