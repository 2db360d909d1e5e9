import { chain } from "./chain.ts";
import type { Move } from "./moves.ts";

const CHAIN = 6;

/** A needed unit without a place gets one, with whatever chain that takes. */
export const placeMissing: Move = (placer, random) => {
  const { schedule } = placer;
  const { units } = schedule.school;
  if (schedule.unplacedNeeded === 0) return false;
  const offset = random.below(units.count);
  for (let i = 0; i < units.count; i++) {
    const unit = (i + offset) % units.count;
    if (schedule.time[unit] >= 0 || units.optional[unit] === 1) continue;
    const time = placer.anyTime(unit);
    const teacher = placer.anyTeacher(unit);
    return time >= 0 && teacher >= -1 && chain(placer, unit, time, teacher, CHAIN);
  }
  return false;
};
