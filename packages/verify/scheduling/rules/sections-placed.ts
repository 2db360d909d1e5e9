import type { Rule } from "../rule.ts";

/** Every section is of a known course, occurs once, and has a term, a pattern, and a teacher and a room wherever its school lists any. */
export const sectionsPlaced: Rule = ({ dataset, sections, byId }, report) => {
  const { teachers, rooms } = dataset.tables;
  report.check("sections.once", byId.size === sections.length, () => "a section_id occurs twice in the plan");
  const teacherIds = new Set(teachers.map((row) => row.teacher_id));
  const roomIds = new Set(rooms.map((row) => row.room_id));
  const staffed = new Set(teachers.flatMap((row) => [row.school_id, ...(row.schools ?? [])]));
  const housed = new Set(rooms.map((row) => row.school_id));
  for (const { row, course, leaves, slots } of sections) {
    const complete =
      course !== undefined &&
      leaves.length > 0 &&
      slots.length > 0 &&
      (teacherIds.has(row.teacher_id ?? "") || (row.teacher_id === undefined && !staffed.has(course.school_id))) &&
      (roomIds.has(row.room_id ?? "") || (row.room_id === undefined && !housed.has(course.school_id)));
    report.check(
      "sections.placed",
      complete,
      () => `section ${row.section_id} of ${row.course_id} lacks a known course, term, pattern, teacher or room`,
      { section_id: row.section_id },
    );
  }
};
