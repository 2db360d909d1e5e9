import type { Rule } from "../rule.ts";

/** `with`: in a course that both take, the same section; `apart`: never the same section. Both bind both students. */
export const studentPartners: Rule = ({ schedules }, report) => {
  for (const { student, placed, rules } of schedules.values())
    for (const { kind, value } of rules) {
      const other = schedules.get(value ?? "");
      if ((kind !== "with" && kind !== "apart") || other === undefined) continue;
      for (const mine of placed) {
        const theirs = other.placed.find(({ row }) => row.course_id === mine.row.course_id);
        if (theirs === undefined) continue;
        report.check(
          `students.${kind}`,
          (theirs === mine) === (kind === "with"),
          () =>
            `students ${student.student_id} and ${value} take ${mine.row.course_id} in ${mine.row.section_id} and ${theirs.row.section_id} against their rule "${kind}"`,
          { student_id: student.student_id, section_id: mine.row.section_id },
        );
      }
    }
};
