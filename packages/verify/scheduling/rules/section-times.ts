import type { Reading } from "../reading.ts";
import type { Rule } from "../rule.ts";

const DEPTH: Readonly<Record<string, number>> = { year: 0, semester: 1, trimester: 1, quarter: 2 };

/** A section meets in class slots only, in a term and a pattern that its course allows; a locked pattern goes before both. */
export const sectionTimes: Rule = (reading, report) => {
  for (const { row, course, listed, slots } of reading.sections) {
    if (course === undefined) continue;
    const days = reading.days.get(course.school_id);
    const inClass = slots.every((slot) => [...(days?.values() ?? [])].some((day) => day.includes(slot)));
    const where = { section_id: row.section_id };
    report.check(
      "sections.class-slots",
      inClass,
      () => `section ${row.section_id} meets outside class slots (${slots.join("|")})`,
      where,
    );
    const locked: readonly string[] = listed?.locked ?? [];
    if (!locked.includes("pattern")) {
      const allowed = course.patterns_allowed ?? [];
      const right =
        (allowed.length === 0 || allowed.includes(row.pattern_id ?? "")) &&
        (course.periods_per_cycle === undefined || slots.length === course.periods_per_cycle);
      report.check(
        "sections.pattern-allowed",
        right,
        () => `section ${row.section_id} meets in ${row.pattern_id}, which ${course.course_id} does not allow`,
        where,
      );
    }
    const termLocked = listed?.term_id !== undefined && (locked.includes("pattern") || locked.includes("term"));
    if (!termLocked)
      report.check(
        "sections.term-allowed",
        termAllowed(reading, course, row.term_id),
        () => `section ${row.section_id} is in ${row.term_id}, not a ${course.term} that ${course.course_id} allows`,
        where,
      );
  }
};

/** Listed where the course lists terms; else of its length: a year has no parent, semesters and trimesters are its children, quarters theirs. */
function termAllowed(
  { dataset }: Reading,
  course: { term: string; terms_allowed?: string[] },
  termId: string | undefined,
): boolean {
  if (dataset.tables.terms.length === 0) return termId === undefined && course.term === "year";
  if (course.terms_allowed?.length) return course.terms_allowed.includes(termId ?? "");
  const parent = new Map(dataset.tables.terms.map((term) => [term.term_id, term.parent_term_id]));
  let depth = 0;
  for (let at = parent.get(termId ?? ""); at !== undefined && depth < 8; at = parent.get(at)) depth++;
  return parent.has(termId ?? "") && depth === DEPTH[course.term];
}
