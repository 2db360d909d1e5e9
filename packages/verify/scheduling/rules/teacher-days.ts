import type { Rule } from "../rule.ts";

/**
 * On each day of each leaf term: at most `consecutive_max` class slots in a row (lunch breaks the row), and at least `planning_periods_min`
 * free, available ones; on a day when fewer are available than that, all of them.
 */
export const teacherDays: Rule = ({ dataset, byTeacher, leaves, days }, report) => {
  for (const teacher of dataset.tables.teachers) {
    const { teacher_id, consecutive_max, planning_periods_min } = teacher;
    const own = byTeacher.get(teacher_id) ?? [];
    if (own.length === 0 || (consecutive_max === undefined && planning_periods_min === undefined)) continue;
    const busy = new Set(own.flatMap(({ atoms }) => [...atoms]));
    const away = new Set(teacher.unavailable ?? []);
    for (const leaf of leaves)
      for (const [day, slots] of days.get(teacher.school_id) ?? []) {
        const where = { teacher_id, term_id: leaf, day };
        let row = 0;
        let longest = 0;
        for (const slot of slots) {
          row = slot !== null && busy.has(`${leaf}/${slot}`) ? row + 1 : 0;
          longest = Math.max(longest, row);
        }
        if (consecutive_max !== undefined)
          report.check(
            "teachers.consecutive-max",
            longest <= consecutive_max,
            () => `teacher ${teacher_id} teaches ${longest} in a row on ${day} in ${leaf}, at most ${consecutive_max}`,
            where,
          );
        const available = slots.filter((slot) => slot !== null && !away.has(slot));
        const free = available.filter((slot) => !busy.has(`${leaf}/${slot}`)).length;
        const needed = Math.min(planning_periods_min ?? 0, available.length);
        if (planning_periods_min !== undefined)
          report.check(
            "teachers.planning",
            free >= needed,
            () => `teacher ${teacher_id} has ${free} planning periods on ${day} in ${leaf}, ${needed} are due`,
            where,
          );
      }
  }
};
