import type { AnalysisAnswer } from "@trivium/model";
import { clash } from "../constraints/unit-links.ts";
import { listAt } from "../problem/lists.ts";
import { ALTERNATE, type School } from "../problem/problem.ts";

type Conflict = AnalysisAnswer["conflicts"][number];

/** Pairs that are listed, the most severe. */
const LISTED = 500;

/**
 * The conflict matrix: for each pair of courses the students who ask for both, and the requests of theirs that would be lost were sections placed
 * by lot: students · p^(sections a · sections b), p the share of the pairs of their times that clash. Two singletons weigh most.
 */
export function conflictsOf(school: School): { pairs: number; expected: number; worst: Conflict[] } {
  const { courses, sections, units } = school;
  const count = courses.ids.length;
  const common = commonStudents(school);
  const chance = clashChance(school);
  const sizes = courses.ids.map((_, course) =>
    Math.max(
      1,
      listAt(courses.sections, course).filter((section) => units.wanted[sections.unit[section]] === 1).length,
    ),
  );
  const all: Conflict[] = [];
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) {
      const students = common[a * count + b];
      if (students === 0) continue;
      const lost = chance(a, b) ** (sizes[a] * sizes[b]);
      all.push({
        a: courses.ids[a],
        b: courses.ids[b],
        students,
        sections_a: sizes[a],
        sections_b: sizes[b],
        clash_chance: Math.round(lost * 1e4) / 1e4,
        severity: Math.round(students * lost * 100) / 100,
      });
    }
  all.sort((x, y) => y.severity - x.severity || y.students - x.students);
  return {
    pairs: all.length,
    expected: all.reduce((sum, { severity }) => sum + severity, 0),
    worst: all.slice(0, LISTED),
  };
}

/** courses × courses, the upper half. */
function commonStudents({ students, requests, courses }: School): Int32Array {
  const count = courses.ids.length;
  const common = new Int32Array(count * count);
  for (let student = 0; student < students.ids.length; student++)
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
      for (let p = q + 1; p < students.requestStart[student + 1]; p++) {
        if (requests.kind[q] === ALTERNATE || requests.kind[p] === ALTERNATE) continue;
        const [a, b] = [requests.course[q], requests.course[p]];
        common[Math.min(a, b) * count + Math.max(a, b)]++;
      }
  return common;
}

/** Share of the pairs of two courses' times that clash; courses with the same times share the answer. */
function clashChance({ courses, calendar }: School): (a: number, b: number) => number {
  const kinds = new Map<string, number>();
  const kindOf = courses.ids.map((_, course) => {
    const key = listAt(courses.times, course).join();
    if (!kinds.has(key)) kinds.set(key, kinds.size);
    return kinds.get(key) ?? 0;
  });
  const known = new Map<number, number>();
  return (a, b) => {
    const key = kindOf[a] * kinds.size + kindOf[b];
    const found = known.get(key);
    if (found !== undefined) return found;
    const [own, others] = [listAt(courses.times, a), listAt(courses.times, b)];
    let clashes = 0;
    for (const x of own) for (const y of others) if (clash(calendar, x, y)) clashes++;
    const chance = own.length * others.length === 0 ? 0 : clashes / (own.length * others.length);
    known.set(key, chance);
    return chance;
  };
}
