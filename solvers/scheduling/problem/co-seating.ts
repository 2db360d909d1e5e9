import { freedom, pairUp } from "./pairing.ts";
import { intersect, roomsOf, teachersOf, timesOf, type UnitContext } from "./units.ts";

/**
 * Sections of co-seated courses taught as one: each of the course with fewer with one of the other, such that locks leave them a common
 * time, teacher and room.
 * @returns the sections of each unit
 */
export function seatTogether(context: UnitContext, courseIndex: ReadonlyMap<string, number>): number[][] {
  const { dataset, flat } = context;
  const sectionsOf = Map.groupBy(
    flat.map((_, index) => index),
    (index) => flat[index].course,
  );
  const unitOf = new Map<number, number>();
  const units: number[][] = [];
  for (const link of dataset.tables.course_links) {
    if (link.kind !== "co_seated") continue;
    const lists = [...new Set(link.courses)]
      .flatMap((id) => courseIndex.get(id) ?? [])
      .map((course) => sectionsOf.get(course) ?? []);
    if (lists.length < 2) continue;
    const choices = new Map(lists.flat().map((section) => [section, choicesOf(section, context)]));
    for (const [first, ...others] of pairUp(lists, (a, b) => common(choices.get(a), choices.get(b)))) {
      const unit = unitOf.get(first) ?? units.push([first]) - 1;
      unitOf.set(first, unit);
      for (const other of others) {
        if (unitOf.has(other)) continue;
        unitOf.set(other, unit);
        units[unit].push(other);
      }
    }
  }
  for (const section of flat.keys()) if (!unitOf.has(section)) units.push([section]);
  return units.map((unit) => unit.toSorted((a, b) => a - b)).sort((a, b) => a[0] - b[0]);
}

type Choices = readonly (readonly number[])[];

const choicesOf = (section: number, context: UnitContext): Choices => [
  timesOf(section, context),
  ...(context.dataset.tables.teachers.length > 0 ? [teachersOf([section], context).map(([teacher]) => teacher)] : []),
  ...(context.dataset.tables.rooms.length > 0 ? [roomsOf(section, context)] : []),
];

const common = (a: Choices = [], b: Choices = []): number =>
  a.reduce((sum, list, kind) => sum + freedom(intersect([list, b[kind]]).length), 0);
