import type { Direction, RoutingProblem } from "../problem.ts";
import type { LargestBus, SchoolNeed } from "./demand.ts";
import { endWindow, type LeastStep } from "./steps.ts";

/**
 * Counting in time: of schools whose windows lie within `span`, the runs of one bus, but for its first (PM: its last), take all their steps within it.
 *
 * With B buses, R runs and least steps w₁ ≥ w₂ ≥ …, the R − B shortest of them and the loading of all riders but those of B full buses fit into B × span;
 * and of steps longer than span / (k + 1) no bus takes more than k + 1. More runs only add steps.
 */
export function byCounting(
  problem: RoutingProblem,
  direction: Direction,
  needs: readonly SchoolNeed[],
  bus: LargestBus,
  step: LeastStep,
): number {
  const windows = needs.map((need) => ({ need, ...endWindow(problem, direction, need.school) }));
  const starts = [...new Set(windows.map(({ fromS }) => fromS))];
  const ends = [...new Set(windows.map(({ toS }) => toS))];
  let best = 0;
  for (const fromS of starts)
    for (const toS of ends) {
      if (toS < fromS) continue;
      const inside = windows.filter((window) => window.fromS >= fromS && window.toS <= toS).map(({ need }) => need);
      const riders = inside.reduce((sum, need) => sum + need.riders, 0);
      const steps = stepsOf(direction, inside, step);
      best = Math.max(best, bySum(steps, riders, toS - fromS, problem.settings.dwellPerRiderS, bus.riders, best));
      best = Math.max(best, byLength(steps, toS - fromS));
    }
  return best;
}

/** Least steps of all needed runs, the longest first. */
function stepsOf(direction: Direction, inside: readonly SchoolNeed[], step: LeastStep): number[] {
  const steps = inside.flatMap(({ school, tripsS }) =>
    tripsS.map((tripS) =>
      inside.reduce(
        (least, other) =>
          Math.min(least, direction === "AM" ? step(other.school, school, tripS) : step(school, other.school, tripS)),
        Infinity,
      ),
    ),
  );
  return steps.sort((a, b) => b - a);
}

/** Fewest buses, at least `known`, whose spans hold the shortest steps and the loading of riders. */
function bySum(
  steps: readonly number[],
  riders: number,
  spanS: number,
  perRiderS: number,
  ridersMax: number,
  known: number,
): number {
  let sum = steps.slice(known).reduce((total, step) => total + step, 0);
  for (let buses = known; buses < steps.length; buses++) {
    const dwellS = ridersMax === Infinity ? 0 : perRiderS * (riders - buses * ridersMax - (steps.length - buses));
    if (sum + Math.max(0, dwellS) <= buses * spanS + 1e-6) return buses;
    sum -= steps[buses];
  }
  return Math.max(known, steps.length);
}

function byLength(steps: readonly number[], spanS: number): number {
  let best = 0;
  for (let k = 0; k <= steps.length; k++) {
    const long = steps.findIndex((step) => step <= spanS / (k + 1));
    const count = long < 0 ? steps.length : long;
    best = Math.max(best, Math.ceil(count / (k + 1)));
    if (count === steps.length) break;
  }
  return best;
}
