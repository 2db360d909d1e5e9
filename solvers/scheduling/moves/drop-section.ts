import type { Move } from "./moves.ts";

/** One section fewer, where the engine decides how many there are: frees a teacher and a room. */
export const dropSection: Move = (placer, random) => {
  const { schedule } = placer;
  const { units } = schedule.school;
  const unit = random.below(units.count);
  if (units.optional[unit] === 0 || schedule.time[unit] < 0) return false;
  placer.remove(unit);
  return true;
};
