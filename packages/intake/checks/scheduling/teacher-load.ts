import { schedulingError, schedulingWarning } from "../check.ts";
import { each } from "../view.ts";

/** More sections a term than any contract allows. */
const SECTIONS_MANY = 12;

export const teacherLoadReversed = schedulingError("teacher-load-reversed", (view, find) => {
  for (const [teacher, place] of each(view, "teachers")) {
    const { sections_min: least = 0, sections_max: most = Number.POSITIVE_INFINITY } = teacher;
    if (least <= most) continue;
    find(place, {
      column: "sections_min",
      value: least,
      message: `teacher ${teacher.teacher_id} teaches at least ${least} and at most ${most} sections`,
      expected: "sections_min ≤ sections_max",
      mend: "correct the one that is wrong",
    });
  }
});

export const teacherLoadImprobable = schedulingWarning("teacher-load-improbable", (view, find) => {
  for (const [teacher, place] of each(view, "teachers")) {
    const most = teacher.sections_max;
    if (most === undefined || most <= SECTIONS_MANY) continue;
    find(place, {
      column: "sections_max",
      value: most,
      message: `teacher ${teacher.teacher_id} may teach ${most} sections a term`,
      expected: `at most ${SECTIONS_MANY}`,
      mend: "correct the number, or acknowledge it",
    });
  }
});

export const teacherWithoutCourses = schedulingWarning("teacher-without-courses", (view, find) => {
  if (!view.present.has("teacher_courses")) return;
  const named = new Set(view.tables.sections.flatMap((row) => [row.teacher_id, ...(row.co_teacher_ids ?? [])]));
  for (const [teacher, place] of each(view, "teachers")) {
    const id = teacher.teacher_id;
    if (teacher.sections_max === 0 || named.has(id) || view.ids("teacher_courses", "teacher_id").has(id)) continue;
    find(place, {
      column: "teacher_id",
      value: id,
      message: `teacher ${id} is qualified for nothing and teaches no listed section`,
      expected: "a row in scheduling/teacher_courses.csv",
      mend: "add what the teacher may teach, or set sections_max to 0",
    });
  }
});
