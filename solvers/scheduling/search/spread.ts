import type { Random } from "@trivium/engine";
import type { Placer } from "../moves/placer.ts";
import type { Collisions } from "./collisions.ts";

/** Steps of the annealing, per unit and per pair of units: whichever are fewer. */
const STEPS_PER_UNIT = 20_000;
const STEPS_PER_PAIR = 100;
/** Temperatures in expected collisions. */
const FROM = 6;
const TO = 0.1;

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
    if (random.unit() < 0.6) move(placer, collisions, unit, limit);
    else swap(placer, collisions, unit, random.below(units.count), limit);
  }
}

function move(placer: Placer, collisions: Collisions, unit: number, limit: number): void {
  const { schedule } = placer;
  const from = schedule.time[unit];
  if (from < 0) return;
  const to = placer.anyTime(unit);
  if (to < 0 || to === from || collisions.at(unit, to) - collisions.at(unit, from) > limit) return;
  const total = schedule.total;
  const teacher = schedule.teacher[unit];
  placer.remove(unit);
  if (!placer.place(unit, to, teacher)) schedule.undo(0, total);
  schedule.commit();
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
