import { type RunItems, schoolsOf } from "../halfday/run-items.ts";
import type { Direction, RoutingProblem, Visit } from "../problem.ts";
import { type Leg, legBy, legFrom } from "./bands.ts";

/** One row of a run: a stop where riders board or alight, or one of its schools. */
export interface TimedStop {
  readonly place: number;
  readonly leg: Leg | null;
  readonly arriveS: number;
  readonly departS: number;
  /** Visits served here; none at a school. */
  readonly visits: readonly number[];
  /** −1 at a stop. */
  readonly school: number;
}

/**
 * Times of one run at its real drives. The search planned with the slowest band, so these are never worse:
 * AM counts back from each school (every departure as late as it may be), PM forwards from it. The schools keep the times they were planned with.
 *
 * @param run in order of boarding (PM: reverse order of alighting, as the kernel keeps it)
 * @param callsS at each school in the run's order, AM: when unloading ends; PM: when loading begins
 */
export function runTimes(
  problem: RoutingProblem,
  direction: Direction,
  run: RunItems,
  callsS: readonly number[],
): TimedStop[] {
  const all = problem.visits[direction];
  const schools = schoolsOf(run, (visit) => all[visit].school);
  const stretches = stretchesOf(run).map((visits, index) => ({
    school: schools[index],
    callS: callsS[index],
    stops: mergedStops(problem, all, visits),
  }));
  return direction === "AM" ? morningRows(problem, stretches) : afternoonRows(problem, stretches);
}

/** The stops before a school, in the kernel's order, and the call there. */
interface Stretch {
  readonly school: number;
  readonly callS: number;
  readonly stops: ReturnType<typeof mergedStops>;
}

function stretchesOf(run: RunItems): number[][] {
  const stretches: number[][] = [[]];
  for (const item of run)
    if (item < 0) stretches.push([]);
    else stretches[stretches.length - 1].push(item);
  return stretches;
}

function morningRows(problem: RoutingProblem, stretches: readonly Stretch[]): TimedStop[] {
  const places = problem.places.length;
  const rows: TimedStop[] = [];
  /** The first row so far: its leg is known once the place before it is. */
  let next: TimedStop | null = null;
  for (const { school, callS, stops } of stretches.toReversed()) {
    const { place, unloadS } = problem.schools[school];
    if (next) rows.unshift({ ...next, leg: legFrom(problem.drives, places, place, next.place, callS) });
    next = { place, leg: null, arriveS: callS - unloadS, departS: callS, visits: [], school };
    for (const stop of stops.toReversed()) {
      const leg: Leg = legBy(problem.drives, places, stop.place, next.place, next.arriveS);
      rows.unshift({ ...next, leg });
      const arriveS = leg.departS - stop.dwellS;
      next = { place: stop.place, leg: null, arriveS, departS: leg.departS, visits: stop.visits, school: -1 };
    }
  }
  return next ? [next, ...rows] : rows;
}

function afternoonRows(problem: RoutingProblem, stretches: readonly Stretch[]): TimedStop[] {
  const places = problem.places.length;
  const rows: TimedStop[] = [];
  for (const { school, callS, stops } of stretches.toReversed()) {
    const { place, loadS } = problem.schools[school];
    const from: TimedStop | undefined = rows[rows.length - 1];
    const leg = from ? legFrom(problem.drives, places, from.place, place, from.departS) : null;
    rows.push({ place, leg, arriveS: callS, departS: callS + loadS, visits: [], school });
    for (const stop of stops.toReversed()) {
      const before: TimedStop = rows[rows.length - 1];
      const drive = legFrom(problem.drives, places, before.place, stop.place, before.departS);
      const arriveS = before.departS + drive.durationS;
      const departS = arriveS + stop.dwellS;
      rows.push({ place: stop.place, leg: drive, arriveS, departS, visits: stop.visits, school: -1 });
    }
  }
  return rows;
}

/** Neighbouring visits at one place are one stop: the fixed dwell counts once. */
function mergedStops(
  problem: RoutingProblem,
  all: readonly Visit[],
  visits: readonly number[],
): { place: number; dwellS: number; visits: number[] }[] {
  const stops: { place: number; dwellS: number; visits: number[] }[] = [];
  for (const visit of visits) {
    const { place, dwellS } = all[visit];
    const last = stops[stops.length - 1];
    if (last && last.place === place) {
      last.visits.push(visit);
      last.dwellS += dwellS - Math.floor(problem.settings.dwellS);
    } else stops.push({ place, dwellS, visits: [visit] });
  }
  return stops;
}
