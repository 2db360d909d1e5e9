import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import { blockOf, DAYS, dayOf } from "./day.ts";
import { byCourse, type Section } from "./master.ts";

type LinkRow = TableRow<"course_links">;
type Kind = LinkRow["kind"];

/** What two singletons of the hidden plan must show for a link of a kind to be asked of them. */
const HOLDS: readonly (readonly [kind: Kind, count: number, holds: (a: Section, b: Section) => boolean])[] = [
  ["same_time", 1, (a, b) => a.term === b.term && a.pattern === b.pattern],
  ["consecutive", 1, (a, b) => a.term === b.term && a.course.department === b.course.department && adjacent(a, b)],
  ["same_teacher", 2, (a, b) => a.teacher === b.teacher],
  ["same_room", 1, (a, b) => a.room === b.room && a.teacher !== b.teacher],
  ["different_term", 1, (a, b) => a.term !== "Y" && b.term !== "Y" && a.term !== b.term],
  ["not_same_time", 5, (a, b) => (a.mask & b.mask) === 0 && shared(a, b) > 0],
  ["term_order", 1, (a, b) => a.term === "S1" && b.term === "S2" && a.course.department === b.course.department],
];

/** Links that the hidden plan keeps: those it was built with, and a few that two of its singletons happen to show. No course is linked twice. */
export function drawLinks(random: Random, sections: readonly Section[]): LinkRow[] {
  const courses = byCourse(sections);
  const built: readonly (readonly [Kind, readonly string[]])[] = [
    ["term_order", ["GOVT", "ECON"]],
    ["same_students", ["AMSTE", "AMSTH"]],
    ["co_seated", ["GERM3", "GERM4"]],
  ];
  const found: (readonly [Kind, readonly string[]])[] = built.filter(([, ids]) => ids.every((id) => courses.has(id)));
  const free = random.shuffle(
    [...courses.values()]
      .filter(([first, second]) => !second && first.pattern.shape === "single")
      .map(([only]) => only),
  );
  const linked = new Set(found.flatMap(([, ids]) => ids));
  for (const [kind, count, holds] of HOLDS)
    for (let number = 0; number < count; number++) {
      const usable = free.filter(({ course }) => !linked.has(course.id));
      const pair = usable.flatMap((a) =>
        usable.filter((b) => a !== b && holds(a, b)).map((b) => [a.course.id, b.course.id]),
      )[0];
      if (pair === undefined) continue;
      found.push([kind, pair]);
      for (const id of pair) linked.add(id);
    }
  return found.map(([kind, ids], index) => ({ link_id: `L${index + 1}`, kind, courses: [...ids] }));
}

function adjacent(a: Section, b: Section): boolean {
  const [x, y] = [a.pattern.slots[0], b.pattern.slots[0]];
  return DAYS[dayOf(x)] === DAYS[dayOf(y)] && Math.abs(blockOf(x) - blockOf(y)) === 1;
}

function shared(a: Section, b: Section): number {
  return [...a.roster].filter((index) => b.roster.has(index)).length;
}
