import type { Rule } from "../rule.ts";

/** In each leaf term: sections (co-taught ones too), different courses as main teacher, sections of one course as main teacher. */
export const teacherLoads: Rule = ({ dataset, byTeacher, leaves }, report) => {
  const { teachers, teacher_courses } = dataset.tables;
  const limits = Map.groupBy(
    teacher_courses.filter((row) => row.sections_max !== undefined),
    (row) => row.teacher_id,
  );
  for (const { teacher_id, sections_max, preps_max } of teachers) {
    const own = byTeacher.get(teacher_id) ?? [];
    if (own.length === 0) continue;
    for (const leaf of leaves) {
      const now = own.filter((section) => section.leaves.includes(leaf));
      const main = now.filter(({ row }) => row.teacher_id === teacher_id);
      const where = { teacher_id, term_id: leaf };
      if (sections_max !== undefined)
        report.check(
          "teachers.sections-max",
          now.length <= sections_max,
          () => `teacher ${teacher_id} has ${now.length} sections in ${leaf}, at most ${sections_max}`,
          where,
        );
      const preps = new Set(main.map(({ row }) => row.course_id)).size;
      if (preps_max !== undefined)
        report.check(
          "teachers.preps-max",
          preps <= preps_max,
          () => `teacher ${teacher_id} prepares ${preps} courses in ${leaf}, at most ${preps_max}`,
          where,
        );
      for (const limit of limits.get(teacher_id) ?? []) {
        const count = main.filter(({ row }) => row.course_id === limit.course_id).length;
        report.check(
          "teachers.course-sections-max",
          count <= (limit.sections_max ?? count),
          () =>
            `teacher ${teacher_id} has ${count} sections of ${limit.course_id} in ${leaf}, at most ${limit.sections_max}`,
          where,
        );
      }
    }
  }
};
