import type { Random } from "@trivium/engine";
import { aimTime, clashesAt } from "./aim.ts";
import type { Move } from "./moves.ts";
import { pickUnit } from "./pick.ts";
import type { Placer } from "./placer.ts";

/** Units at the other time that are looked at, and how many of them are compared. */
const LOOKED = 120;
const COMPARED = 5;

/** Two units exchange their times; each keeps its teacher where it can. The partner is one whose students clash least where the first comes from. */
export const swapUnits: Move = (placer, random) => {
  const { schedule } = placer;
  const { unit: a, helped } = pickUnit(placer, random);
  const timeA = schedule.time[a];
  if (timeA < 0) return false;
  const timeB = aimTime(placer, random, a, helped);
  if (timeB < 0 || timeB === timeA) return false;
  const b = partner(placer, random, timeB, timeA);
  if (b < 0) return false;
  const [teacherA, teacherB] = [schedule.teacher[a], schedule.teacher[b]];
  placer.remove(a);
  placer.remove(b);
  return placer.place(a, timeB, teacherA) && placer.place(b, timeA, teacherB);
};

function partner(placer: Placer, random: Random, at: number, to: number): number {
  const { schedule } = placer;
  const { count } = schedule.school.units;
  const offset = random.below(count);
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  let compared = 0;
  for (let i = 0; i < Math.min(count, LOOKED) && compared < COMPARED; i++) {
    const unit = (i + offset) % count;
    if (schedule.time[unit] !== at || !placer.mayMeet(unit, to)) continue;
    compared++;
    const clashes = clashesAt(schedule, unit, to, -1, least) + random.unit();
    if (clashes >= least) continue;
    least = clashes;
    best = unit;
  }
  return best;
}
