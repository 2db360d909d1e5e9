import { chain } from "./chain.ts";
import type { Move } from "./moves.ts";

const CHAIN = 2;

/** A section that the engine may leave out gives its teacher to one more section of a course with an unmet request. */
export const replaceSection: Move = (placer, random) => {
  const { schedule } = placer;
  const { units, requests, courses, sections, hasTeachers } = schedule.school;
  if (schedule.unmetCount === 0 || !hasTeachers) return false;
  const course = requests.course[schedule.unmet[random.below(schedule.unmetCount)]];
  for (let i = courses.sections.start[course]; i < courses.sections.start[course + 1]; i++) {
    const unit = sections.unit[courses.sections.items[i]];
    if (schedule.time[unit] >= 0 || units.optional[unit] === 0) continue;
    const teacher = placer.anyTeacher(unit);
    if (teacher < 0) return false;
    const others = schedule.teacherUnits[teacher];
    if (others.length === 0) return false;
    const other = others[random.below(others.length)];
    if (units.optional[other] === 0) return false;
    const freed = schedule.time[other];
    placer.remove(other);
    const time = placer.mayMeet(unit, freed) ? freed : placer.anyTime(unit);
    return time >= 0 && chain(placer, unit, time, teacher, CHAIN);
  }
  return false;
};
