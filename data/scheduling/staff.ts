import type { Random } from "@trivium/engine";
import type { Course } from "./catalogue.ts";
import { blockOf, cells, dayOf, LUNCH_WAVES, PATTERNS, type Pattern, SLOTS, type TermId } from "./day.ts";
import type { Offer } from "./demand.ts";
import type { Room, Section, Teacher, Unit } from "./master.ts";

const NOWHERE = undefined as unknown as Room;
const NOBODY = undefined as unknown as Teacher;
const NEVER = undefined as unknown as Pattern;

/** Courses taught together in one room, each with its one section. */
const CO_SEATED = ["GERM3", "GERM4"];

/** Sections of the offer, bundled into what one teacher gives in one slot all year. */
export function drawUnits(offer: Offer): Unit[] {
  const units: Unit[] = [];
  const halves = new Map<string, Section[]>();
  const together: Section[] = [];
  for (const [course, count] of offer)
    for (let index = 0; index < count; index++) {
      const term: TermId = course.length === "year" ? "Y" : semesterOf(course, index);
      const section = newSection(course, index, term);
      if (CO_SEATED.includes(course.id)) together.push(section);
      else if (course.length === "year") units.push(newUnit([section]));
      else halves.set(pairingOf(course), [...(halves.get(pairingOf(course)) ?? []), section]);
    }
  for (const sections of halves.values()) units.push(...pairHalves(sections));
  if (together.length > 0) units.push(newUnit(together, true));
  return units;
}

/** Government comes before Economics; other semester courses are given in both. */
function semesterOf(course: Course, index: number): TermId {
  if (course.id === "GOVT") return "S1";
  if (course.id === "ECON") return "S2";
  return (index + course.title.length) % 2 === 0 ? "S1" : "S2";
}

const pairingOf = (course: Course): string => `${course.department}/${course.feature ?? ""}`;

/** A first-semester section is followed by a second-semester one; what finds no partner stands alone. */
function pairHalves(sections: readonly Section[]): Unit[] {
  const first = sections.filter(({ term }) => term === "S1");
  const second = sections.filter(({ term }) => term === "S2");
  const units: Unit[] = [];
  for (let index = 0; index < Math.max(first.length, second.length); index++)
    units.push(newUnit([first[index], second[index]].filter((section) => section !== undefined)));
  return units;
}

function newSection(course: Course, index: number, term: TermId): Section {
  const id = `${course.id}-${index + 1}`;
  const common = { pattern: NEVER, mask: 0, teacher: NOBODY, room: NOWHERE, flagged: 0, flaggedMax: 0 };
  return { id, course, term, ...common, planned: course.planned, roster: new Set() };
}

function newUnit(sections: readonly Section[], coSeated = false): Unit {
  const { department } = sections[0].course;
  return { sections, department, teacher: NOBODY, pattern: NEVER, room: NOWHERE, coSeated };
}

const width = (unit: Unit): number => (unit.sections[0].course.shape === "single" ? 1 : 2);

/**
 * Deals the units of each department to teachers, course by course, so that preparations are few.
 * A full-timer gives six slots of ten; every eighth teacher works one day of the two, or leaves before the last block.
 */
export function dealToTeachers(random: Random, units: readonly Unit[]): Teacher[] {
  const teachers: Teacher[] = [];
  for (const department of [...new Set(units.map((unit) => unit.department))]) {
    const rest = units.filter((unit) => unit.department === department);
    while (rest.length > 0) {
      const teacher = newTeacher(random, department, teachers.length);
      teachers.push(teacher);
      let room = teacher.slotsMax;
      while (rest.length > 0 && width(rest[0]) <= room) {
        const unit = rest.shift() as Unit;
        room -= width(unit);
        hire(unit, teacher);
      }
    }
  }
  return teachers;
}

function newTeacher(random: Random, department: string, index: number): Teacher {
  const kind = index % 8 === 5 ? random.below(3) : -1;
  const slots = Array.from({ length: SLOTS }, (_, slot) => slot);
  const away = slots.filter((slot) => (kind === 2 ? blockOf(slot) === 5 : dayOf(slot) === kind));
  return {
    id: `T${String(index + 1).padStart(3, "0")}`,
    department,
    slotsMax: kind === -1 ? 6 : kind === 2 ? 4 : 3,
    lunchWave: index % 2,
    away,
    busy: 0,
    units: [],
    helping: [],
  };
}

function hire(unit: Unit, teacher: Teacher): void {
  unit.teacher = teacher;
  teacher.units.push(unit);
  for (const section of unit.sections) section.teacher = teacher;
}

/** Slots of lunch hold half the school, so they get half the sections. */
const SLOT_WEIGHT = Array.from({ length: SLOTS }, (_, slot) => (blockOf(slot) === 3 || blockOf(slot) === 4 ? 0.5 : 1));

/** Gives every unit its slots: legal for its teacher, even over the week, spread within a course and easy on scarce rooms. */
export function placeInTime(random: Random, teachers: readonly Teacher[]): void {
  const slotLoad = new Float64Array(SLOTS);
  const scarce = new Map<string, Float64Array>();
  const sameCourse = new Map<string, Float64Array>();
  const tally = (map: Map<string, Float64Array>, key: string) => {
    const found = map.get(key) ?? new Float64Array(SLOTS);
    map.set(key, found);
    return found;
  };
  const units = random
    .shuffle(teachers.flatMap((teacher) => teacher.units))
    .sort((a, b) => width(b) - width(a) || rank(a) - rank(b));
  for (const unit of units) {
    const feature = unit.sections[0].course.feature;
    const load = feature ? tally(scarce, feature) : undefined;
    let best: Pattern | undefined;
    let bestCost = Infinity;
    for (const pattern of PATTERNS) {
      if (pattern.shape !== unit.sections[0].course.shape || !suits(unit.teacher, pattern)) continue;
      let cost = random.unit();
      for (const slot of pattern.slots) {
        cost += slotLoad[slot] / SLOT_WEIGHT[slot] / 4;
        if (load) cost += (3 * load[slot]) / SLOT_WEIGHT[slot];
        for (const { course } of unit.sections) cost += (3 * tally(sameCourse, course.id)[slot]) / SLOT_WEIGHT[slot];
      }
      if (cost / pattern.slots.length < bestCost) {
        bestCost = cost / pattern.slots.length;
        best = pattern;
      }
    }
    if (best === undefined) continue;
    placeUnit(unit, best);
    for (const slot of best.slots) {
      slotLoad[slot]++;
      if (load) load[slot]++;
      for (const { course } of unit.sections) tally(sameCourse, course.id)[slot]++;
    }
  }
}

/** Part-timers first: they have the least choice. */
const rank = (unit: Unit): number => unit.teacher.slotsMax;

function placeUnit(unit: Unit, pattern: Pattern): void {
  unit.pattern = pattern;
  unit.teacher.busy |= cells(pattern.slots, "Y");
  for (const section of unit.sections) {
    section.pattern = pattern;
    section.mask = cells(pattern.slots, section.term);
  }
}

/** Free, not away, lunch kept, at most three blocks a day and three in a row. */
export function suits(teacher: Teacher, pattern: Pattern): boolean {
  const mask = cells(pattern.slots, "Y");
  if ((teacher.busy & mask) !== 0) return false;
  if (pattern.slots.some((slot) => teacher.away.includes(slot) || LUNCH_WAVES[teacher.lunchWave].includes(slot)))
    return false;
  const after = teacher.busy | mask;
  return [0, 1].every((day) => {
    let taught = 0;
    for (let slot = day * 5; slot < day * 5 + 5; slot++) if (after & (1 << slot)) taught++;
    return taught <= 3;
  });
}
