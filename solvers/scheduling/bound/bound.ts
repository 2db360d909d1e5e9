import type { Bound } from "@trivium/model";
import type { School } from "../problem/problem.ts";
import type { Places } from "../schedule/places.ts";
import { atTimes } from "./at-times.ts";
import { relax } from "./relaxation.ts";
import { seatFlow } from "./seat-flow.ts";
import { wholeBound } from "./whole-program.ts";

/** Limits on requests met, over all schools. */
export interface Limits {
  /** Whatever the times. */
  readonly whole: number;
  /** Whatever the loading, at the plan's times. */
  readonly atTimes: number;
}

const known = new WeakMap<School, number>();

/**
 * The most requests of a school that any schedule meets, by a whole program over seats, sections, teachers, rooms, singletons and each
 * student's day; by maximum flow (seats and slots alone) where that is stopped. Proven once a school.
 */
export async function mostMet(school: School, stop: () => boolean): Promise<number> {
  const before = known.get(school);
  if (before !== undefined) return before;
  const flow = seatFlow(relax(school));
  const whole = await wholeBound(school, stop);
  if (whole === null) return flow;
  const most = Math.min(flow, whole);
  known.set(school, most);
  return most;
}

/** The most that any loading meets where each section has its place; null where it was stopped before that was known. */
export function mostMetAt(school: School, places: Places, stop: () => boolean): Promise<number | null> {
  return wholeBound(atTimes(school, places), stop);
}

/** Both limits beside what a plan meets. */
export function boundOf(met: number, { whole, atTimes: loaded }: Limits): Bound {
  return {
    ...limit(
      met,
      whole,
      "whatever the times: each student's day, seats of all sections that teachers and rooms allow, singletons that must collide (whole program, branch and bound)",
    ),
    at_these_times: limit(
      met,
      Math.min(whole, loaded),
      "whatever the loading, at the plan's times: each student's day and the seats of each course (linear program)",
    ),
  };
}

function limit(met: number, possible: number, proof: string) {
  return {
    objective: "requests_met",
    value: met,
    best_possible: possible,
    gap: possible === 0 ? 0 : Math.max(0, Math.round(((possible - met) / possible) * 1e6) / 1e6),
    proof,
  };
}
