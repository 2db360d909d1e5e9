import type { TeacherRule } from "./rule.ts";

/** `teacher_courses.sections_max`: sections of one course as main teacher in each leaf term. */
export const teacherCourseMax: TeacherRule = {
  applies: ({ teachers }) => teachers.courseMax.size > 0,
  allows({ school: { calendar, courses, sections, teachers, units }, courseLoad }, teacher, unit, time, _room, asMain) {
    if (!asMain) return true;
    const leaves = calendar.leafIds.length;
    for (let i = units.sections.start[unit]; i < units.sections.start[unit + 1]; i++) {
      const course = sections.course[units.sections.items[i]];
      const most = teachers.courseMax.get(teacher * courses.ids.length + course);
      if (most === undefined) continue;
      for (let leaf = 0; leaf < leaves; leaf++) {
        const taught = (calendar.timeLeaves[time] >> leaf) & 1;
        if (taught && courseLoad[(teacher * leaves + leaf) * courses.ids.length + course] >= most) return false;
      }
    }
    return true;
  },
};
