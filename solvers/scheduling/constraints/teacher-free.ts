import type { TeacherRule } from "./rule.ts";

/** A teacher is in one place at a time, and in none where unavailable. */
export const teacherFree: TeacherRule = {
  applies: () => true,
  allows({ school: { calendar, teachers }, teacherBusy }, teacher, _unit, time) {
    const words = calendar.atomWords;
    for (let w = 0; w < words; w++) {
      const taken = teacherBusy[teacher * words + w] | teachers.off[teacher * words + w];
      if ((taken & calendar.timeReach[time * words + w]) !== 0) return false;
    }
    return true;
  },
};
