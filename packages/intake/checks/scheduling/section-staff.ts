import type { TableRow } from "@trivium/model";
import { schedulingError, schedulingWarning } from "../check.ts";
import { type DistrictView, each } from "../view.ts";

/** Teacher and course of each row of teacher_courses, as one text. */
function qualifications(view: DistrictView): ReadonlySet<string> {
  return new Set(view.tables.teacher_courses.map((row) => `${row.teacher_id}\u0001${row.course_id}`));
}

function unqualified(view: DistrictView, section: TableRow<"sections">): boolean {
  if (section.teacher_id === undefined || !view.present.has("teacher_courses")) return false;
  return !view.derived(qualifications).has(`${section.teacher_id}\u0001${section.course_id}`);
}

const isLocked = (section: TableRow<"sections">): boolean => section.locked?.includes("teacher") ?? false;

export const lockedTeacherUnqualified = schedulingError("locked-teacher-unqualified", (view, find) => {
  for (const [section, place] of each(view, "sections")) {
    if (!isLocked(section) || !unqualified(view, section)) continue;
    find(place, {
      column: "teacher_id",
      value: section.teacher_id,
      message: `section ${section.section_id} is fixed to ${section.teacher_id}, who is not qualified for ${section.course_id}`,
      expected: "a teacher with a row in scheduling/teacher_courses.csv",
      mend: "add the qualification, or fix another teacher",
    });
  }
});

export const sectionTeacherUnqualified = schedulingWarning("section-teacher-unqualified", (view, find) => {
  for (const [section, place] of each(view, "sections")) {
    if (isLocked(section) || !unqualified(view, section)) continue;
    find(place, {
      column: "teacher_id",
      value: section.teacher_id,
      message: `section ${section.section_id} names ${section.teacher_id}, who is not qualified for ${section.course_id} and will be replaced`,
      expected: "a teacher with a row in scheduling/teacher_courses.csv",
      mend: "add the qualification, or another teacher",
    });
  }
});

export const sectionOtherSchool = schedulingWarning("section-other-school", (view, find) => {
  for (const [section, place] of each(view, "sections")) {
    const school = view.row("courses", "course_id", section.course_id)?.school_id;
    const teacher = view.row("teachers", "teacher_id", section.teacher_id ?? "");
    const room = view.row("rooms", "room_id", section.room_id ?? "");
    const report = (column: string, id: string, home: string) =>
      find(place, {
        column,
        value: id,
        message: `section ${section.section_id} is taught at ${school}, but ${id} belongs to ${home}`,
        expected: `one of ${school}`,
        mend: "correct the cell, or list the school in the teacher's schools",
      });
    if (school === undefined) continue;
    if (teacher && teacher.school_id !== school && !teacher.schools?.includes(school))
      report("teacher_id", teacher.teacher_id, teacher.school_id);
    if (room && room.school_id !== school) report("room_id", room.room_id, room.school_id);
  }
});
