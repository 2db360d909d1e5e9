import { type Dataset, InputError, type RoutingDecisions, type TransportationSettings } from "@trivium/model";
import { LOCK } from "../halfday/half-day.ts";
import type { Baseline, BaselineRow, RideBefore } from "../problem.ts";

/** Student and direction: names a ride. */
export const rideKey = (studentId: string, direction: string): string => `${studentId}\t${direction}`;

/**
 * The service that is to change little: today's, for which a published plan may stand. Null where no change has a price and nothing is locked.
 * @throws InputError no-baseline, unknown-lock
 */
export function baselineOf(dataset: Dataset): Baseline | null {
  const given = dataset.settings.routing;
  const pricesUsd = pricesOf(given);
  const locks = {
    students: new Set(given.locks?.students),
    stops: new Set(given.locks?.stops),
    runs: new Set(given.locks?.runs),
    buses: new Set(given.locks?.buses),
  };
  const isLocked = Object.values(locks).some((ids) => ids.size > 0);
  if (Object.values(pricesUsd).every((price) => price === 0) && !isLocked) return null;
  const { today_assignments: assignments, today_run_stops: run_stops } = dataset.tables;
  if (assignments.length === 0)
    throw new InputError(
      "no-baseline",
      "changes have prices, or parts are locked, but there is no service before. Maybe add today_assignments.csv and today_run_stops.csv, or name a published plan as the baseline.",
      { path: "transportation/settings.json" },
    );
  const rows = rowsOf({ assignments, run_stops });
  refuseUnknown(locks, rows);
  return { rows, pricesUsd, locks };
}

function pricesOf(given: TransportationSettings): Baseline["pricesUsd"] {
  return {
    student: given.price_moved_student ?? 0,
    stop: given.price_moved_stop ?? 0,
    time: given.price_moved_time ?? 0,
    bus: given.price_moved_bus ?? 0,
  };
}

/** A row a ride; times that today's assignments leave out are those of the run's rows. Rides without any time are left out. */
function rowsOf({ assignments, run_stops }: Pick<RoutingDecisions, "assignments" | "run_stops">): BaselineRow[] {
  const stays = new Map(run_stops.map((row) => [`${row.run_id}\t${row.stop_id}`, row]));
  const byRun = Map.groupBy(run_stops, (row) => row.run_id);
  const ends = new Map(
    [...byRun].map(([run, rows]) => {
      const sorted = rows.toSorted((a, b) => a.seq - b.seq);
      return [run, { first: sorted[0], last: sorted[sorted.length - 1] }];
    }),
  );
  return assignments.flatMap((row): BaselineRow[] => {
    const isAm = row.direction === "AM";
    const stay = stays.get(`${row.run_id}\t${row.stop_id}`);
    const end = ends.get(row.run_id);
    const at = isAm ? (row.board ?? stay?.depart) : (row.alight ?? stay?.arrive);
    const at_school = isAm ? (row.alight ?? end?.last.arrive) : (row.board ?? end?.first.depart);
    if (at === undefined || at_school === undefined) return [];
    const { student_id, direction, stop_id, run_id, bus_id } = row;
    return [{ student_id, direction, stop_id, run_id, ...(bus_id === undefined ? {} : { bus_id }), at, at_school }];
  });
}

function refuseUnknown(locks: Baseline["locks"], rows: readonly BaselineRow[]): void {
  const known = {
    students: new Set(rows.map((row) => row.student_id)),
    stops: new Set(rows.map((row) => row.stop_id)),
    runs: new Set(rows.map((row) => row.run_id)),
    buses: new Set(rows.map((row) => row.bus_id)),
  };
  const unknown = (["students", "stops", "runs", "buses"] as const).flatMap((kind) =>
    [...locks[kind]].filter((id) => !known[kind].has(id)).map((id) => `${kind}: ${id}`),
  );
  if (unknown.length > 0)
    throw new InputError("unknown-lock", `the service before has none of these locks: ${unknown.join(", ")}.`, {
      path: "transportation/settings.json",
      values: { unknown },
    });
}

/** What each ride was before, by `rideKey`. */
export function ridesBefore(baseline: Baseline | null): Map<string, RideBefore> {
  return new Map(
    (baseline?.rows ?? []).map((row) => [
      rideKey(row.student_id, row.direction),
      {
        stopId: row.stop_id,
        runId: row.run_id,
        busId: row.bus_id ?? "",
        rideS: row.direction === "AM" ? row.at_school - row.at : row.at - row.at_school,
        schoolS: row.at_school,
        lock: baseline ? lockOf(baseline, row) : LOCK.none,
        stopLocked: baseline ? lockOf(baseline, row) !== LOCK.none || baseline.locks.stops.has(row.stop_id) : false,
      },
    ]),
  );
}

function lockOf({ locks }: Baseline, row: BaselineRow): number {
  if (locks.buses.has(row.bus_id ?? "")) return LOCK.piece;
  if (locks.runs.has(row.run_id)) return LOCK.run;
  return locks.students.has(row.student_id) ? LOCK.visit : LOCK.none;
}
