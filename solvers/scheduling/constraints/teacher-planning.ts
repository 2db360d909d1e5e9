import type { School } from "../problem/problem.ts";
import { bitCount } from "./atoms.ts";
import type { TeacherRule } from "./rule.ts";

/** Atoms of each class day of a school in each leaf: days × atomWords, by home school. */
const dayMasks = new WeakMap<School, Map<number, Int32Array>>();

function daysOf(school: School, home: number): Int32Array {
  const bySchool = dayMasks.get(school) ?? new Map<number, Int32Array>();
  dayMasks.set(school, bySchool);
  const known = bySchool.get(home);
  if (known) return known;
  const { calendar } = school;
  const days = calendar.days.filter((day) => day.school === home);
  const leaves = calendar.leafIds.length;
  const masks = new Int32Array(days.length * leaves * calendar.atomWords);
  days.forEach((day, index) => {
    for (let leaf = 0; leaf < leaves; leaf++)
      for (const slot of day.slots) {
        const atom = leaf * calendar.slots + slot;
        masks[(index * leaves + leaf) * calendar.atomWords + (atom >> 5)] |= 1 << (atom & 31);
      }
  });
  bySchool.set(home, masks);
  return masks;
}

/**
 * `planning_periods_min`: free, available class slots on each day in each leaf term, at the teacher's first school.
 * On a day with fewer available slots than that, all of them stay free.
 */
export const teacherPlanning: TeacherRule = {
  applies: ({ teachers }) => teachers.planningMin.some((min) => min > 0),
  allows({ school, teacherTouched }, teacher, _unit, time) {
    const { calendar, teachers } = school;
    const min = teachers.planningMin[teacher];
    if (min === 0) return true;
    const words = calendar.atomWords;
    const days = daysOf(school, teachers.schools[teacher][0]);
    for (let day = 0; day < days.length; day += words) {
      let available = 0;
      let taken = 0;
      let touched = 0;
      for (let w = 0; w < words; w++) {
        const open = days[day + w] & ~teachers.off[teacher * words + w];
        const more = calendar.timeReach[time * words + w];
        available += bitCount(open);
        touched |= open & more;
        taken += bitCount(open & (teacherTouched[teacher * words + w] | more));
      }
      if (touched !== 0 && available - taken < Math.min(min, available)) return false;
    }
    return true;
  },
};
