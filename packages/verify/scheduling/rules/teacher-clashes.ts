import { firstClash, type Placed, type Reading, slotOfAtom } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** A teacher, co-teaching included, is in one place at a time (between schools, by the clock), and in none when unavailable. */
export const teacherClashes: Rule = (reading, report) => {
  for (const teacher of reading.dataset.tables.teachers) {
    const own = reading.byTeacher.get(teacher.teacher_id) ?? [];
    if (own.length === 0) continue;
    const where = { teacher_id: teacher.teacher_id };
    const pair = firstClash(reading, own) ?? firstOverlap(reading, own);
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

/** The first two sections in different schools that meet at one time of a day, whatever their periods are called. */
function firstOverlap({ dataset }: Reading, own: readonly Placed[]): readonly [Placed, Placed] | undefined {
  if (new Set(own.map(({ course }) => course?.school_id)).size < 2) return undefined;
  const meetings = own.flatMap((section) =>
    dataset.tables.periods
      .filter(
        (row) => row.school_id === section.course?.school_id && section.slots.includes(`${row.day}:${row.period_id}`),
      )
      .map((period) => ({ section, period })),
  );
  for (const a of meetings)
    for (const b of meetings)
      if (
        a.period.school_id < b.period.school_id &&
        a.period.day === b.period.day &&
        a.period.start < b.period.end &&
        b.period.start < a.period.end &&
        a.section.leaves.some((leaf) => b.section.leaves.includes(leaf))
      )
        return [a.section, b.section];
  return undefined;
}
