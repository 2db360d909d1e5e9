import type { Bound } from "@trivium/model";
import type { Direction, RoutingProblem } from "../problem.ts";
import { maximumMatching } from "./matching.ts";

/**
 * Fewest pieces that any plan of a direction can do with: the larger of two counts.
 *
 * A school needs at least ⌈Σ benches / benches of the largest bus⌉ runs (wheelchairs alike). From one run's end to the end of the next on the same bus
 * at least `stepS` passes: the drive between the schools, or to the nearest stop in reach of a rider and back, one rider's dwell and the time at school.
 *
 * - Matching: runs in chains = runs − links, and links ≤ a maximum matching of pairs whose windows let one follow the other. Taking runs away from a plan
 *   never needs more chains, so this holds for plans with more runs.
 * - Counting: of schools whose windows lie within `span`, one bus serves at most 1 + ⌊span / least step⌋ runs.
 */
export function piecesBoundOf(problem: RoutingProblem, direction: Direction): number {
  const runs = runsNeeded(problem, direction);
  return Math.max(byMatching(problem, direction, runs), byCounting(problem, direction, runs));
}

export function boundOf(problem: RoutingProblem, busesUsed: number): Bound {
  const best = Math.min(busesUsed, Math.max(piecesBoundOf(problem, "AM"), piecesBoundOf(problem, "PM")));
  return {
    objective: "buses_used",
    value: busesUsed,
    best_possible: best,
    gap: busesUsed === 0 ? 0 : (busesUsed - best) / busesUsed,
    proof: "runs needed by capacity; links between them by maximum matching and by counting within bell windows",
  };
}

function byMatching(problem: RoutingProblem, direction: Direction, needed: readonly number[]): number {
  const runs = needed.flatMap((count, school) => Array<number>(count).fill(school));
  const follows = (a: number, b: number) =>
    // Runs of one school are alike: numbered by their ends, a link leads to a higher number.
    (runs[a] !== runs[b] || a < b) && canFollow(problem, direction, runs[a], runs[b]);
  const links = runs.map((_, a) => runs.flatMap((_, b) => (follows(a, b) ? [b] : [])));
  return runs.length - maximumMatching(links, runs.length);
}

function byCounting(problem: RoutingProblem, direction: Direction, needed: readonly number[]): number {
  const windows = needed
    .map((count, school) => ({ school, count, ...endWindow(problem, direction, school) }))
    .filter((window) => window.count > 0);
  let best = 0;
  for (const { fromS } of windows)
    for (const { toS } of windows) {
      const inside = windows.filter((window) => window.fromS >= fromS && window.toS <= toS);
      const total = inside.reduce((sum, window) => sum + window.count, 0);
      const steps = inside.flatMap((a) => inside.map((b) => stepS(problem, direction, a.school, b.school)));
      if (total === 0) continue;
      best = Math.max(best, Math.ceil(total / (1 + Math.floor((toS - fromS) / Math.max(1, Math.min(...steps))))));
    }
  return best;
}

/** Runs that each school needs by capacity; riders count as the plan counts them. */
function runsNeeded(problem: RoutingProblem, direction: Direction): number[] {
  const benches = new Float64Array(problem.schools.length);
  const wheelchairs = new Float64Array(problem.schools.length);
  const riders = new Float64Array(problem.schools.length);
  for (const visit of problem.visits[direction])
    for (const ride of visit.rides) {
      riders[visit.school]++;
      benches[visit.school] += problem.rides[ride].benches;
      if (problem.rides[ride].wheelchair) wheelchairs[visit.school]++;
    }
  const largest = Math.max(1, ...problem.kinds.map((kind) => kind.benches));
  const positions = Math.max(1, ...problem.kinds.map((kind) => kind.wheelchairs));
  return problem.schools.map((_, school) =>
    riders[school] === 0
      ? 0
      : Math.max(1, Math.ceil(benches[school] / largest), Math.ceil(wheelchairs[school] / positions)),
  );
}

/** When runs of a school end (AM: unloaded; PM: loading begins), from the earliest to the latest of the bells it may have. */
function endWindow(problem: RoutingProblem, direction: Direction, school: number): { fromS: number; toS: number } {
  const { amEndMinS, amEndMaxS, pmBeginMinS, pmBeginMaxS, allowedStartsS, bellStartS } = problem.schools[school];
  const earlier = Math.min(...allowedStartsS) - bellStartS;
  const later = Math.max(...allowedStartsS) - bellStartS;
  return direction === "AM"
    ? { fromS: amEndMinS + earlier, toS: amEndMaxS + later }
    : { fromS: pmBeginMinS + earlier, toS: pmBeginMaxS + later };
}

/** Least time between the ends (PM: the beginnings) of a run of `from` and the next one, of `to`, on the same bus. */
function stepS(problem: RoutingProblem, direction: Direction, from: number, to: number): number {
  const { schools, settings, drives, places, nearestS } = problem;
  const between = (x: number, y: number) =>
    Math.min(
      ...drives.durationS.map((durations) => durations[x * places.length + y]).map((s) => (s < 0 ? Infinity : s)),
    );
  const nearest = nearestS[direction === "AM" ? to : from];
  const drive =
    from === to
      ? nearest.toSchool + nearest.fromSchool
      : Math.max(
          between(schools[from].place, schools[to].place),
          direction === "AM" ? nearest.toSchool : nearest.fromSchool,
        );
  const atSchool = direction === "AM" ? schools[to].unloadS : schools[from].loadS;
  return settings.linkBufferS + drive + Math.floor(settings.dwellS + settings.dwellPerRiderS) + atSchool;
}

function canFollow(problem: RoutingProblem, direction: Direction, from: number, to: number): boolean {
  return (
    endWindow(problem, direction, from).fromS + stepS(problem, direction, from, to) <=
    endWindow(problem, direction, to).toS
  );
}
