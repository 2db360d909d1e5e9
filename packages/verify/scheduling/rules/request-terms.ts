import type { Rule } from "../rule.ts";

/** A request's `term_id` and `locked_section_id` hold wherever it is met. */
export const requestTerms: Rule = ({ schedules }, report) => {
  for (const { student, requests, placed } of schedules.values())
    for (const { course_id, term_id, locked_section_id } of requests) {
      if (term_id === undefined && locked_section_id === undefined) continue;
      const section = placed.find(({ row }) => row.course_id === course_id);
      if (section === undefined) continue;
      const where = { student_id: student.student_id, course_id };
      if (term_id !== undefined)
        report.check(
          "requests.term",
          section.row.term_id === term_id,
          () => `${student.student_id}:${course_id} is asked for in ${term_id} and met in ${section.row.term_id}`,
          where,
        );
      if (locked_section_id !== undefined)
        report.check(
          "requests.locked-section",
          section.row.section_id === locked_section_id,
          () =>
            `${student.student_id}:${course_id} is fixed to ${locked_section_id} and met in ${section.row.section_id}`,
          where,
        );
    }
};
