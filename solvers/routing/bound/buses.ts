import type { Bound } from "@trivium/model";
import { withBells } from "../bells/with-bells.ts";
import type { Direction, RoutingProblem } from "../problem.ts";
import { byCounting } from "./by-counting.ts";
import { byMatching } from "./by-matching.ts";
import { byMoment } from "./by-moment.ts";
import { apartNeeds, largestBus } from "./demand.ts";
import { leastSteps } from "./steps.ts";

/**
 * Fewest pieces that any plan of a direction can do with: the largest of three counts, each proven where it is made.
 *
 * A school needs at least ⌈Σ benches / benches of the largest bus⌉ runs (wheelchairs alike). From one run's end to the end of the next on the same bus
 * at least a step passes: the drive between the schools, or by way of the run's farthest rider, one rider's dwell and the time at school.
 * Drives are the fastest of the bands, so this supposes that a drive in parts in several bands is never faster than the whole in the fastest of them.
 */
export function piecesBoundOf(problem: RoutingProblem, direction: Direction): number {
  const needs = apartNeeds(problem, direction);
  const bus = largestBus(problem, direction);
  const step = leastSteps(problem, direction);
  return Math.max(
    byMatching(problem, direction, needs, step),
    byCounting(problem, direction, needs, bus, step),
    byMoment(problem, direction, bus),
  );
}

/** So many choices of all bells together are bounded one by one; beyond, a school's windows count as one that spans them. */
const CHOICES_MAX = 256;

/** Fewest buses of any plan: the choice of bells that can do with fewest, in the direction that needs more. */
function busesBoundOf(problem: RoutingProblem): number {
  const choices = problem.schools.reduce((product, school) => product * school.allowedStartsS.length, 1);
  const all = choices <= CHOICES_MAX ? choicesOf(problem) : [problem];
  let least = Infinity;
  for (const each of all) {
    const am = piecesBoundOf(each, "AM");
    least = Math.min(least, am >= least ? am : Math.max(am, piecesBoundOf(each, "PM")));
  }
  return least;
}

function choicesOf(problem: RoutingProblem): RoutingProblem[] {
  let starts: number[][] = [[]];
  for (const { allowedStartsS } of problem.schools)
    starts = starts.flatMap((chosen) => allowedStartsS.map((start) => [...chosen, start]));
  return starts.map((chosen) => withBells(problem, chosen));
}

export function boundOf(problem: RoutingProblem, busesUsed: number): Bound {
  const best = Math.min(busesUsed, busesBoundOf(problem));
  return {
    objective: "buses_used",
    value: busesUsed,
    best_possible: best,
    gap: busesUsed === 0 ? 0 : (busesUsed - best) / busesUsed,
    proof:
      "runs needed by capacity and the drive to each one's farthest rider; links by maximum matching and by time within bell windows; riders aboard at one moment",
  };
}
