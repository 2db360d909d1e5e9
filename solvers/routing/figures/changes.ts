import type { Metrics, RoutingDecisions } from "@trivium/model";
import { rideKey } from "../build/baseline.ts";
import type { Baseline, BaselineRow } from "../problem.ts";
import { rounded } from "./costs.ts";

/** Families are told of a time that moves by more than this. */
const TOLD_S = 300;

type Rides = Pick<RoutingDecisions, "assignments">;

/**
 * What a plan changes for the riders of the service before, counted and priced: rides at another stop, stops that open or close in a direction, rides whose time
 * at the stop moves by more than five minutes, rides on another bus. Rides that only one of the two has are no change.
 */
export function changesOf(baseline: Baseline, { assignments }: Rides): Metrics {
  const before = new Map(baseline.rows.map((row) => [rideKey(row.student_id, row.direction), row]));
  const both = assignments.flatMap((row) => {
    const known = before.get(rideKey(row.student_id, row.direction));
    return known ? [{ row, known, at: (row.direction === "AM" ? row.board : row.alight) ?? 0 }] : [];
  });
  const count = {
    student: both.filter(({ row, known }) => row.stop_id !== known.stop_id).length,
    stop: stopsMoved(baseline.rows, assignments),
    time: both.filter(({ at, known }) => Math.abs(at - known.at) > TOLD_S).length,
    bus: both.filter(({ row, known }) => row.bus_id !== known.bus_id).length,
  };
  const usd = (["student", "stop", "time", "bus"] as const).map((what) => baseline.pricesUsd[what] * count[what]);
  return {
    moved_students: count.student,
    moved_stops: count.stop,
    moved_times: count.time,
    moved_buses: count.bus,
    change_usd_per_year: rounded(usd.reduce((sum, each) => sum + each, 0)),
  };
}

function stopsMoved(rows: readonly BaselineRow[], assignments: Rides["assignments"]): number {
  const called = (list: readonly { direction: string; stop_id: string }[]) =>
    new Set(list.map((row) => `${row.direction}\t${row.stop_id}`));
  const [left, right] = [called(rows), called(assignments)];
  return [...left].filter((key) => !right.has(key)).length + [...right].filter((key) => !left.has(key)).length;
}
