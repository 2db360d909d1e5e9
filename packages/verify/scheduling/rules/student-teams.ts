import type { Rule } from "../rule.ts";

/** Reserved sections hold only students of their team, so all the reserved sections of a student are of the student's own team. */
export const studentTeams: Rule = ({ schedules }, report) => {
  for (const { student, placed, rules } of schedules.values()) {
    const teams = rules.filter(({ kind }) => kind === "team").map(({ value }) => value);
    for (const { row, listed } of placed) {
      if (listed?.reserved_for === undefined) continue;
      report.check(
        "students.team",
        teams.includes(listed.reserved_for),
        () =>
          `section ${row.section_id} is kept for ${listed.reserved_for}, student ${student.student_id} is not of it`,
        { student_id: student.student_id, section_id: row.section_id },
      );
    }
  }
};
