import type { TeacherRule } from "./rule.ts";

/** `preps_max`: different courses as main teacher in each leaf term. */
export const teacherPreps: TeacherRule = {
  applies: ({ teachers }) => teachers.prepsMax.some((max) => max < 1000),
  allows(
    { school: { calendar, courses, sections, teachers, units }, preps, courseLoad },
    teacher,
    unit,
    time,
    _room,
    asMain,
  ) {
    if (!asMain) return true;
    const leaves = calendar.leafIds.length;
    for (let leaf = 0; leaf < leaves; leaf++) {
      if (((calendar.timeLeaves[time] >> leaf) & 1) === 0) continue;
      let more = 0;
      for (let i = units.sections.start[unit]; i < units.sections.start[unit + 1]; i++) {
        const course = sections.course[units.sections.items[i]];
        if (courseLoad[(teacher * leaves + leaf) * courses.ids.length + course] === 0) more++;
      }
      if (more > 0 && preps[teacher * leaves + leaf] + more > teachers.prepsMax[teacher]) return false;
    }
    return true;
  },
};
