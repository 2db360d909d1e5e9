import { chain } from "./chain.ts";
import type { Move } from "./moves.ts";

const CHAIN = 3;

/** One more section of a course with an unmet request, where the engine decides how many there are; others that it finds no way around may close for it. */
export const openSection: Move = (placer, random) => {
  const { schedule } = placer;
  const { units, requests, courses, sections } = schedule.school;
  if (schedule.unmetCount === 0) return false;
  const course = requests.course[schedule.unmet[random.below(schedule.unmetCount)]];
  for (let i = courses.sections.start[course]; i < courses.sections.start[course + 1]; i++) {
    const unit = sections.unit[courses.sections.items[i]];
    if (schedule.time[unit] >= 0 || units.optional[unit] === 0) continue;
    const time = placer.anyTime(unit);
    const teacher = placer.anyTeacher(unit);
    return time >= 0 && teacher >= -1 && chain(placer, unit, time, teacher, CHAIN, true);
  }
  return false;
};
