import type { Direction, RoutingProblem } from "../problem.ts";
import { type LargestBus, needsOf } from "./demand.ts";
import { endWindow } from "./steps.ts";

/**
 * The fullest moment: whoever boards at the latest possible time before the end of the school's window (its length and the time at school and the direct
 * drive earlier) and gets off at its beginning is aboard in between, whatever the plan. All who are aboard at one moment need their benches then;
 * schools that share no run need buses of their own.
 */
export function byMoment(problem: RoutingProblem, direction: Direction, bus: LargestBus): number {
  const stays = needsOf(problem, direction).flatMap(({ school, rides }) => {
    const { fromS, toS } = endWindow(problem, direction, school);
    const { unloadS, loadS } = problem.schools[school];
    const atSchoolS = direction === "AM" ? unloadS : loadS;
    return rides.map(({ benches, least }) =>
      direction === "AM"
        ? { school, benches, fromS: toS - atSchoolS - least.directS, toS: fromS }
        : { school, benches, fromS: toS, toS: fromS + atSchoolS + least.directS },
    );
  });
  const certain = stays.filter((stay) => stay.fromS <= stay.toS);
  let best = 0;
  for (const moment of new Set(certain.map((stay) => stay.fromS))) {
    const aboard = certain.filter((stay) => stay.fromS <= moment && moment <= stay.toS);
    const benches = new Map<number, number>();
    for (const stay of aboard) {
      const key = problem.schoolMixes ? 0 : stay.school;
      benches.set(key, (benches.get(key) ?? 0) + stay.benches);
    }
    const buses = [...benches.values()].reduce((sum, each) => sum + Math.max(1, Math.ceil(each / bus.benches)), 0);
    best = Math.max(best, buses);
  }
  return best;
}
