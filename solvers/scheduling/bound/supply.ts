import type { MipModel } from "@trivium/mip";
import { bitCount } from "../constraints/atoms.ts";
import { listAt } from "../problem/lists.ts";
import type { School } from "../problem/problem.ts";

const NO_LIMIT = 1000;

/** Units alike in all that counts, and the variable of how many of them there are. */
export interface Supply {
  /** One of them. */
  readonly unit: number;
  readonly count: number;
  readonly variable: number;
}

/**
 * How many sections there can be, times forgotten: whole numbers of units k, of which teacher t gives y(t),
 *
 *   Σ_t y(t) = k,  Σ leaves · sections · y(t) ≤ sections_max(t) · leaves,  Σ atoms · y(t) ≤ class slots that t can teach,
 *   and for each set of rooms that some units are confined to: Σ atoms · k ≤ atoms that those rooms are open.
 */
export function addSupply(model: MipModel, school: School): Supply[] {
  const { units, calendar } = school;
  const groups = Map.groupBy(
    Array.from({ length: units.count }, (_, unit) => unit).filter((unit) => canBe(school, unit)),
    signatureOf(school),
  );
  const supplies = [...groups.values()].map((members): Supply => {
    const needed = units.optional[members[0]] === 0 ? members.length : 0;
    return {
      unit: members[0],
      count: members.length,
      variable: model.addVariable(0, needed, members.length, true),
    };
  });
  const atoms = supplies.map(({ unit }) => least(school, unit, calendar.timeAtoms, calendar.atomWords));
  if (school.hasTeachers) addTeachers(model, school, supplies, atoms);
  if (school.hasRooms) addRooms(model, school, supplies, atoms);
  return supplies;
}

function canBe({ units, hasTeachers, hasRooms }: School, unit: number): boolean {
  const some = (lists: { readonly start: Int32Array }) => lists.start[unit + 1] > lists.start[unit];
  return some(units.times) && (!hasTeachers || some(units.teachers)) && (!hasRooms || some(units.rooms));
}

/** Units of one signature are as good as each other for every request and every limit here. */
function signatureOf({ units, sections, requests }: School): (unit: number) => string {
  const named = new Set(requests.lockedSection);
  const sorted = (list: number[]) => list.sort((a, b) => a - b).join();
  return (unit) => {
    const own = listAt(units.sections, unit).map((section) =>
      named.has(section) || sections.closed[section] === 1
        ? `only ${section}`
        : [
            sections.course[section],
            sections.seats[section],
            sections.reserved[section],
            sections.inclusionShare[section],
          ].join(),
    );
    const lists = [units.times, units.teachers, units.rooms, units.coTeachers];
    return [units.optional[unit], ...own, ...lists.map((list) => sorted(listAt(list, unit)))].join("/");
  };
}

function addTeachers(model: MipModel, school: School, supplies: readonly Supply[], atoms: readonly number[]): void {
  const { units, teachers, calendar, courses, sections } = school;
  const leaves = calendar.leafIds.length;
  const loads = Array.from(teachers.sectionsMax, (max) =>
    max >= NO_LIMIT ? -1 : model.addRow(Number.NEGATIVE_INFINITY, max * leaves),
  );
  const slots = teachers.ids.map((_, teacher) =>
    model.addRow(Number.NEGATIVE_INFINITY, slotsTaught(school, teacher) * leaves),
  );
  supplies.forEach(({ unit, count, variable }, index) => {
    const own = listAt(units.sections, unit);
    const load = least(school, unit, calendar.timeLeaves, 1) * own.length;
    const charge = (teacher: number, taught: number) => {
      if (loads[teacher] >= 0) model.addEntry(loads[teacher], taught, load);
      model.addEntry(slots[teacher], taught, atoms[index]);
    };
    const all = model.addRow(0, 0, [variable], [-1]);
    for (const teacher of listAt(units.teachers, unit)) {
      const most = Math.min(
        ...own.map(
          (section) => teachers.courseMax.get(teacher * courses.ids.length + sections.course[section]) ?? count,
        ),
      );
      const taught = model.addVariable(0, 0, Math.min(count, most * leaves), true);
      model.addEntry(all, taught, 1);
      charge(teacher, taught);
    }
    for (const teacher of listAt(units.coTeachers, unit)) charge(teacher, variable);
  });
}

/** Class slots of a term that a teacher can teach at most: available ones without planning periods and the breaks that `consecutive_max` asks for. */
function slotsTaught({ calendar, teachers }: School, teacher: number): number {
  const open = (slot: number) =>
    ((teachers.off[teacher * calendar.atomWords + (slot >> 5)] >> (slot & 31)) & 1) === 0 ? 1 : 0;
  let slots = 0;
  for (const { school, slots: day } of calendar.days) {
    const available = day.reduce((sum, slot) => sum + open(slot), 0);
    const planning = school === teachers.schools[teacher][0] ? Math.min(available, teachers.planningMin[teacher]) : 0;
    slots += available - planning;
  }
  return slots;
}

function addRooms(model: MipModel, school: School, supplies: readonly Supply[], atoms: readonly number[]): void {
  const confined = supplies.map(({ unit }) => new Set(listAt(school.units.rooms, unit)));
  const sets = new Map(confined.map((rooms) => [[...rooms].sort((a, b) => a - b).join(), rooms]));
  for (const rooms of sets.values()) {
    const row = model.addRow(Number.NEGATIVE_INFINITY, openAtoms(school, rooms));
    supplies.forEach(({ variable }, index) => {
      if ([...confined[index]].every((room) => rooms.has(room))) model.addEntry(row, variable, atoms[index]);
    });
  }
}

function openAtoms({ calendar, rooms }: School, among: Iterable<number>): number {
  const atoms = calendar.leafIds.length * calendar.slots;
  let open = 0;
  for (const room of among)
    for (let atom = 0; atom < atoms; atom++)
      if (((rooms.off[room * calendar.atomWords + (atom >> 5)] >> (atom & 31)) & 1) === 0) open++;
  return open;
}

/** Fewest bits of a mask over the unit's times: class slots, or leaf terms. */
function least({ units }: School, unit: number, masks: Int32Array, words: number): number {
  return Math.min(
    ...listAt(units.times, unit).map((time) => {
      let bits = 0;
      for (let w = 0; w < words; w++) bits += bitCount(masks[time * words + w]);
      return bits;
    }),
  );
}
