import type { Move } from "./moves.ts";
import { pickUnit } from "./pick.ts";

/** Two units exchange their times; each keeps its teacher where it can. */
export const swapUnits: Move = (placer, random) => {
  const { schedule } = placer;
  const { unit: a } = pickUnit(placer, random);
  const b = random.below(schedule.school.units.count);
  const [timeA, timeB] = [schedule.time[a], schedule.time[b]];
  if (timeA < 0 || timeB < 0 || timeA === timeB) return false;
  if (!placer.mayMeet(a, timeB) || !placer.mayMeet(b, timeA)) return false;
  const [teacherA, teacherB] = [schedule.teacher[a], schedule.teacher[b]];
  placer.remove(a);
  placer.remove(b);
  return placer.place(a, timeB, teacherA) && placer.place(b, timeA, teacherB);
};
