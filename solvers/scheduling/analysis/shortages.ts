import { bitCount } from "../constraints/atoms.ts";
import { listAt } from "../problem/lists.ts";
import type { Lists, School } from "../problem/problem.ts";

const NO_LIMIT = 1000;
const NAMED = 6;

/**
 * Rules that cannot hold together, by counting alone: sections that are confined to some rooms (or teachers) and take more class slots (or
 * sections of their limits) than those have, whatever else is decided. Each says by how much, which is the least that has to give.
 */
export function shortages(school: School): string[] {
  return [
    ...(school.hasRooms ? confined(school, school.units.rooms).flatMap((set) => roomShortage(school, set)) : []),
    ...(school.hasTeachers ? confined(school, school.units.teachers).flatMap((set) => loadShortage(school, set)) : []),
  ];
}

interface Confined {
  readonly to: readonly number[];
  readonly units: readonly number[];
}

/** For each set that some needed unit is confined to: all needed units confined to it or to a part of it. */
function confined({ units }: School, lists: Lists): Confined[] {
  const needed = Array.from({ length: units.count }, (_, unit) => unit).filter((unit) => units.optional[unit] === 0);
  const sets = new Map(
    needed.map((unit) => [
      listAt(lists, unit)
        .sort((a, b) => a - b)
        .join(),
      listAt(lists, unit),
    ]),
  );
  return [...sets.values()]
    .filter((to) => to.length > 0)
    .map((to) => {
      const inside = new Set(to);
      return { to, units: needed.filter((unit) => listAt(lists, unit).every((one) => inside.has(one))) };
    });
}

function roomShortage(school: School, { to, units }: Confined): string[] {
  const { calendar, rooms } = school;
  const needed = units.reduce((sum, unit) => sum + least(school, unit, calendar.timeAtoms, calendar.atomWords), 0);
  const atoms = calendar.leafIds.length * calendar.slots;
  let open = 0;
  for (const room of to)
    for (let atom = 0; atom < atoms; atom++)
      if (((rooms.off[room * calendar.atomWords + (atom >> 5)] >> (atom & 31)) & 1) === 0) open++;
  if (needed <= open) return [];
  const leaves = calendar.leafIds.length;
  return [
    `${named(school, units)} can be in ${to.map((room) => rooms.ids[room]).join(", ")} only and take ${needed / leaves} class slots a term at least, of which there are ${open / leaves}: ${(needed - open) / leaves} too many`,
  ];
}

function loadShortage(school: School, { to, units }: Confined): string[] {
  const { calendar, teachers } = school;
  const leaves = calendar.leafIds.length;
  if (to.some((teacher) => teachers.sectionsMax[teacher] >= NO_LIMIT)) return [];
  const needed = units.reduce(
    (sum, unit) => sum + least(school, unit, calendar.timeLeaves, 1) * listAt(school.units.sections, unit).length,
    0,
  );
  const open = to.reduce((sum, teacher) => sum + teachers.sectionsMax[teacher] * leaves, 0);
  if (needed <= open) return [];
  return [
    `${named(school, units)} can be taught by ${to.map((teacher) => teachers.ids[teacher]).join(", ")} only and take ${needed / leaves} sections of their limits, which add up to ${open / leaves}: ${(needed - open) / leaves} too many`,
  ];
}

/** Fewest bits of a mask over the unit's times: class slots, or leaf terms. */
function least({ units }: School, unit: number, masks: Int32Array, words: number): number {
  const sizes = listAt(units.times, unit).map((time) => {
    let bits = 0;
    for (let w = 0; w < words; w++) bits += bitCount(masks[time * words + w]);
    return bits;
  });
  return sizes.length === 0 ? 0 : Math.min(...sizes);
}

function named({ units, sections }: School, list: readonly number[]): string {
  const ids = list.flatMap((unit) => listAt(units.sections, unit).map((section) => sections.ids[section]));
  return `${ids.length} sections (${ids.slice(0, NAMED).join(", ")}${ids.length > NAMED ? " …" : ""})`;
}
