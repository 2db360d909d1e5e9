import type { Conflict } from "@trivium/model";
import { listAt } from "../problem/lists.ts";
import type { ObjectiveTables, School } from "../problem/problem.ts";
import { conflictAround } from "./conflict.ts";
import { overfull } from "./counting.ts";
import { limitsOf } from "./limits.ts";
import { Placing } from "./placing.ts";

/** Conflicts told at most. */
const TOLD = 5;
/** What a section less weighs against giving a teacher one more. */
const SECTION_COST = 10;

/** What counting alone shows of all that must be taught: known before anything is searched. */
export function certainConflicts(school: School, links: ObjectiveTables["course_links"]): Conflict[] {
  const conflicts: Conflict[] = [];
  for (let now: School | null = school; now !== null && conflicts.length < TOLD; ) {
    const { count, optional } = now.units;
    const needed = Array.from({ length: count }, (_, unit) => unit).filter((unit) => optional[unit] === 0);
    const [set] = overfull(now, needed);
    const found: ReturnType<typeof around> = set === undefined ? null : around(now, links, set[0]);
    if (found) conflicts.push(found.conflict);
    now = found?.mended ?? null;
  }
  return conflicts;
}

/** A mend with the school that it makes. */
type Mend = Conflict["mends"][number] & { readonly apply: (school: School) => School };

/**
 * Why sections that must be taught can't be: for units that the search left without a place, the smallest sets around them that no
 * placing can hold, what limits are in it, and by how little one of them has to give. The least mend of each is taken for done before the
 * next is looked for, so that all the least mends together are what it takes.
 * @param unplaced needed units without a place
 * @returns none where nothing is proven
 */
export function conflictsOf(
  school: School,
  links: ObjectiveTables["course_links"],
  unplaced: readonly number[],
): Conflict[] {
  const conflicts: Conflict[] = [];
  let now = school;
  for (const unit of unplaced)
    while (conflicts.length < TOLD) {
      const found = around(now, links, unit);
      if (found === null) break;
      conflicts.push(found.conflict);
      if (found.mended === null) break;
      now = found.mended;
    }
  return conflicts;
}

/** The conflict around a unit, and the school once its least mend is done; null where there is none. */
function around(
  school: School,
  links: ObjectiveTables["course_links"],
  unit: number,
): { readonly conflict: Conflict; readonly mended: School | null } | null {
  const set = conflictAround(school, new Placing(school), unit);
  if (set === null) return null;
  const { mends, ...rest } = explained(school, links, set);
  const told = mends.map(({ words, cost, change }) => ({ words, cost, change }));
  return { conflict: { ...rest, mends: told }, mended: mends[0]?.apply(school) ?? null };
}

function explained(school: School, links: ObjectiveTables["course_links"], set: readonly number[]) {
  const { units, sections, courses } = school;
  const limits = limitsOf(school, links, set);
  const possible = (without: School) => new Placing(without).possible(set) === true;
  // What is not needed for it is taken away for good, so that what stays is minimal.
  let left = school;
  const needed = limits.filter(({ without }) => {
    const less = without(left);
    if (possible(less)) return true;
    left = less;
    return false;
  });
  const mends = limits.flatMap(({ steps }): Mend[] =>
    steps
      .toSorted((a, b) => a.cost - b.cost)
      .filter(({ apply }) => possible(apply(school)))
      .slice(0, 1),
  );
  const ids = set.flatMap((unit) => listAt(units.sections, unit));
  return {
    sections: ids.map((section) => ({
      section_id: sections.ids[section],
      course_id: courses.ids[sections.course[section]],
    })),
    limits: needed.map(({ said }) => said),
    mends: [...mends, ...fewer(school, ids)].sort((a, b) => a.cost - b.cost),
  };
}

/** A section less of a course that asks for some beyond those it lists: the set is minimal, so that always does. */
function fewer({ sections, courses }: School, ids: readonly number[]): Mend[] {
  const open = ids.filter((section) => sections.listed[section] === 0);
  return [...Map.groupBy(open, (section) => sections.course[section])].map(([course, own]): Mend => {
    const count = courses.sectionsAsked[course] - 1;
    return {
      words: `${count} sections of ${courses.ids[course]} instead of ${count + 1}`,
      cost: SECTION_COST,
      change: { op: "set", table: "courses", where: { course_id: courses.ids[course] }, values: { sections: count } },
      apply: (of) => ({
        ...of,
        courses: { ...of.courses, sectionsAsked: of.courses.sectionsAsked.map((n, c) => (c === course ? count : n)) },
        units: { ...of.units, optional: of.units.optional.map((n, u) => (u === sections.unit[own[0]] ? 1 : n)) },
      }),
    };
  });
}

/** In a planner's words. */
export function inWords({ sections, limits, mends }: Conflict): string {
  const ids = sections.map(({ section_id }) => section_id).join(", ");
  const what =
    sections.length === 1
      ? `${ids} cannot be taught at all`
      : `${ids} cannot all be taught by those who may, when and where they may`;
  const rules = limits.map(({ file, row, column, value }) => `${column} ${value} of ${row} (${file})`);
  const why = rules.length > 0 ? `, with ${rules.join(" and ")}` : "";
  const mend = mends.length > 0 ? `. Least that would do: ${mends[0].words}` : "";
  return `${what}${why}${mend}`;
}
