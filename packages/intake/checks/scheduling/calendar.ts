import type { TableRow } from "@trivium/model";
import type { DistrictView } from "../view.ts";

/** School → its class slots, `day:period_id`. */
export function classSlots(view: DistrictView): ReadonlyMap<string, ReadonlySet<string>> {
  const slots = new Map<string, Set<string>>();
  for (const period of [...view.tables.periods, ...view.broken("periods")]) {
    if (!period.school_id || !period.day || !period.period_id) continue;
    if ((period.kind ?? "class") !== "class") continue;
    const own = slots.get(period.school_id) ?? new Set();
    slots.set(period.school_id, own.add(`${period.day}:${period.period_id}`));
  }
  return slots;
}

/** School → pattern → slots. A school without patterns has one a class period, over all days. */
export function patternSlots(view: DistrictView): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const schools = new Map<string, Map<string, string[]>>();
  const of = (school: string) => schools.get(school) ?? schools.set(school, new Map()).get(school)!;
  for (const pattern of view.tables.patterns) of(pattern.school_id).set(pattern.pattern_id, pattern.meetings);
  for (const [school, slots] of view.derived(classSlots)) {
    if (schools.has(school) && view.ids("patterns", "school_id").has(school)) continue;
    for (const slot of slots) {
      const period = slot.slice(slot.indexOf(":") + 1);
      of(school).set(period, [...(of(school).get(period) ?? []), slot]);
    }
  }
  return schools;
}

/** Length of a term by its depth: 0 a year, 1 a semester or trimester, 2 a quarter; undefined inside a cycle. */
export function termDepth(view: DistrictView): ReadonlyMap<string, number | undefined> {
  const parents = parentTerms(view);
  return new Map([...parents].map(([term, parent]) => [term, depthOf(parent, parents)]));
}

function parentTerms(view: DistrictView): ReadonlyMap<string, string | undefined> {
  const terms = [...view.tables.terms, ...view.broken("terms")];
  return new Map(terms.flatMap((term) => (term.term_id ? [[term.term_id, term.parent_term_id] as const] : [])));
}

function depthOf(parent: string | undefined, parents: ReadonlyMap<string, string | undefined>): number | undefined {
  let depth = 0;
  for (let at = parent; at !== undefined; at = parents.get(at)) if (++depth > parents.size) return undefined;
  return depth;
}

export const LENGTH_DEPTH = { year: 0, semester: 1, trimester: 1, quarter: 2 } as const;

/** Share of the year that a course of this length takes. */
export const LENGTH_SHARE = { year: 1, semester: 1 / 2, trimester: 1 / 3, quarter: 1 / 4 } as const;

/** Term → its leaf terms (itself where it has no parts): two terms overlap when they share one. */
export function leafTerms(view: DistrictView): ReadonlyMap<string, ReadonlySet<string>> {
  const depth = view.derived(termDepth);
  const parents = parentTerms(view);
  const inner = new Set(parents.values());
  const leaves = new Map<string, Set<string>>([...parents.keys()].map((term) => [term, new Set()]));
  for (const leaf of parents.keys()) {
    if (inner.has(leaf) || depth.get(leaf) === undefined) continue;
    for (let at: string | undefined = leaf; at !== undefined; at = parents.get(at)) leaves.get(at)?.add(leaf);
  }
  return leaves;
}

/** Whether two terms have time in common; an unknown or missing term is taken as the whole year. */
export function termsOverlap(view: DistrictView, a: string | undefined, b: string | undefined): boolean {
  const leaves = view.derived(leafTerms);
  const first = a === undefined ? undefined : leaves.get(a);
  const second = b === undefined ? undefined : leaves.get(b);
  return !first || !second || [...first].some((leaf) => second.has(leaf));
}

/** Slots that a course takes in a cycle: as given, else the least of the patterns that it may have. */
export function slotsPerSection(view: DistrictView, course: TableRow<"courses">): number {
  if (course.periods_per_cycle !== undefined) return course.periods_per_cycle;
  const patterns = view.derived(patternSlots).get(course.school_id) ?? new Map<string, readonly string[]>();
  let least = Number.POSITIVE_INFINITY;
  for (const [id, slots] of patterns) {
    if (!course.patterns_allowed?.length || course.patterns_allowed.includes(id)) least = Math.min(least, slots.length);
  }
  return Number.isFinite(least) ? least : 1;
}
