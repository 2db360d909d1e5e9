import type { Direction, RideBefore, RoutingProblem } from "../problem.ts";
import type { Before, HalfDay } from "./half-day.ts";

/** Families are told of a time that moves by more than this. */
const TOLD_S = 300;

/**
 * What the kernel has to know of the service before. Rides are those that its runs have by the kernel's own drives, so that a run which stays as it was has
 * changed nothing.
 * @param usdPerTick what a tick of driving a day costs a year
 */
export function beforeOf(
  problem: RoutingProblem,
  direction: Direction,
  day: HalfDay,
  usdPerTick: number,
): Before | undefined {
  const { baseline } = problem;
  if (!baseline) return undefined;
  const known = problem.visits[direction].map((visit) => beforeOfVisit(problem, visit.rides));
  const homes = new Map<string, number>();
  for (const each of known) if (each && !homes.has(each.busId)) homes.set(each.busId, homes.size);
  const kinds = new Map(problem.kinds.flatMap((kind, index) => kind.busIds.map((busId) => [busId, index] as const)));
  return {
    homeKind: Int32Array.from(homes.keys(), (busId) => kinds.get(busId) ?? -1),
    visitHome: Int32Array.from(known, (each) => (each ? (homes.get(each.busId) ?? -1) : -1)),
    visitRide: ridesOf(day, known),
    visitEnd: Int32Array.from(known, (each, visit) => {
      if (!each) return 0;
      const service = day.schoolService[day.visitSchool[visit]];
      return direction === "AM" ? each.schoolS + service : service - each.schoolS;
    }),
    visitLock: Uint8Array.from(problem.visits[direction], (visit) =>
      Math.max(...visit.rides.map((ride) => problem.rides[ride].before?.lock ?? 0)),
    ),
    homePrice: baseline.pricesUsd.bus / usdPerTick,
    ridePrice: baseline.pricesUsd.time / usdPerTick,
    rideFree: TOLD_S,
  };
}

/** Riders of a visit had one run; the first who had any speaks for all. */
export const beforeOfVisit = (problem: RoutingProblem, rides: readonly number[]): RideBefore | undefined =>
  rides.map((ride) => problem.rides[ride].before).find((each) => each !== undefined);

function ridesOf(day: HalfDay, known: readonly (RideBefore | undefined)[]): Int32Array {
  const rides = new Int32Array(day.visits).fill(-1);
  const visits = [...known.keys()].filter((visit) => known[visit]);
  for (const run of Map.groupBy(visits, (visit) => known[visit]?.runId).values()) {
    // The last to board has the shortest ride.
    run.sort((a, b) => (known[a]?.rideS ?? 0) - (known[b]?.rideS ?? 0) || a - b);
    if (run.some((visit) => day.visitSchool[visit] !== day.visitSchool[run[0]])) {
      // Of a run of several schools the rides are taken as they were told.
      for (const visit of run) rides[visit] = known[visit]?.rideS ?? -1;
      continue;
    }
    let after = day.schoolNode[day.visitSchool[run[0]]];
    let ride = 0;
    for (const visit of run) {
      const node = day.visitNode[visit];
      ride += day.travel[node * day.nodes + after];
      rides[visit] = ride;
      ride += day.visitService[visit];
      after = node;
    }
  }
  return rides;
}
