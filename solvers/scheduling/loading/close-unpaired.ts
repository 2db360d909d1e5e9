import type { Placer } from "../moves/placer.ts";
import { listAt } from "../problem/lists.ts";
import { LINK_KINDS } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Loader } from "./loader.ts";

const PAIRED = new Set(
  (["same_time", "consecutive", "same_teacher", "same_room"] as const).map((kind) => LINK_KINDS.indexOf(kind)),
);

/** Partners of a unit by links that put the sections of two courses into pairs. */
function partnersOf({ school }: Schedule, unit: number): number[] {
  const { start, items } = school.links.units;
  const partners: number[] = [];
  for (let i = start[unit]; i < start[unit + 1]; i += 2) if (PAIRED.has(items[i + 1])) partners.push(items[i]);
  return partners;
}

const isOpen = ({ time }: Schedule, unit: number): boolean => time[unit] >= 0;

/** Whether an optional unit may go without leaving a partner alone. */
export const mayClose = (schedule: Schedule, unit: number): boolean =>
  !partnersOf(schedule, unit).some((partner) => isOpen(schedule, partner));

/**
 * Where the engine decides how many sections two linked courses have, each section of the one with fewer needs its partner open:
 * the partner is opened where it finds a place, else the section closes and its students find others.
 */
export function closeUnpaired(schedule: Schedule, placer: Placer, loader: Loader): void {
  const { units } = schedule.school;
  for (let left = units.count, lonely = alone(schedule); lonely !== null && left > 0; left--) {
    const { unit, partner } = lonely;
    if (!open(schedule, placer, partner)) {
      const out = [unit, ...rivals(schedule, partner)].find((each) => units.optional[each] === 1);
      if (out === undefined) break;
      close(schedule, loader, out);
    }
    schedule.commit();
    lonely = alone(schedule);
  }
}

/** An open unit whose partner is closed, of a course with no more open sections than the partner's. */
function alone(schedule: Schedule): { unit: number; partner: number } | null {
  for (let unit = 0; unit < schedule.time.length; unit++) {
    if (!isOpen(schedule, unit)) continue;
    for (const partner of partnersOf(schedule, unit))
      if (!isOpen(schedule, partner) && openOf(schedule, unit) <= openOf(schedule, partner)) return { unit, partner };
  }
  return null;
}

/** Units of the course of a unit. */
function unitsOfCourse({ school }: Schedule, unit: number): number[] {
  const { units, sections, courses } = school;
  const course = sections.course[units.sections.items[units.sections.start[unit]]];
  return listAt(courses.sections, course).map((section) => sections.unit[section]);
}

const openOf = (schedule: Schedule, unit: number): number =>
  unitsOfCourse(schedule, unit).filter((each) => isOpen(schedule, each)).length;

/** Open units of the partner's course that have no open partner themselves. */
const rivals = (schedule: Schedule, partner: number): number[] =>
  unitsOfCourse(schedule, partner).filter((unit) => isOpen(schedule, unit) && mayClose(schedule, unit));

function open({ school }: Schedule, placer: Placer, unit: number): boolean {
  return listAt(school.units.times, unit).some((time) => placer.place(unit, time));
}

function close(schedule: Schedule, loader: Loader, unit: number): void {
  const { units, requests } = schedule.school;
  const students = new Set<number>();
  for (const section of listAt(units.sections, unit))
    while (schedule.enrolled[section] > 0) {
      const request = schedule.seat(section, 0);
      students.add(requests.student[request]);
      schedule.sit(request, -1);
    }
  schedule.place(unit, -1, -1, -1);
  for (const student of students) loader.reload(student);
}
