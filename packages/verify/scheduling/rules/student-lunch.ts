import type { Rule } from "../rule.ts";

/** Every student is free in all slots of one lunch wave: the grade's where one is given, any other else. */
export const studentLunch: Rule = ({ dataset, schedules, schools }, report) => {
  const lunch = dataset.settings.scheduling.lunch;
  const waves = lunch?.waves ?? [];
  if (waves.length === 0) return;
  for (const { student, placed } of schedules.values()) {
    if (!schools.has(student.school_id) || placed.length === 0) continue;
    const own = lunch?.grades?.[student.grade];
    const open = own === undefined ? waves : waves.filter((_, index) => index === own);
    const busy = new Set(placed.flatMap(({ slots }) => slots));
    const eats = open.some((wave) => wave.every((slot) => !busy.has(slot)));
    report.check("students.lunch", eats, () => `student ${student.student_id} has no lunch wave free`, {
      student_id: student.student_id,
    });
  }
};
