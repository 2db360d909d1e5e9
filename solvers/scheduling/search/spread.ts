import type { Random } from "@trivium/engine";
import type { Placer } from "../moves/placer.ts";
import type { Collisions } from "./collisions.ts";

/** Steps of the annealing, per unit and per pair of units: whichever are fewer. */
const STEPS_PER_UNIT = 20_000;
const STEPS_PER_PAIR = 100;
/** Temperatures in expected collisions. */
const FROM = 6;
const TO = 0.1;

/** Share of steps that move one unit; the others exchange the times of two. */
const MOVES = 0.8;
/** What two units that exchange places may have in common: judged exactly only after the first has moved. */
const MUTUAL = 2;

/** Share of the solve's budget that this may take. */
const BUDGET = 0.12;
/** Steps between two looks at the budget. */
const CHECKPOINT = 8192;

/** Annealing on expected collisions alone: millions of moves and swaps in seconds, before anyone is seated. */
export function spread(placer: Placer, collisions: Collisions, random: Random, spent: () => number): void {
  const { units } = placer.schedule.school;
  const steps = Math.min(STEPS_PER_UNIT, STEPS_PER_PAIR * units.count) * units.count;
  let temperature = FROM;
  for (let step = 0; step < steps; step++) {
    if (step % CHECKPOINT === 0) {
      // Collisions follow here move by move; nobody else asks what changed.
      placer.changed.length = 0;
      const done = Math.max(step / steps, spent() / BUDGET);
      if (done >= 1) return;
      temperature = FROM * (TO / FROM) ** done;
    }
    const limit = -temperature * Math.log(random.unit() + 1e-12);
    const unit = random.below(units.count);
    if (random.unit() < MOVES) move(placer, collisions, random, unit, limit);
    else swap(placer, collisions, unit, random.below(units.count), limit);
  }
}

function move(placer: Placer, collisions: Collisions, random: Random, unit: number, limit: number): void {
  const { schedule } = placer;
  const from = schedule.time[unit];
  if (from < 0) return;
  const to = placer.anyTime(unit);
  if (to < 0 || to === from || collisions.ofMove(unit, to) > limit) return;
  const total = schedule.total;
  const teacher = schedule.teacher[unit];
  placer.remove(unit);
  if (placer.place(unit, to, teacher)) {
    schedule.commit();
    collisions.follow(unit);
    return;
  }
  schedule.undo(0, total);
  if (teacher >= 0) exchange(placer, collisions, random, unit, to, limit);
}

/**
 * A teacher's unit goes to a time that the teacher's day does not allow, and another of the teacher's goes where it came from:
 * who stands there, else any. Most teachers have so full days that nothing else moves.
 */
function exchange(
  placer: Placer,
  collisions: Collisions,
  random: Random,
  unit: number,
  to: number,
  limit: number,
): void {
  const { schedule } = placer;
  const from = schedule.time[unit];
  const teacher = schedule.teacher[unit];
  const others = schedule.teacherUnits[teacher];
  const other =
    others.find((each) => each !== unit && placer.overlap(schedule.time[each], to)) ??
    others[random.below(others.length)];
  if (other === unit || schedule.teacher[other] !== teacher || !placer.mayMeet(other, from)) return;
  const change = collisions.ofMove(unit, to);
  if (change + collisions.ofMove(other, from) > limit + MUTUAL) return;
  const total = schedule.total;
  placer.remove(unit);
  placer.remove(other);
  if (placer.placeWith(unit, to, teacher)) {
    collisions.follow(unit);
    if (change + collisions.ofMove(other, from) <= limit && placer.placeWith(other, from, teacher)) {
      schedule.commit();
      collisions.follow(other);
      return;
    }
  }
  schedule.undo(0, total);
  collisions.follow(unit);
}

function swap(placer: Placer, collisions: Collisions, a: number, b: number, limit: number): void {
  const { schedule } = placer;
  const [timeA, timeB] = [schedule.time[a], schedule.time[b]];
  if (timeA < 0 || timeB < 0 || timeA === timeB || !placer.mayMeet(a, timeB) || !placer.mayMeet(b, timeA)) return;
  if (collisions.ofSwap(a, b) > limit) return;
  const total = schedule.total;
  const [teacherA, teacherB] = [schedule.teacher[a], schedule.teacher[b]];
  placer.remove(a);
  placer.remove(b);
  if (!placer.place(a, timeB, teacherA) || !placer.place(b, timeA, teacherB)) schedule.undo(0, total);
  schedule.commit();
  collisions.follow(a);
  collisions.follow(b);
}
