import { firstClash, slotOfAtom } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** A teacher, co-teaching included, is in one place at a time, and in none when unavailable. */
export const teacherClashes: Rule = (reading, report) => {
  for (const teacher of reading.dataset.tables.teachers) {
    const own = reading.byTeacher.get(teacher.teacher_id) ?? [];
    if (own.length === 0) continue;
    const where = { teacher_id: teacher.teacher_id };
    const pair = firstClash(reading, own);
    report.check(
      "teachers.one-place",
      pair === undefined,
      () => `teacher ${teacher.teacher_id} is in ${pair?.map(({ row }) => row.section_id).join(" and ")} at once`,
      where,
    );
    const away = new Set(teacher.unavailable ?? []);
    const late = own.find(({ atoms }) => [...atoms].some((atom) => away.has(slotOfAtom(atom))));
    report.check(
      "teachers.available",
      late === undefined,
      () => `teacher ${teacher.teacher_id} is unavailable when ${late?.row.section_id} meets`,
      where,
    );
  }
};
