import { clash, slotOfAtom } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** A student is in one class at a time and in none when unavailable: unavailable slots hold in all terms, whatever the rule's kind. */
export const studentClashes: Rule = ({ schedules }, report) => {
  for (const { student, placed, rules } of schedules.values()) {
    if (placed.length === 0) continue;
    const where = { student_id: student.student_id };
    const pair = placed.flatMap((a, index) =>
      placed
        .slice(index + 1)
        .filter((b) => clash(a, b))
        .map((b) => [a, b]),
    )[0];
    report.check(
      "students.one-place",
      pair === undefined,
      () => `student ${student.student_id} is in ${pair?.map(({ row }) => row.section_id).join(" and ")} at once`,
      where,
    );
    const away = new Set(rules.flatMap((rule) => rule.unavailable ?? []));
    const late = placed.find(({ atoms }) => [...atoms].some((atom) => away.has(slotOfAtom(atom))));
    if (away.size > 0)
      report.check(
        "students.available",
        late === undefined,
        () => `student ${student.student_id} is unavailable when ${late?.row.section_id} meets`,
        where,
      );
  }
};
