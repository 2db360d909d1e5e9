import type { Rule } from "../rule.ts";

/** The main teacher is qualified, and of the course's school; a locked teacher goes before both. Co-teachers need no qualification. */
export const teacherQualified: Rule = ({ dataset, sections }, report) => {
  const { teacher_courses, teachers } = dataset.tables;
  const qualified = new Set(
    teacher_courses.filter((row) => row.sections_max !== 0).map((row) => `${row.teacher_id}/${row.course_id}`),
  );
  const schools = new Map(teachers.map((row) => [row.teacher_id, [row.school_id, ...(row.schools ?? [])]]));
  for (const { row, course, listed } of sections) {
    const locked: readonly string[] = listed?.locked ?? [];
    if (row.teacher_id === undefined || course === undefined || locked.includes("teacher")) continue;
    const where = { section_id: row.section_id, teacher_id: row.teacher_id };
    report.check(
      "teachers.qualified",
      qualified.has(`${row.teacher_id}/${row.course_id}`),
      () => `teacher ${row.teacher_id} of ${row.section_id} is not qualified for ${row.course_id}`,
      where,
    );
    report.check(
      "teachers.school",
      schools.get(row.teacher_id)?.includes(course.school_id) ?? false,
      () => `teacher ${row.teacher_id} does not teach at ${course.school_id}`,
      where,
    );
  }
};
