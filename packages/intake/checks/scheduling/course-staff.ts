import { schedulingError, schedulingWarning } from "../check.ts";
import type { DistrictView } from "../view.ts";
import { each } from "../view.ts";
import { LENGTH_SHARE } from "./calendar.ts";
import { sectionsNeeded } from "./demand.ts";

export const courseWithoutTeacher = schedulingError("course-without-teacher", (view, find) => {
  if (!view.present.has("teachers")) return;
  const qualified = view.ids("teacher_courses", "course_id");
  for (const [course, place] of each(view, "courses")) {
    const needed = view.derived(sectionsNeeded).get(course.course_id) ?? 0;
    const given = view.rows("sections", "course_id", course.course_id).filter((section) => section.teacher_id).length;
    if (needed <= given || qualified.has(course.course_id)) continue;
    find(place, {
      column: "course_id",
      value: course.course_id,
      message: `no teacher is qualified for course ${course.course_id}, which needs ${needed} sections`,
      expected: "a row in scheduling/teacher_courses.csv for each course that is taught",
      mend: "add who may teach it, or name the teacher of each section in scheduling/sections.csv",
    });
  }
});

/** All who may teach a course, even if they taught nothing else, cannot cover its sections. */
export const teachersShort = schedulingWarning("teachers-short", (view, find) => {
  for (const [course, place] of each(view, "courses")) {
    const qualified = view.rows("teacher_courses", "course_id", course.course_id);
    const needed = (view.derived(sectionsNeeded).get(course.course_id) ?? 0) * LENGTH_SHARE[course.term];
    if (qualified.length === 0) continue;
    let most = 0;
    for (const each of qualified) most += sectionsMost(view, each.teacher_id, each.sections_max);
    if (needed <= most) continue;
    find(place, {
      column: "course_id",
      value: course.course_id,
      message: `course ${course.course_id} needs ${needed} sections a term, and its ${qualified.length} teachers may teach ${most} at most`,
      expected: "enough teaching load among those qualified",
      mend: "qualify one more teacher, raise sections_max, or offer fewer sections",
    });
  }
});

function sectionsMost(view: DistrictView, teacherId: string, ofCourse = Number.POSITIVE_INFINITY): number {
  const teacher = view.row("teachers", "teacher_id", teacherId);
  return Math.min(ofCourse, teacher?.sections_max ?? Number.POSITIVE_INFINITY);
}
