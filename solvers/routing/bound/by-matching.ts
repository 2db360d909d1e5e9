import type { Direction, RoutingProblem } from "../problem.ts";
import type { SchoolNeed } from "./demand.ts";
import { maximumMatching } from "./matching.ts";
import { endWindow, type LeastStep } from "./steps.ts";

interface NeededRun {
  readonly school: number;
  readonly tripS: number;
}

/**
 * Runs in chains = runs − links, and links ≤ a maximum matching of pairs whose windows let one follow the other. Taking runs away from a plan never needs more
 * chains, so this holds for plans with more runs. The larger of two countings:
 * runs of a school as alike, each with the school's least trip, numbered by their ends, so that a link leads to a higher number;
 * and each with its own trip, where a link may lead to any other.
 */
export function byMatching(
  problem: RoutingProblem,
  direction: Direction,
  needs: readonly SchoolNeed[],
  step: LeastStep,
): number {
  const apart = needs.flatMap(({ school, tripsS }): NeededRun[] => tripsS.map((tripS) => ({ school, tripS })));
  const alike = needs.flatMap(({ school, tripsS }): NeededRun[] =>
    tripsS.map(() => ({ school, tripS: tripsS[tripsS.length - 1] })),
  );
  const window = new Map(needs.map(({ school }) => [school, endWindow(problem, direction, school)]));
  const chains = (runs: readonly NeededRun[], ordered: boolean) => {
    const links = runs.map((a, index) =>
      runs.flatMap((b, other) => {
        if (index === other || (ordered && a.school === b.school && index > other)) return [];
        const ready = (window.get(a.school)?.fromS ?? 0) + step(a.school, b.school, (direction === "AM" ? b : a).tripS);
        return ready <= (window.get(b.school)?.toS ?? 0) ? [other] : [];
      }),
    );
    return runs.length - maximumMatching(links, runs.length);
  };
  return Math.max(chains(alike, true), chains(apart, false));
}
