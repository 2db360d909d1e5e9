import { type Calendar, LINK_KINDS, type UnitLinkKind } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { consecutive } from "./consecutive.ts";
import type { PlacementRule } from "./rule.ts";

/** What a link asks of two placed units. */
type LinkTest = (schedule: Schedule, a: Place, b: Place) => boolean;

export interface Place {
  readonly time: number;
  readonly teacher: number;
  readonly room: number;
}

export function clash(calendar: Calendar, a: number, b: number): boolean {
  const words = calendar.atomWords;
  for (let w = 0; w < words; w++)
    if ((calendar.timeAtoms[a * words + w] & calendar.timeAtoms[b * words + w]) !== 0) return true;
  return false;
}

const TESTS: Readonly<Record<UnitLinkKind, LinkTest>> = {
  /** Same pattern and term. */
  same_time: (_schedule, a, b) => a.time === b.time,
  consecutive: ({ school }, a, b) => consecutive(school.calendar, school.links.adjacent, a.time, b.time),
  same_teacher: (_schedule, a, b) => a.teacher === b.teacher,
  same_room: (_schedule, a, b) => a.room === b.room,
  not_same_time: ({ school }, a, b) => !clash(school.calendar, a.time, b.time),
  different_term: ({ school }, a, b) => (school.calendar.timeLeaves[a.time] & school.calendar.timeLeaves[b.time]) === 0,
};

/** Whether two units so placed keep their link. */
export function linkHolds(schedule: Schedule, kind: number, a: Place, b: Place): boolean {
  return TESTS[LINK_KINDS[kind]](schedule, a, b);
}

/** Links between units: the partner, where placed, must agree. */
export const unitLinks: PlacementRule = {
  applies: ({ links }) => links.units.items.length > 0,
  allows(schedule, unit, time, teacher, room) {
    const { units } = schedule.school.links;
    for (let i = units.start[unit]; i < units.start[unit + 1]; i += 2) {
      const partner = units.items[i];
      if (schedule.time[partner] < 0) continue;
      const there = { time: schedule.time[partner], teacher: schedule.teacher[partner], room: schedule.room[partner] };
      if (!linkHolds(schedule, units.items[i + 1], { time, teacher, room }, there)) return false;
    }
    return true;
  },
};
