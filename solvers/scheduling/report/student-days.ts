import type { SchedulingDecisions } from "@trivium/model";
import type { ObjectiveTables } from "../problem/problem.ts";

/** Term → the terms without children in it, itself where it has none; a district without terms has one year without an id. */
export function leavesOf(terms: ObjectiveTables["terms"]): Map<string, string[]> {
  if (terms.length === 0) return new Map([["", [""]]]);
  const children = Map.groupBy(terms, (term) => term.parent_term_id);
  const below = (id: string): string[] => children.get(id)?.flatMap((term) => below(term.term_id)) ?? [id];
  return new Map(terms.map(({ term_id }) => [term_id, below(term_id)]));
}

/** When students are in class: leaf → slots, student by student; for the costs of uneven terms and of holes. */
export class StudentDays {
  readonly #tables: ObjectiveTables;
  readonly #busy = new Map<string, Map<string, Set<string>>>();
  readonly #leaves: readonly string[];

  constructor(tables: ObjectiveTables, decisions: SchedulingDecisions) {
    this.#tables = tables;
    const terms = leavesOf(tables.terms);
    this.#leaves = [...terms].flatMap(([id, below]) => (below[0] === id ? [id] : []));
    const school = new Map(tables.courses.map((course) => [course.course_id, course.school_id]));
    const meetings = meetingsOf(tables);
    const sections = new Map(decisions.sections.map((row) => [row.section_id, row]));
    for (const { student_id, section_id } of decisions.enrollments) {
      const section = sections.get(section_id);
      if (section === undefined) continue;
      const slots = meetings(school.get(section.course_id) ?? "", section.pattern_id ?? "");
      const own = this.#busy.get(student_id) ?? new Map<string, Set<string>>();
      this.#busy.set(student_id, own);
      for (const leaf of terms.get(section.term_id ?? "") ?? []) {
        const taken = own.get(leaf) ?? new Set();
        own.set(leaf, taken);
        for (const slot of slots) taken.add(slot);
      }
    }
  }

  /** Σ over students: class slots of the fullest leaf term less those of the emptiest. */
  unevenTerms(): number {
    let sum = 0;
    for (const own of this.#busy.values()) {
      const counts = this.#leaves.map((leaf) => own.get(leaf)?.size ?? 0);
      sum += Math.max(...counts) - Math.min(...counts);
    }
    return sum;
  }

  /** Class slots free between two classes on a day of a leaf term; not those of a lunch wave, nor where the student is away. */
  holes(): number {
    const { students, student_rules, settings } = this.#tables;
    const lunch = new Set(settings.lunch?.waves?.flat());
    const rules = Map.groupBy(student_rules, (rule) => rule.student_id);
    const days = classDays(this.#tables);
    let sum = 0;
    for (const { student_id, school_id } of students) {
      const own = this.#busy.get(student_id);
      if (own === undefined) continue;
      const away = new Set(rules.get(student_id)?.flatMap((rule) => rule.unavailable ?? []));
      for (const taken of own.values())
        for (const slots of days.get(school_id) ?? []) {
          const first = slots.findIndex((slot) => taken.has(slot));
          const last = slots.findLastIndex((slot) => taken.has(slot));
          for (let i = first + 1; i < last; i++)
            if (!taken.has(slots[i]) && !lunch.has(slots[i]) && !away.has(slots[i])) sum++;
        }
    }
    return sum;
  }
}

function meetingsOf({ patterns, periods }: ObjectiveTables): (school: string, pattern: string) => readonly string[] {
  const given = new Map(patterns.map((row) => [`${row.school_id}/${row.pattern_id}`, row.meetings]));
  const own = new Set(patterns.map((row) => row.school_id));
  const byPeriod = Map.groupBy(periods, (row) => `${row.school_id}/${row.period_id}`);
  return (school, pattern) =>
    own.has(school)
      ? (given.get(`${school}/${pattern}`) ?? [])
      : (byPeriod.get(`${school}/${pattern}`) ?? []).map((row) => `${row.day}:${row.period_id}`);
}

/** Class slots of each school, a list a day, in clock order. */
function classDays({ periods }: ObjectiveTables): Map<string, string[][]> {
  const days = new Map<string, string[][]>();
  for (const [school, rows] of Map.groupBy(periods, (row) => row.school_id))
    days.set(
      school,
      [...Map.groupBy(rows, (row) => row.day).values()].map((day) =>
        day
          .filter((row) => (row.kind ?? "class") === "class")
          .toSorted((a, b) => a.start - b.start)
          .map((row) => `${row.day}:${row.period_id}`),
      ),
    );
  return days;
}
