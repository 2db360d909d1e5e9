import type { Random } from "@trivium/engine";
import type { Schedule } from "../schedule/schedule.ts";
import type { Placer } from "./placer.ts";

/** Times compared before one is taken. */
const COMPARED = 16;
/** Share of picks that take any time, so that every time is reached. */
const BLIND = 0.3;
/** Clashes that a time may be worse and still be taken, at most. */
const NOISE = 2;
/** What a clash for the student to be helped weighs, in students. */
const WANTING = 8;

/**
 * A new time for a unit: of a few drawn by lot, the one that clashes with the fewest other classes of those who sit in it
 * and of the student (−1 none) whom the move is to help. −2 where there is none.
 */
export function aimTime(placer: Placer, random: Random, unit: number, helped: number): number {
  const { schedule } = placer;
  if (random.unit() < BLIND) return placer.anyTime(unit);
  let best = -2;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < COMPARED; i++) {
    const time = placer.anyTime(unit);
    if (time < 0 || time === schedule.time[unit] || time === best) continue;
    const clashes = clashesAt(schedule, unit, time, helped, least) + random.unit() * NOISE;
    if (clashes < least) {
      least = clashes;
      best = time;
    }
  }
  return best;
}

/** Students of the unit for whom something else stands at that time; counting ends above `enough`. */
export function clashesAt(
  schedule: Schedule,
  unit: number,
  time: number,
  helped = -1,
  enough = Number.POSITIVE_INFINITY,
): number {
  const { units, requests } = schedule.school;
  let clashes = helped >= 0 && isTaken(schedule, helped, unit, time) ? WANTING : 0;
  for (let i = units.sections.start[unit]; i < units.sections.start[unit + 1]; i++) {
    const section = units.sections.items[i];
    for (let seat = 0; seat < schedule.enrolled[section] && clashes <= enough; seat++)
      if (isTaken(schedule, requests.student[schedule.seat(section, seat)], unit, time)) clashes++;
  }
  return clashes;
}

/** Whether a student has something else than this unit at that time, or is not available. */
function isTaken({ school, time: times, choice }: Schedule, student: number, unit: number, time: number): boolean {
  const { calendar, students, sections } = school;
  const words = calendar.bitWords;
  for (let w = 0; w < words; w++)
    if ((students.off[student * words + w] & calendar.timeBits[time * words + w]) !== 0) return true;
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    const section = choice[q];
    if (section < 0 || sections.unit[section] === unit) continue;
    const other = times[sections.unit[section]];
    for (let w = 0; w < words; w++)
      if ((calendar.timeBits[other * words + w] & calendar.timeBits[time * words + w]) !== 0) return true;
  }
  return false;
}
