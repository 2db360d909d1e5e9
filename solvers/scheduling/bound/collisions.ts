import { LINK_KINDS, type School } from "../problem/problem.ts";
import type { Packing } from "./packing.ts";

const SEEDS = 200;
const SAME_TIME = LINK_KINDS.indexOf("same_time");

/** Two courses of one section each. */
interface Pair {
  readonly a: number;
  readonly b: number;
  /** 1 = a link puts them at the same time: nobody can take both. */
  readonly always: boolean;
}

/** Sets of singletons of which two at least meet at the same time, whatever the schedule; as indices of pairs. */
export interface Collisions {
  readonly pairs: readonly Pair[];
  readonly sets: readonly (readonly number[])[];
}

/**
 * More singletons than there are times for: of a set that can't be laid side by side two collide, and whoever asks for both loses one.
 * Sets are grown from the pair that most students share, always by the course that shares most with all of them; what a set proves
 * is taken off its pairs before the next is looked for, so that no student's loss is proven twice.
 */
export function collisionsOf(school: School, packing: Packing, singletons: readonly number[]): Collisions {
  const common = commonStudents(school, singletons);
  const at = (a: number, b: number) => common[a * singletons.length + b];
  const index = new Map<string, number>();
  const pairs: Pair[] = [];
  const pairOf = (a: number, b: number, always: boolean): number => {
    const key = `${Math.min(a, b)}/${Math.max(a, b)}`;
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, pairs.length);
    return pairs.push({ a: singletons[a], b: singletons[b], always }) - 1;
  };
  for (const [a, b] of tied(school, singletons)) pairOf(a, b, true);
  const sets: number[][] = [];
  const spent = new Set<string>();
  for (let tries = 0; tries < SEEDS; tries++) {
    const set = grow(singletons, at, spent, (members) => packing.apart(members.map((each) => singletons[each])));
    if (set === null) break;
    if (set.collide) sets.push(pairsOf(set.members).map(([a, b]) => pairOf(a, b, false)));
    else spent.add(set.members.slice(0, 2).join("/"));
    const least = Math.min(...pairsOf(set.members).map(([a, b]) => at(a, b)));
    if (set.collide)
      for (const [a, b] of pairsOf(set.members)) {
        common[a * singletons.length + b] -= least;
        common[b * singletons.length + a] -= least;
      }
  }
  return { pairs, sets };
}

/** Students who ask for both, singletons × singletons. */
function commonStudents({ students, requests }: School, singletons: readonly number[]): Int32Array {
  const place = new Map(singletons.map((course, index) => [course, index]));
  const common = new Int32Array(singletons.length * singletons.length);
  for (let i = 0; i < students.ids.length; i++) {
    const own: number[] = [];
    for (let q = students.requestStart[i]; q < students.requestStart[i + 1]; q++) {
      const at = requests.kind[q] < 2 ? place.get(requests.course[q]) : undefined;
      if (at !== undefined) own.push(at);
    }
    for (const a of own) for (const b of own) if (a !== b) common[a * singletons.length + b]++;
  }
  return common;
}

/** Singletons that a link puts at the same time. */
function tied({ links, courses, sections }: School, singletons: readonly number[]): [number, number][] {
  const unitOf = (course: number) => sections.unit[courses.sections.items[courses.sections.start[course]]];
  const place = new Map(singletons.map((course, index) => [unitOf(course), index]));
  return singletons.flatMap((course, a) => {
    const found: [number, number][] = [];
    const unit = unitOf(course);
    for (let i = links.units.start[unit]; i < links.units.start[unit + 1]; i += 2) {
      const b = place.get(links.units.items[i]);
      if (b !== undefined && a < b && links.units.items[i + 1] === SAME_TIME) found.push([a, b]);
    }
    return found;
  });
}

interface Grown {
  readonly members: readonly number[];
  /** Whether two of them must meet at the same time. */
  readonly collide: boolean;
}

function grow(
  singletons: readonly number[],
  at: (a: number, b: number) => number,
  spent: ReadonlySet<string>,
  fit: (members: readonly number[]) => boolean,
): Grown | null {
  const pair = heaviest(singletons.length, at, spent);
  if (pair === null) return null;
  let members: readonly number[] = pair;
  while (fit(members)) {
    let next = -1;
    let most = 0;
    for (let each = 0; each < singletons.length; each++) {
      if (members.includes(each)) continue;
      const least = Math.min(...members.map((member) => at(member, each)));
      if (least > most) {
        most = least;
        next = each;
      }
    }
    if (next < 0) return { members, collide: false };
    members = [...members, next];
  }
  // Whoever is not needed for it only weakens what the set proves.
  for (const each of [...members]) {
    const rest: readonly number[] = members.filter((member) => member !== each);
    if (rest.length >= 2 && !fit(rest)) members = rest;
  }
  return { members, collide: true };
}

function heaviest(
  count: number,
  at: (a: number, b: number) => number,
  spent: ReadonlySet<string>,
): readonly number[] | null {
  let best: readonly number[] | null = null;
  let most = 0;
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++)
      if (at(a, b) > most && !spent.has(`${a}/${b}`)) {
        most = at(a, b);
        best = [a, b];
      }
  return best;
}

function pairsOf(members: readonly number[]): [number, number][] {
  return members.flatMap((a, i) => members.slice(i + 1).map((b): [number, number] => [a, b]));
}
