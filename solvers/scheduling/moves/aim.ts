import type { Random } from "@trivium/engine";
import type { Schedule } from "../schedule/schedule.ts";
import type { Placer } from "./placer.ts";

/** Times compared before one is taken. */
const COMPARED = 16;
/** Share of picks that take any time, so that every time is reached. */
const BLIND = 0.3;
/** Clashes that a time may be worse and still be taken, at most. */
const NOISE = 1;
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

/**
 * What the unit's students would clash with at that time: each weighs the most of what stands there, a course of n sections 1 / n
 * (the more sections, the likelier another one fits). Counting ends above `enough`.
 */
export function clashesAt(
  schedule: Schedule,
  unit: number,
  time: number,
  helped = -1,
  enough = Number.POSITIVE_INFINITY,
): number {
  const { units, requests } = schedule.school;
  let clashes = helped >= 0 ? WANTING * clashOf(schedule, helped, unit, time) : 0;
  for (let i = units.sections.start[unit]; i < units.sections.start[unit + 1]; i++) {
    const section = units.sections.items[i];
    for (let seat = 0; seat < schedule.enrolled[section] && clashes <= enough; seat++)
      clashes += clashOf(schedule, requests.student[schedule.seat(section, seat)], unit, time);
  }
  return clashes;
}

/** How hard it is for a student to leave what stands at that time beside the unit: 0 nothing, 1 / sections of the course, 1 not available. */
function clashOf({ school, time: times, choice }: Schedule, student: number, unit: number, time: number): number {
  const { calendar, courses, students, sections } = school;
  const words = calendar.bitWords;
  for (let w = 0; w < words; w++)
    if ((students.off[student * words + w] & calendar.timeBits[time * words + w]) !== 0) return 1;
  let fewest = Number.POSITIVE_INFINITY;
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    const section = choice[q];
    if (section < 0 || sections.unit[section] === unit) continue;
    const other = times[sections.unit[section]];
    for (let w = 0; w < words; w++) {
      if ((calendar.timeBits[other * words + w] & calendar.timeBits[time * words + w]) === 0) continue;
      const course = sections.course[section];
      fewest = Math.min(fewest, courses.sections.start[course + 1] - courses.sections.start[course]);
    }
  }
  return 1 / fewest;
}
