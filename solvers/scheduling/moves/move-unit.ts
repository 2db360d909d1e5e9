import { aimTime } from "./aim.ts";
import { chain } from "./chain.ts";
import type { Move } from "./moves.ts";
import { pickUnit } from "./pick.ts";

/** Units that a chain may take out beside the one that moves. */
const CHAIN = 4;

/** A unit to another time with its teacher; who is in the way goes where it came from (Kempe chain). */
export const moveUnit: Move = (placer, random) => {
  const { schedule } = placer;
  const { unit, helped } = pickUnit(placer, random);
  if (schedule.time[unit] < 0) return false;
  const time = aimTime(placer, random, unit, helped);
  if (time < 0 || time === schedule.time[unit]) return false;
  return chain(placer, unit, time, schedule.teacher[unit], CHAIN);
};
