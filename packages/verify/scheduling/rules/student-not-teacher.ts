import type { Rule } from "../rule.ts";

/** A teacher to be avoided teaches the student neither as main nor as co-teacher. */
export const studentNotTeacher: Rule = ({ schedules }, report) => {
  for (const { student, placed, rules } of schedules.values())
    for (const { value } of rules.filter(({ kind }) => kind === "not_teacher")) {
      const met = placed.find(({ teachers }) => teachers.includes(value ?? ""));
      report.check(
        "students.not-teacher",
        met === undefined,
        () => `student ${student.student_id} is to avoid teacher ${value}, who teaches ${met?.row.section_id}`,
        { student_id: student.student_id },
      );
    }
};
