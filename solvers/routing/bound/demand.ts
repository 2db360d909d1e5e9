import type { Direction, Ride, RoutingProblem } from "../problem.ts";

/** What a school needs of any plan in a direction. */
export interface SchoolNeed {
  readonly school: number;
  /** Runs by capacity, and for each of them, the longest first, the least trip of its farthest rider. */
  readonly runs: number;
  readonly tripsS: readonly number[];
  readonly riders: number;
  readonly rides: readonly Ride[];
}

/** Benches and wheelchair positions of the largest bus in each, and the most riders that one run can carry. */
export interface LargestBus {
  readonly benches: number;
  readonly wheelchairs: number;
  readonly riders: number;
}

export function largestBus(problem: RoutingProblem, direction: Direction): LargestBus {
  const benches = Math.max(1, ...problem.kinds.map((kind) => kind.benches));
  const wheelchairs = Math.max(1, ...problem.kinds.map((kind) => kind.wheelchairs));
  const seated = problem.rides.filter((ride) => ride.direction === direction && !ride.wheelchair);
  const least = seated.reduce((min, ride) => Math.min(min, ride.benches), Infinity);
  return { benches, wheelchairs, riders: least > 0 ? Math.floor(benches / least) + wheelchairs : Infinity };
}

/**
 * Each school's needs. Farthest riders: whoever is on the j − 1 runs with the longest trips, they carry no more than j − 1 buses hold,
 * so the j-th longest is at least the trip at which the riders, farthest first, exceed that.
 */
export function needsOf(problem: RoutingProblem, direction: Direction): SchoolNeed[] {
  const bus = largestBus(problem, direction);
  const bySchool = problem.schools.map((): Ride[] => []);
  for (const visit of problem.visits[direction])
    for (const ride of visit.rides) bySchool[visit.school].push(problem.rides[ride]);
  return bySchool.map((rides, school) => {
    const benches = rides.reduce((sum, ride) => sum + ride.benches, 0);
    const wheelchairs = rides.filter((ride) => ride.wheelchair).length;
    const runs =
      rides.length === 0 ? 0 : Math.max(1, Math.ceil(benches / bus.benches), Math.ceil(wheelchairs / bus.wheelchairs));
    const farthest = rides.toSorted((a, b) => b.least.tripS - a.least.tripS);
    const nearest = farthest.at(-1)?.least.tripS ?? 0;
    const tripsS: number[] = [];
    let sum = 0;
    for (const ride of farthest) {
      if (tripsS.length < runs && sum + ride.benches > tripsS.length * bus.benches) tripsS.push(ride.least.tripS);
      sum += ride.benches;
    }
    while (tripsS.length < runs) tripsS.push(nearest);
    return { school, runs, tripsS, riders: rides.length, rides };
  });
}

/**
 * Needs of schools of which no two may share a run, those with most runs first: a plan that forgets all other riders still serves these, each on runs of its
 * own school, so whatever bounds it bounds every plan. All schools where no loads are mixed.
 */
export function apartNeeds(problem: RoutingProblem, direction: Direction): SchoolNeed[] {
  const needs = needsOf(problem, direction).filter((need) => need.runs > 0);
  const { schoolMixes, schools } = problem;
  if (!schoolMixes) return needs;
  const kept: SchoolNeed[] = [];
  for (const need of needs.toSorted((a, b) => b.runs - a.runs || a.school - b.school))
    if (kept.every((other) => schoolMixes[need.school * schools.length + other.school] === 0)) kept.push(need);
  return kept;
}
