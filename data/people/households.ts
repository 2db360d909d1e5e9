import type { Random } from "@trivium/engine";
import { GRADES, type Grade } from "@trivium/model";
import { SCHOOL_PLANS } from "./schools.ts";

/** A family of the district: the elementary zone that it lives in, its children, what its group columns say. */
export interface Household {
  /** Index into SCHOOL_PLANS of the zone's elementary school. */
  readonly zone: number;
  readonly children: readonly Child[];
  readonly race: string;
  readonly lowIncome: boolean;
  readonly learnsEnglish: boolean;
}

interface Child {
  readonly grade: Grade;
  readonly iep: boolean;
}

/** Grades taught, K…12; the sample district has no preschool. */
const TAUGHT = GRADES.slice(1);

/** By zone: its share of the families, of low income, and of languages learned at school. Zones differ, as towns do. */
const ZONES = [
  { share: 0.22, lowIncome: 0.52, english: 0.16 },
  { share: 0.2, lowIncome: 0.38, english: 0.08 },
  { share: 0.19, lowIncome: 0.21, english: 0.04 },
  { share: 0.21, lowIncome: 0.14, english: 0.05 },
  { share: 0.18, lowIncome: 0.44, english: 0.11 },
] as const;

/** Group → share of families where incomes are low / are not. */
const RACES: readonly (readonly [race: string, low: number, other: number])[] = [
  ["hispanic", 0.31, 0.12],
  ["black", 0.22, 0.09],
  ["asian", 0.04, 0.08],
  ["multiple", 0.06, 0.05],
  ["white", 0.37, 0.66],
];

/** Families until the schools have `students` children. */
export function households(random: Random, students: number): Household[] {
  const families: Household[] = [];
  for (let placed = 0; placed < students; ) {
    const family = household(random, students - placed);
    placed += family.children.length;
    families.push(family);
  }
  return families;
}

function household(random: Random, room: number): Household {
  const zone = pick(
    random,
    ZONES.map((each) => each.share),
  );
  const lowIncome = random.unit() < ZONES[zone].lowIncome;
  const race =
    RACES[
      pick(
        random,
        RACES.map(([, low, other]) => (lowIncome ? low : other)),
      )
    ][0];
  const learnsEnglish = random.unit() < ZONES[zone].english * (race === "hispanic" || race === "asian" ? 2.4 : 0.4);
  return { zone, lowIncome, race, learnsEnglish, children: children(random, room) };
}

/** One to four children, one to four grades apart, eldest first. Those too young or too old for school are not listed. */
function children(random: Random, room: number): Child[] {
  const wanted = Math.min(room, 1 + pick(random, [0.5, 0.36, 0.11, 0.03]));
  const step = random.unit() < 0.5 ? -1 : 1;
  const found: { index: number; iep: boolean }[] = [];
  for (let index = random.below(TAUGHT.length); found.length < wanted; index += step * (1 + random.below(4))) {
    if (TAUGHT[index] === undefined) break;
    found.push({ index, iep: random.unit() < 0.135 });
  }
  return found.sort((a, b) => b.index - a.index).map(({ index, iep }) => ({ grade: TAUGHT[index], iep }));
}

/** School of a child by grade and zone. */
export function schoolOf(zone: number, grade: Grade): string {
  const elementary = SCHOOL_PLANS[zone];
  const index = TAUGHT.indexOf(grade);
  if (index <= 5) return elementary.school_id;
  return index <= 8 ? (elementary.feeds ?? elementary.school_id) : "H1";
}

/** Index drawn with the given shares. */
function pick(random: Random, shares: readonly number[]): number {
  let rest = random.unit() * shares.reduce((sum, share) => sum + share, 0);
  const index = shares.findIndex((share) => {
    rest -= share;
    return rest < 0;
  });
  return index < 0 ? shares.length - 1 : index;
}
