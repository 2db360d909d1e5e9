import type { Bound } from "@trivium/model";
import type { SchedulingProblem, School } from "../problem/problem.ts";
import { relax } from "./relaxation.ts";
import { seatFlow } from "./seat-flow.ts";

/**
 * A proven limit on requests met, whatever the times: Σ over schools of a maximum flow from students to courses, where
 * - a student passes at most as many requests as fit into the slots open to them, each at its smallest pattern;
 * - a course passes at most its seats: those of all sections that it may have, each at most its largest room;
 * - a request passes only where some time of some section of the course suits the student.
 */
export function boundOf(problem: SchedulingProblem, met: number): Bound {
  const possible = problem.schools.reduce((sum, school) => sum + mostMet(school), 0);
  return {
    objective: "requests_met",
    value: met,
    best_possible: possible,
    gap: possible === 0 ? 0 : Math.max(0, Math.round(((possible - met) / possible) * 1e6) / 1e6),
    proof: "counting: seats of all sections allowed, slots of each student, requests that no time suits (maximum flow)",
  };
}

const known = new WeakMap<School, number>();

/** The most requests of a school that any schedule meets; proven once a school. */
export function mostMet(school: School): number {
  const most = known.get(school) ?? seatFlow(relax(school));
  known.set(school, most);
  return most;
}
