import type { Move } from "./moves.ts";

/** Another teacher for a unit, at its own time. */
export const changeTeacher: Move = (placer, random) => {
  const { schedule } = placer;
  const { units } = schedule.school;
  const unit = random.below(units.count);
  const time = schedule.time[unit];
  if (time < 0 || units.teachers.start[unit + 1] - units.teachers.start[unit] < 2) return false;
  const teacher = placer.anyTeacher(unit);
  if (teacher < 0 || teacher === schedule.teacher[unit]) return false;
  placer.remove(unit);
  return placer.placeWith(unit, time, teacher);
};
