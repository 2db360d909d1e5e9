import type { Random } from "@trivium/engine";
import type { Schedule } from "../schedule/schedule.ts";
import { worth } from "../schedule/worth.ts";
import type { Loader } from "./loader.ts";

/** Price of a seat in a full section: less than any request is worth, so a chain is tried for every one. */
const PRICE_FULL = 25;
/** Occupants tried for one seat. */
const OCCUPANTS_TRIED = 12;
/** Of those, how many are looked at for the one who loses least, where nobody can go without loss. */
const LOSERS_TRIED = 6;
const EPSILON = 1e-6;

/** How deep a chain may go, and how many occupants it may re-seat in all. */
export interface Effort {
  readonly depth: number;
  readonly reloads: number;
}

/**
 * Ejection chain for seats: the student is seated as if full sections had a seat; out of each overfull section goes an occupant
 * who finds another schedule without loss, or ejects in turn, or, at the chain's start, loses less than the student wins:
 * a seat held for an elective goes to one who needs it.
 *
 * @returns whether the objective grew; if not, all is as before
 */
export function eject(schedule: Schedule, loader: Loader, random: Random, student: number, effort: Effort): boolean {
  const mark = schedule.mark();
  const before = schedule.total;
  const left = { reloads: effort.reloads };
  if (seatAnyway(schedule, loader, random, student, effort.depth, left, before) && schedule.total > before + EPSILON)
    return true;
  schedule.undo(mark, before);
  return false;
}

function seatAnyway(
  schedule: Schedule,
  loader: Loader,
  random: Random,
  student: number,
  depth: number,
  left: { reloads: number },
  floor: number,
): boolean {
  const { students } = schedule.school;
  if (!loader.reload(student, schedule.value[student] + 10 * EPSILON, PRICE_FULL)) return false;
  const first = students.requestStart[student];
  const last = students.requestStart[student + 1];
  const isOver = (section: number) => section >= 0 && schedule.seatsLeft(section) < 0;
  let paid = 0;
  for (let q = first; q < last; q++) if (isOver(schedule.choice[q])) paid += PRICE_FULL;
  if (paid > 0) schedule.setValue(student, schedule.value[student] + paid);
  for (let q = first; q < last; q++)
    while (isOver(schedule.choice[q])) {
      if (makeRoom(schedule, loader, random, schedule.choice[q], student, depth, left, floor)) continue;
      if (floor === Number.POSITIVE_INFINITY) return false;
      // At the chain's start, what nobody makes room for is done without: the rest may be worth it.
      schedule.sit(q, -1);
      schedule.setValue(student, worth(schedule, student));
    }
  return true;
}

/** Takes one occupant out of an overfull section without loss, or with the least that leaves the total above the floor. */
function makeRoom(
  schedule: Schedule,
  loader: Loader,
  random: Random,
  section: number,
  keep: number,
  depth: number,
  left: { reloads: number },
  floor: number,
): boolean {
  const { student: studentOf } = schedule.school.requests;
  const count = schedule.enrolled[section];
  const offset = random.below(count);
  for (let i = 0; i < Math.min(count, OCCUPANTS_TRIED); i++) {
    const occupant = studentOf[schedule.seat(section, (i + offset) % count)];
    if (occupant === keep) continue;
    if (left.reloads-- <= 0) return false;
    const mark = schedule.mark();
    const total = schedule.total;
    const value = schedule.value[occupant];
    if (loader.reload(occupant, value)) return true;
    if (depth > 1) {
      schedule.undo(mark, total);
      if (
        seatAnyway(schedule, loader, random, occupant, depth - 1, left, Number.POSITIVE_INFINITY) &&
        schedule.value[occupant] >= value - EPSILON &&
        schedule.seatsLeft(section) >= 0
      )
        return true;
    }
    schedule.undo(mark, total);
  }
  return takeOutAtLoss(schedule, loader, section, keep, offset, floor);
}

/** Takes out whoever loses least by it, if the total stays above the floor. */
function takeOutAtLoss(
  schedule: Schedule,
  loader: Loader,
  section: number,
  keep: number,
  offset: number,
  floor: number,
): boolean {
  const { student: studentOf } = schedule.school.requests;
  const count = schedule.enrolled[section];
  let loser = -1;
  let least = schedule.total - floor - EPSILON;
  for (let i = 0; i < Math.min(count, LOSERS_TRIED) && least > 0; i++) {
    const occupant = studentOf[schedule.seat(section, (i + offset) % count)];
    if (occupant === keep) continue;
    const mark = schedule.mark();
    const total = schedule.total;
    const value = schedule.value[occupant];
    if (loader.reload(occupant, Math.max(0, value - least)) && value - schedule.value[occupant] < least) {
      loser = occupant;
      least = value - schedule.value[occupant];
    }
    schedule.undo(mark, total);
  }
  return loser >= 0 && loader.reload(loser, Math.max(0, schedule.value[loser] - least - EPSILON));
}
