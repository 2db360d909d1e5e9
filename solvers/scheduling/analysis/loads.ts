import type { AnalysisAnswer, Dataset } from "@trivium/model";
import { bitCount } from "../constraints/atoms.ts";
import { listAt } from "../problem/lists.ts";
import type { School } from "../problem/problem.ts";

const NO_LIMIT = 1000;
const round = (value: number): number => Math.round(value * 100) / 100;

/** Units that are taught from the start, as far as is known before anything is placed. */
const wantedUnits = ({ units }: School): number[] =>
  Array.from({ length: units.count }, (_, unit) => unit).filter((unit) => units.wanted[unit] === 1);

/** Leaf terms × slots that the shortest time of a unit takes. */
function leastAtoms({ calendar, units }: School, unit: number): number {
  const sizes = listAt(units.times, unit).map((time) => atomsOf(calendar, time));
  return sizes.length === 0 ? 0 : Math.min(...sizes);
}

function atomsOf({ timeAtoms, atomWords }: School["calendar"], time: number): number {
  let count = 0;
  for (let w = 0; w < atomWords; w++) count += bitCount(timeAtoms[time * atomWords + w]);
  return count;
}

/** Class slots (× leaf terms) of the school that are not off. */
function openAtoms({ calendar }: School, off: Int32Array, row: number, schools: readonly number[]): number {
  let open = 0;
  for (let atom = 0; atom < calendar.leafIds.length * calendar.slots; atom++)
    if (schools.includes(calendar.slotSchool[atom % calendar.slots]))
      open += ((off[row * calendar.atomWords + (atom >> 5)] >> (atom & 31)) & 1) === 0 ? 1 : 0;
  return open;
}

/**
 * Each teacher's share of the sections that must be taught, were every section dealt evenly among those who may teach it, against the limit.
 * `only` counts sections that nobody else may teach. Sections are weighed by the part of the year that they take.
 */
export function teacherLoad(school: School): AnalysisAnswer["teachers"] {
  const { teachers, units, calendar } = school;
  const leaves = calendar.leafIds.length;
  const due = new Float64Array(teachers.ids.length);
  const only = new Float64Array(teachers.ids.length);
  for (const unit of wantedUnits(school)) {
    const times = listAt(units.times, unit);
    const part =
      times.length === 0 ? 1 : Math.min(...times.map((time) => bitCount(calendar.timeLeaves[time]))) / leaves;
    const sections = listAt(units.sections, unit).length * part;
    const own = listAt(units.teachers, unit);
    for (const teacher of own) due[teacher] += sections / own.length;
    if (own.length === 1) only[own[0]] += sections;
    for (const teacher of listAt(units.coTeachers, unit)) {
      due[teacher] += sections;
      only[teacher] += sections;
    }
  }
  return teachers.ids.map((teacher_id, teacher) => ({
    teacher_id,
    sections_max: teachers.sectionsMax[teacher] >= NO_LIMIT ? null : teachers.sectionsMax[teacher],
    slots_open: round(openAtoms(school, teachers.off, teacher, teachers.schools[teacher]) / leaves),
    sections_due: round(due[teacher]),
    sections_only_theirs: round(only[teacher]),
  }));
}

/** Rooms of one kind (those that the same courses may use): class slots that their sections take at least, against those that the rooms have. */
export function roomLoad(school: School, dataset: Dataset): AnalysisAnswer["rooms"] {
  const { rooms, units, calendar, sections, courses } = school;
  if (!school.hasRooms) return [];
  const leaves = calendar.leafIds.length;
  const features = new Map(dataset.tables.courses.map((row) => [row.course_id, row.room_features ?? []]));
  const wanted = wantedUnits(school);
  const kinds = Map.groupBy(wanted, (unit) =>
    listAt(units.rooms, unit)
      .sort((a, b) => a - b)
      .join(),
  );
  return [...kinds.values()].map(([first]) => {
    const own = new Set(listAt(units.rooms, first));
    const inside = wanted.filter((unit) => listAt(units.rooms, unit).every((room) => own.has(room)));
    const needed = inside.reduce((sum, unit) => sum + leastAtoms(school, unit), 0) / leaves;
    const open =
      [...own].reduce((sum, room) => sum + openAtoms(school, rooms.off, room, schoolsOf(school, inside)), 0) / leaves;
    const course = courses.ids[sections.course[units.sections.items[units.sections.start[first]]]];
    return {
      features: [...(features.get(course) ?? [])],
      rooms: [...own].map((room) => rooms.ids[room]),
      sections: inside.length,
      slots_needed: round(needed),
      slots_open: round(open),
      use: open === 0 ? null : round(needed / open),
    };
  });
}

function schoolsOf({ courses, sections, units }: School, inside: readonly number[]): number[] {
  return [
    ...new Set(inside.map((unit) => courses.school[sections.course[units.sections.items[units.sections.start[unit]]]])),
  ];
}

/** Each class slot: sections that locks hold there, and teachers and rooms that are not off then. */
export function periodLoad(school: School): AnalysisAnswer["periods"] {
  const { calendar, schoolIds, units, teachers, rooms } = school;
  const held = wantedUnits(school).filter((unit) => listAt(units.times, unit).length === 1);
  const isOpen = (off: Int32Array, row: number, slot: number) =>
    ((off[row * calendar.atomWords + (slot >> 5)] >> (slot & 31)) & 1) === 0;
  const takes = (time: number, slot: number) =>
    calendar.leafIds.some((_, leaf) => {
      const atom = leaf * calendar.slots + slot;
      return ((calendar.timeAtoms[time * calendar.atomWords + (atom >> 5)] >> (atom & 31)) & 1) === 1;
    });
  return calendar.slotNames.map((slot, index) => ({
    school_id: schoolIds[calendar.slotSchool[index]],
    slot,
    sections_locked: held.filter((unit) => takes(units.times.items[units.times.start[unit]], index)).length,
    teachers_open: teachers.ids.filter((_, teacher) => isOpen(teachers.off, teacher, index)).length,
    rooms_open: rooms.ids.filter((_, room) => isOpen(rooms.off, room, index)).length,
  }));
}
