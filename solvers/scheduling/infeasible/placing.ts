import { mayStand, type Rules, rulesOf } from "../constraints/rules.ts";
import { flatten, listAt } from "../problem/lists.ts";
import { openTimes } from "../problem/open-times.ts";
import { LINK_KINDS, type School } from "../problem/problem.ts";
import { Schedule } from "../schedule/schedule.ts";
import { overfull } from "./counting.ts";

/** Placements tried at most; beyond them nothing is proven. */
const TRIES = 20_000;
/** Units tried together at most; of more only what counting shows is known. */
const LARGEST = 24;
/** A unit that could be in more rooms than this is taken to find one: that only makes placing easier. */
const ROOMS = 3;

const SAME_ROOM = LINK_KINDS.indexOf("same_room");
const NOT_SAME_TIME = LINK_KINDS.indexOf("not_same_time");
const DIFFERENT_TERM = LINK_KINDS.indexOf("different_term");

interface Option {
  readonly time: number;
  readonly teacher: number;
  readonly room: number;
}

/**
 * Whether some units can all be taught together, by every hard rule on times, teachers and rooms, whatever becomes of all others.
 * By counting, else by exhaustive search, units with the fewest places first, units that are alike in the order of their places. Rules that more classes only
 * tighten are all there are, so a set that can't be placed can't be within any larger one.
 */
export class Placing {
  readonly #school: School;
  readonly #schedule: Schedule;
  readonly #rules: Rules;
  readonly #options = new Map<number, readonly Option[]>();
  #tries = 0;

  constructor(school: School) {
    this.#school = withinSchools({ ...school, links: { ...school.links, units: plainLinks(school) } });
    this.#schedule = new Schedule(this.#school);
    this.#rules = rulesOf(this.#school);
  }

  /** Units bound to this one by links that count here. */
  linked(unit: number): number[] {
    return listAt(this.#school.links.units, unit).filter((_, index) => index % 2 === 0);
  }

  /** Units in the order in which they are tried: as few places as possible first. */
  ordered(units: readonly number[]): number[] {
    return units.toSorted((a, b) => this.#optionsOf(a).length - this.#optionsOf(b).length || a - b);
  }

  /** @returns null where that is neither proven nor disproven within the tries */
  possible(units: readonly number[]): boolean | null {
    if (overfull(this.#school, units).length > 0) return false;
    if (units.length > LARGEST) return null;
    this.#tries = 0;
    const order = this.ordered(units);
    const found = this.#descend(order, 0, []);
    for (const unit of units) this.#schedule.place(unit, -1, -1, -1);
    this.#schedule.commit();
    return found;
  }

  #descend(order: readonly number[], depth: number, taken: number[]): boolean | null {
    if (depth === order.length) return true;
    const unit = order[depth];
    const options = this.#optionsOf(unit);
    const twin = depth > 0 && this.#alike(order[depth - 1], unit);
    for (let i = twin ? taken[depth - 1] : 0; i < options.length; i++) {
      const { time, teacher, room } = options[i];
      if (++this.#tries > TRIES) return null;
      if (!mayStand(this.#schedule, this.#rules, unit, time, teacher, room)) continue;
      this.#schedule.place(unit, time, teacher, room);
      taken[depth] = i;
      const found = this.#descend(order, depth + 1, taken);
      this.#schedule.place(unit, -1, -1, -1);
      if (found !== false) return found;
    }
    return false;
  }

  #alike(a: number, b: number): boolean {
    const { units, sections } = this.#school;
    const [x, y] = [listAt(units.sections, a), listAt(units.sections, b)];
    return (
      x.length === 1 &&
      y.length === 1 &&
      sections.course[x[0]] === sections.course[y[0]] &&
      sections.listed[x[0]] === 0 &&
      sections.listed[y[0]] === 0 &&
      this.linked(a).length === 0 &&
      this.linked(b).length === 0
    );
  }

  #optionsOf(unit: number): readonly Option[] {
    const known = this.#options.get(unit);
    if (known) return known;
    const { units, hasTeachers, hasRooms } = this.#school;
    const rooms = listAt(units.rooms, unit);
    const links = listAt(this.#school.links.units, unit);
    const sameRoom = links.some((kind, index) => index % 2 === 1 && kind === SAME_ROOM);
    const where = hasRooms && (rooms.length <= ROOMS || sameRoom) ? rooms : [-1];
    const options = listAt(units.times, unit).flatMap((time) =>
      (hasTeachers ? listAt(units.teachers, unit) : [-1]).flatMap((teacher) =>
        where.map((room) => ({ time, teacher, room })),
      ),
    );
    const alone = options.filter(({ time, teacher, room }) =>
      mayStand(this.#schedule, this.#rules, unit, time, teacher, room),
    );
    this.#options.set(unit, alone);
    return alone;
  }
}

/** Without what overlaps by the clock in other schools: two periods here may touch the same one there and yet follow each other. */
function withinSchools(school: School): School {
  if (school.schoolIds.length === 1) return school;
  const calendar = { ...school.calendar, timeReach: school.calendar.timeAtoms };
  const { units, teachers, hasTeachers, rooms, hasRooms } = school;
  const asked = { ...units, times: units.timesAsked };
  const times = openTimes(asked, calendar, { teachers, hasTeachers, rooms, hasRooms });
  return { ...school, calendar, units: { ...units, times } };
}

/**
 * Links that hold whatever pairs are made: between courses of one section each, and sections that never meet at the same time. Those of
 * terms bind students, and sections with common rosters are kept apart for theirs, so neither counts here.
 */
function plainLinks({ links, units, sections, courses }: School) {
  const single = (unit: number) =>
    listAt(units.sections, unit).every((section) => {
      const course = sections.course[section];
      return courses.sections.start[course + 1] - courses.sections.start[course] === 1;
    });
  const closed = (unit: number) => listAt(units.sections, unit).some((section) => sections.closed[section] === 1);
  return flatten(
    Array.from({ length: units.count }, (_, unit) => {
      const own = listAt(links.units, unit);
      const kept: number[] = [];
      for (let i = 0; i < own.length; i += 2) {
        const [partner, kind] = [own[i], own[i + 1]];
        if (kind === DIFFERENT_TERM || (closed(unit) && closed(partner))) continue;
        if (kind === NOT_SAME_TIME || (single(unit) && single(partner))) kept.push(partner, kind);
      }
      return kept;
    }),
  );
}
