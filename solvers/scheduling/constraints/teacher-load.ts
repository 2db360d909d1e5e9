import type { TeacherRule } from "./rule.ts";

/** `sections_max`: sections in each leaf term, co-taught ones counted. */
export const teacherLoad: TeacherRule = {
  applies: ({ teachers }) => teachers.sectionsMax.some((max) => max < 1000),
  allows({ school: { calendar, teachers, units }, load }, teacher, unit, time) {
    const leaves = calendar.leafIds.length;
    const more = units.sections.start[unit + 1] - units.sections.start[unit];
    for (let leaf = 0; leaf < leaves; leaf++) {
      const taught = (calendar.timeLeaves[time] >> leaf) & 1;
      if (taught && load[teacher * leaves + leaf] + more > teachers.sectionsMax[teacher]) return false;
    }
    return true;
  },
};
