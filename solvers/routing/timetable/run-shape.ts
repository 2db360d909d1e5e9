import type { HalfDay } from "../halfday/half-day.ts";
import { lastSchool, type RunItems } from "../halfday/run-items.ts";

/** A run by itself, whatever its bus does before and after. */
export interface RunShape {
  /** First boarding begins → unloading at the last school ends; waits that the schools' windows force are in it. */
  readonly ticks: number;
  /** When it may end, and takes no longer for it. */
  readonly endMin: number;
  readonly endMax: number;
  /** Its schools in order of call: from the end of unloading there to the end of the run. */
  readonly calls: readonly { readonly school: number; readonly before: number }[];
  /** Least that anyone's ride is below the own limit. */
  readonly rideSlack: number;
  /** Whether the schools' windows leave it any time. */
  readonly holds: boolean;
}

/** Counts a run back from its last school: everyone boards as late as the calls allow. */
export function shapeOf(day: HalfDay, run: RunItems): RunShape {
  const { travel, nodes } = day;
  const last = lastSchool(run, (visit) => day.visitSchool[visit]);
  const unloading = (school: number) =>
    run.reduce(
      (sum, item) => (item >= 0 && day.visitSchool[item] === school ? sum + day.visitUnload[item] : sum),
      day.schoolService[school],
    );
  const items = [...run, ~last].map((item) =>
    item >= 0
      ? { node: day.visitNode[item], service: day.visitService[item], opens: -Infinity, closes: Infinity }
      : {
          node: day.schoolNode[~item],
          service: unloading(~item),
          opens: day.schoolEndMin[~item] - day.schoolService[~item],
          closes: day.schoolEndMax[~item] - day.schoolService[~item],
        },
  );
  const end = items[items.length - 1];
  let [ticks, from, to] = [end.service, end.opens, end.closes];
  let holds = from <= to;
  for (let k = items.length - 2; k >= 0; k--) {
    const { node, service, opens, closes } = items[k];
    const lead = service + travel[node * nodes + items[k + 1].node];
    const wait = Math.max(0, from - lead - closes);
    if (opens > to - lead) holds = false;
    ticks += lead + wait;
    from = Math.max(opens, from - lead - wait);
    to = Math.min(closes, to - lead);
  }
  const endMin = from + ticks;
  const arrivals = new Map([[last, endMin - end.service]]);
  const calls = [{ school: last, before: 0 }];
  let rideSlack = Infinity;
  let begin = endMin - end.service;
  for (let k = run.length - 1; k >= 0; k--) {
    const { node, service, closes } = items[k];
    const item = run[k];
    const depart = begin - travel[node * nodes + items[k + 1].node];
    begin = Math.min(depart - service, closes);
    if (item < 0) {
      arrivals.set(~item, begin);
      calls.unshift({ school: ~item, before: endMin - begin - service });
    } else {
      const ride = (arrivals.get(day.visitSchool[item]) ?? 0) - depart;
      rideSlack = Math.min(rideSlack, day.visitRideMax[item] - ride);
    }
  }
  return { ticks, endMin, endMax: to + ticks, calls, rideSlack, holds };
}

/** When unloading (PM: minus when loading begins) is done at each school of a run that ends at `end`, in order of call. */
export const callEnds = (day: HalfDay, run: RunItems, end: number): number[] =>
  shapeOf(day, run).calls.map(({ before }) => end - before);

/** Most benches and wheelchair positions that are taken at once. */
export function peaksOf(day: HalfDay, run: RunItems): { benches: number; wheelchairs: number } {
  const aboard = new Map<number, { benches: number; wheelchairs: number }>();
  const peaks = { benches: 0, wheelchairs: 0 };
  const now = { benches: 0, wheelchairs: 0 };
  for (const item of run) {
    const school = item >= 0 ? day.visitSchool[item] : ~item;
    const its = aboard.get(school) ?? { benches: 0, wheelchairs: 0 };
    if (item >= 0) {
      its.benches += day.visitBenches[item];
      its.wheelchairs += day.visitWheelchairs[item];
      now.benches += day.visitBenches[item];
      now.wheelchairs += day.visitWheelchairs[item];
      aboard.set(school, its);
    } else {
      now.benches -= its.benches;
      now.wheelchairs -= its.wheelchairs;
      aboard.delete(school);
    }
    peaks.benches = Math.max(peaks.benches, now.benches);
    peaks.wheelchairs = Math.max(peaks.wheelchairs, now.wheelchairs);
  }
  return peaks;
}
