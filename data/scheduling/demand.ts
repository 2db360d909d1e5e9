import type { Random } from "@trivium/engine";
import type { Grade } from "@trivium/model";
import { type Choice, CORE, CORE_CHOICES, type Course, electives } from "./catalogue.ts";

/** A pupil as the generator knows one. */
export interface Pupil {
  readonly id: string;
  readonly grade: Grade;
  /** Counts against inclusion shares. */
  readonly flagged: boolean;
  /** Courses of the core that the pupil needs, subject by subject. */
  readonly core: readonly (readonly string[])[];
  readonly team?: string;
}

/** How many sections of each course the school gives. */
export type Offer = ReadonlyMap<Course, number>;

/** Slots of a full year's schedule. */
const FULL_LOAD = 8;

/** Sections to plan for: enough for the core as chosen, and electives for all the blocks that the core leaves free. */
export function drawOffer(random: Random, pupils: readonly Pupil[]): Offer {
  const offer = new Map<Course, number>();
  const wanted = new Map<string, number>();
  for (const pupil of pupils) for (const id of pupil.core.flat()) wanted.set(id, (wanted.get(id) ?? 0) + 1);
  let freeSlots = FULL_LOAD * pupils.length;
  for (const course of CORE) {
    const demand = wanted.get(course.id) ?? 0;
    freeSlots -= demand * (course.length === "year" ? 1 : 0.5);
    if (demand > 0) offer.set(course, sectionsFor(course, demand));
  }
  for (const [course, sections] of electiveOffer(random, pupils.length, freeSlots)) offer.set(course, sections);
  return offer;
}

/** A quarter of the electives is popular and takes what the rest leaves; the rest are singletons. */
function electiveOffer(random: Random, pupils: number, freeSlots: number): Offer {
  const singletons = Math.round(80 * (pupils / 1500) ** 0.55);
  const popular = Math.round(19 * (pupils / 1500) ** 0.75);
  const courses = electives(singletons + popular);
  const slots = (course: Course) => (course.shape === "single" ? 1 : 2) * (course.length === "year" ? 1 : 0.5);
  const offer = new Map<Course, number>();
  let left = freeSlots * 1.05;
  for (const course of courses.slice(popular)) {
    offer.set(course, 1);
    left -= course.planned * slots(course);
  }
  const favourites = random.shuffle(courses.slice(0, popular));
  const weights = favourites.map((_, index) => 1 / (index + 3));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  favourites.forEach((course, index) => {
    const students = (left * weights[index]) / total / slots(course);
    offer.set(course, Math.max(2, Math.round(students / course.planned)));
  });
  return offer;
}

/** A small language is never given more than once. */
function sectionsFor(course: Course, demand: number): number {
  if (course.planned <= 16) return 1;
  return Math.max(1, Math.ceil(demand / course.planned - 0.25));
}

/** One choice of courses in every subject of the grade; some leave a subject out. */
export function drawCore(random: Random, grade: Grade): string[][] {
  return (CORE_CHOICES[grade] ?? []).map((subject) => [...pick(random, subject)]).filter((ids) => ids.length > 0);
}

function pick(random: Random, subject: readonly Choice[]): readonly string[] {
  let rest = random.unit() * subject.reduce((sum, [share]) => sum + share, 0);
  for (const [share, courses] of subject) {
    rest -= share;
    if (rest < 0) return courses;
  }
  return subject[subject.length - 1][1];
}
