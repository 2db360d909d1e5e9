import type { Rule } from "../rule.ts";

/** `free` with a number: that many available class slots stay free in each leaf term. */
export const studentFree: Rule = ({ schedules, leaves, days }, report) => {
  for (const { student, placed, rules } of schedules.values()) {
    const due = Math.max(0, ...rules.filter(({ kind }) => kind === "free").map(({ value }) => Number(value ?? 0) || 0));
    if (due === 0) continue;
    const away = new Set(rules.flatMap((rule) => rule.unavailable ?? []));
    const busy = new Set(placed.flatMap(({ atoms }) => [...atoms]));
    const slots = [...(days.get(student.school_id)?.values() ?? [])]
      .flat()
      .filter((slot) => slot !== null && !away.has(slot));
    for (const leaf of leaves) {
      const free = slots.filter((slot) => !busy.has(`${leaf}/${slot}`)).length;
      report.check(
        "students.free",
        free >= due,
        () => `student ${student.student_id} has ${free} free slots in ${leaf}, ${due} are due`,
        { student_id: student.student_id, term_id: leaf },
      );
    }
  }
};
