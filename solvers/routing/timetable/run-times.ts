import type { Direction, RoutingProblem, Visit } from "../problem.ts";
import { type Leg, legBy, legFrom } from "./bands.ts";

/** One row of a run: a stop where riders board or alight, or its school. */
export interface TimedStop {
  readonly place: number;
  readonly leg: Leg | null;
  readonly arriveS: number;
  readonly departS: number;
  /** Visits served here; none at the school. */
  readonly visits: readonly number[];
}

/**
 * Times of one run at its real drives. The search planned with the slowest band, so these are never worse:
 * AM counts back from the school (every departure as late as it may be), PM forwards from it.
 *
 * @param visits in order of boarding (PM: reverse order of alighting, as the kernel keeps them)
 * @param endS AM: when unloading ends; PM: when loading begins
 */
export function runTimes(
  problem: RoutingProblem,
  direction: Direction,
  visits: readonly number[],
  endS: number,
): TimedStop[] {
  const all = problem.visits[direction];
  const school = problem.schools[all[visits[0]].school];
  const stops = mergedStops(problem, all, visits);
  const places = problem.places.length;
  if (direction === "AM") {
    const rows: TimedStop[] = [];
    let arriveS = endS - school.unloadS;
    let next = { place: school.place, arriveS, departS: endS, visits: [] as number[] };
    for (const stop of [...stops].reverse()) {
      const leg = legBy(problem.drives, places, stop.place, next.place, arriveS);
      rows.unshift({ ...next, leg });
      arriveS = leg.departS - stop.dwellS;
      next = { place: stop.place, arriveS, departS: leg.departS, visits: stop.visits };
    }
    return [{ ...next, leg: null }, ...rows];
  }
  let departS = endS + school.loadS;
  let place = school.place;
  const rows: TimedStop[] = [{ place, leg: null, arriveS: endS, departS, visits: [] }];
  for (const stop of [...stops].reverse()) {
    const leg = legFrom(problem.drives, places, place, stop.place, departS);
    const arriveS = departS + leg.durationS;
    departS = arriveS + stop.dwellS;
    place = stop.place;
    rows.push({ place, leg, arriveS, departS, visits: stop.visits });
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
