import type { TeacherRule } from "./rule.ts";

/** A teacher is in one place at a time, between schools by the clock, and in none where unavailable. */
export const teacherFree: TeacherRule = {
  applies: () => true,
  allows({ school: { calendar, teachers }, teacherBusy }, teacher, _unit, time) {
    const words = calendar.atomWords;
    for (let w = 0; w < words; w++) {
      if ((teacherBusy[teacher * words + w] & calendar.timeReach[time * words + w]) !== 0) return false;
      if ((teachers.off[teacher * words + w] & calendar.timeAtoms[time * words + w]) !== 0) return false;
    }
    return true;
  },
};
