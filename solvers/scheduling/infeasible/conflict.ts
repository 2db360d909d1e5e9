import { listAt } from "../problem/lists.ts";
import type { School } from "../problem/problem.ts";
import type { Placing } from "./placing.ts";

/** Units looked at together at most. */
const LARGEST = 200;

/**
 * Units that can't all be taught, none of which can be left out of that: grown from one without a place by those that depend on its
 * teachers, rooms and links, then cut down by leaving out one after the other (deletion filter: Chinneck & Dravnieks 1991).
 * @returns null where none is proven
 */
export function conflictAround(school: School, placing: Placing, unit: number): number[] | null {
  if (!countable(school, unit)) return null;
  let set = [unit];
  for (;;) {
    if (placing.possible(set) === false) return cutDown(placing, set);
    const wider = widened(school, placing, set);
    if (wider.length === set.length || wider.length > LARGEST) return null;
    set = wider;
  }
}

function cutDown(placing: Placing, set: readonly number[]): number[] {
  let kept = placing.ordered(set);
  for (const unit of [...kept].reverse()) {
    const rest = kept.filter((each) => each !== unit);
    if (rest.length > 0 && placing.possible(rest) === false) kept = rest;
  }
  return kept;
}

/** Sections that share a room by a link have several readings, so nothing is proven of them. */
function countable({ units, sections, courses }: School, unit: number): boolean {
  const own = listAt(units.sections, unit);
  if (units.optional[unit] === 1 || own.length !== 1) return false;
  const course = sections.course[own[0]];
  return listAt(courses.sections, course).every((section) => {
    const other = sections.unit[section];
    return units.sections.start[other + 1] - units.sections.start[other] === 1;
  });
}

function widened(school: School, placing: Placing, set: readonly number[]): number[] {
  const { units } = school;
  const all = (lists: Parameters<typeof listAt>[0]) => new Set(set.flatMap((unit) => listAt(lists, unit)));
  const teachers = new Set([...all(units.teachers), ...all(units.coTeachers)]);
  const rooms = all(units.rooms);
  const links = new Set(set.flatMap((unit) => placing.linked(unit)));
  const confined = (list: number[], to: ReadonlySet<number>) => list.length > 0 && list.every((one) => to.has(one));
  const more = Array.from({ length: units.count }, (_, unit) => unit).filter(
    (unit) =>
      !set.includes(unit) &&
      countable(school, unit) &&
      (links.has(unit) ||
        confined(listAt(units.teachers, unit), teachers) ||
        listAt(units.coTeachers, unit).some((teacher) => teachers.has(teacher)) ||
        confined(listAt(units.rooms, unit), rooms)),
  );
  return [...set, ...more];
}
