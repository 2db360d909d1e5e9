import type { Rule } from "../rule.ts";

/** Locked columns stay as the district gave them; co-teachers and seats always do; a locked roster is today's. */
export const sectionLocks: Rule = ({ dataset, sections, heldIn }, report) => {
  const today = Map.groupBy(dataset.tables.today_enrollments, (row) => row.section_id);
  for (const { row, course, listed, roster } of sections) {
    const where = { section_id: row.section_id };
    const holds = (what: string, given: string | number | undefined, planned: string | number | undefined) =>
      report.check(
        `locks.${what}`,
        given === planned,
        () => `${what} of section ${row.section_id} is fixed as ${given}, the plan has ${planned}`,
        where,
      );
    holds("co-teachers", (listed?.co_teacher_ids ?? []).join("|"), (row.co_teacher_ids ?? []).join("|"));
    if (course) holds("seats", listed?.seats_max ?? course.seats_max, row.seats_max);
    const locked: readonly string[] = listed?.locked ?? [];
    if (locked.includes("pattern") && listed?.pattern_id !== undefined)
      holds("pattern", listed.pattern_id, row.pattern_id);
    if ((locked.includes("pattern") || locked.includes("term")) && listed?.term_id !== undefined)
      holds("term", listed.term_id, row.term_id);
    if (locked.includes("teacher") && listed?.teacher_id !== undefined)
      holds("teacher", listed.teacher_id, row.teacher_id);
    if (locked.includes("room") && listed?.room_id !== undefined) holds("room", listed.room_id, row.room_id);
    for (const { student_id } of roster) {
      const held = heldIn.get(`${student_id}/${row.course_id}`);
      if (held !== undefined)
        report.check(
          "locks.roster-kept",
          held === row.section_id,
          () => `student ${student_id} is on the fixed roster of ${held} and sits in ${row.section_id}`,
          { ...where, student_id },
        );
    }
    if (locked.includes("roster")) {
      const before = (today.get(row.section_id) ?? []).map((each) => each.student_id);
      const known = new Set(before);
      const strangers = roster.filter((each) => !known.has(each.student_id));
      report.check(
        "locks.roster",
        strangers.length === 0,
        () => `the roster of section ${row.section_id} is fixed, yet it has ${strangers.length} new student(s)`,
        where,
      );
    }
  }
};
