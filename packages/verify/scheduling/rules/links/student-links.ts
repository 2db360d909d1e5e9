import type { Placed, Reading } from "../../reading.ts";
import type { Rule } from "../../rule.ts";
import { pairsOf } from "./section-links.ts";

/** Students with both of two linked courses, and where they take them. */
function* both(
  { schedules }: Reading,
  courses: readonly string[],
): Generator<{ studentId: string; a: Placed; b: Placed }> {
  for (const [first, second] of pairsOf(courses))
    for (const { student, placed } of schedules.values()) {
      const a = placed.find(({ row }) => row.course_id === first);
      const b = placed.find(({ row }) => row.course_id === second);
      if (a && b) yield { studentId: student.student_id, a, b };
    }
}

/** `term_order`: for each student with both, the first ends before the second starts. */
export const termOrder: Rule = (reading, report) => {
  const terms = new Map(reading.dataset.tables.terms.map((term) => [term.term_id, term]));
  for (const link of reading.dataset.tables.course_links.filter(({ kind }) => kind === "term_order"))
    for (const { studentId, a, b } of both(reading, link.courses)) {
      const [first, second] = [terms.get(a.row.term_id ?? ""), terms.get(b.row.term_id ?? "")];
      const holds = first !== undefined && second !== undefined && first.end_date < second.start_date;
      report.check(
        "links.term_order",
        holds,
        () => `link ${link.link_id}: student ${studentId} has ${a.row.section_id} not before ${b.row.section_id}`,
        { link_id: link.link_id, student_id: studentId },
      );
    }
};

/** `different_term`: a student's sections of the two share no leaf term. */
export const differentTerm: Rule = (reading, report) => {
  for (const link of reading.dataset.tables.course_links.filter(({ kind }) => kind === "different_term"))
    for (const { studentId, a, b } of both(reading, link.courses))
      report.check(
        "links.different_term",
        !a.leaves.some((leaf) => b.leaves.includes(leaf)),
        () => `link ${link.link_id}: student ${studentId} has ${a.row.section_id} and ${b.row.section_id} in one term`,
        { link_id: link.link_id, student_id: studentId },
      );
};

/** `same_students`: sections pair one to one, and each student with both is in a pair. */
export const sameStudents: Rule = (reading, report) => {
  for (const link of reading.dataset.tables.course_links.filter(({ kind }) => kind === "same_students")) {
    const partner = new Map<string, string>();
    for (const { studentId, a, b } of both(reading, link.courses)) {
      const [x, y] = [`${a.row.section_id}>${b.row.course_id}`, `${b.row.section_id}>${a.row.course_id}`];
      const holds =
        (partner.get(x) ?? b.row.section_id) === b.row.section_id &&
        (partner.get(y) ?? a.row.section_id) === a.row.section_id;
      partner.set(x, b.row.section_id);
      partner.set(y, a.row.section_id);
      report.check(
        "links.same_students",
        holds,
        () =>
          `link ${link.link_id}: student ${studentId} sits in ${a.row.section_id} and ${b.row.section_id}, which are not a pair`,
        { link_id: link.link_id, student_id: studentId },
      );
    }
  }
};
