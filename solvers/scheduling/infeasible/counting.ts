import { bitCount } from "../constraints/atoms.ts";
import { listAt } from "../problem/lists.ts";
import type { Lists, School } from "../problem/problem.ts";

const NO_LIMIT = 1000;

/**
 * Units that counting alone shows can't all be taught: those confined to some rooms or teachers that take more class slots, or more sections
 * of the teachers' limits, than these have.
 * @returns such sets among the units given
 */
export function overfull(school: School, set: readonly number[]): number[][] {
  const { units, hasRooms, hasTeachers } = school;
  const rooms = hasRooms ? confined(units.rooms, set) : [];
  const teachers = hasTeachers ? confined(units.teachers, set) : [];
  return [
    ...rooms.filter(([to, inside]) => slotsOf(school, inside) > openIn(school, to)),
    ...teachers.filter(
      ([to, inside]) =>
        slotsOf(school, inside) > openWith(school, to) || sectionsOf(school, inside) > limitOf(school, to),
    ),
  ].map(([, inside]) => inside);
}

/** For each set of rooms or teachers that one of the units is confined to: all units that are confined to it. */
function confined(lists: Lists, set: readonly number[]): [number[], number[]][] {
  const of = new Map(set.map((unit) => [unit, listAt(lists, unit)]));
  const sets = new Map([...of.values()].map((list) => [list.toSorted((a, b) => a - b).join(), list]));
  return [...sets.values()].map((to) => {
    const within = new Set(to);
    return [to, set.filter((unit) => of.get(unit)?.every((one) => within.has(one)))];
  });
}

function least({ units }: School, unit: number, masks: Int32Array, words: number): number {
  const sizes = listAt(units.times, unit).map((time) => {
    let bits = 0;
    for (let w = 0; w < words; w++) bits += bitCount(masks[time * words + w]);
    return bits;
  });
  return sizes.length === 0 ? 0 : Math.min(...sizes);
}

function slotsOf(school: School, set: readonly number[]): number {
  const { timeAtoms, atomWords } = school.calendar;
  return set.reduce((sum, unit) => sum + least(school, unit, timeAtoms, atomWords), 0);
}

function sectionsOf(school: School, set: readonly number[]): number {
  return set.reduce((sum, unit) => sum + least(school, unit, school.calendar.timeLeaves, 1), 0);
}

const isOpen = (off: Int32Array, words: number, one: number, atom: number): number =>
  1 - ((off[one * words + (atom >> 5)] >> (atom & 31)) & 1);

function openIn({ calendar, rooms }: School, to: readonly number[]): number {
  let open = 0;
  for (const room of to)
    for (let atom = 0; atom < calendar.leafIds.length * calendar.slots; atom++)
      open += isOpen(rooms.off, calendar.atomWords, room, atom);
  return open;
}

/** Class slots that teachers can teach: available ones without planning periods, which are kept at the first school. */
function openWith({ calendar, teachers }: School, to: readonly number[]): number {
  let open = 0;
  for (const teacher of to)
    for (const { school, slots } of calendar.days) {
      if (!teachers.schools[teacher].includes(school)) continue;
      const available = slots.reduce((sum, slot) => sum + isOpen(teachers.off, calendar.atomWords, teacher, slot), 0);
      const planning = school === teachers.schools[teacher][0] ? teachers.planningMin[teacher] : 0;
      open += calendar.leafIds.length * Math.max(0, available - planning);
    }
  return open;
}

function limitOf({ calendar, teachers }: School, to: readonly number[]): number {
  if (to.some((teacher) => teachers.sectionsMax[teacher] >= NO_LIMIT)) return Number.POSITIVE_INFINITY;
  return to.reduce((sum, teacher) => sum + teachers.sectionsMax[teacher] * calendar.leafIds.length, 0);
}
