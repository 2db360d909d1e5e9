import type { Report } from "../../report.ts";
import { type RideBefore, ridesBefore, wantsLittleChange } from "../changes.ts";
import { rideKey } from "../demand.ts";
import { isSchoolRow, type RiderRow, type RoutingReading } from "../reading.ts";

/**
 * Locks, for whoever still rides: a student keeps stop, run and bus; everyone of a stop keeps it; a run keeps its riders, the order of its stops and its bus,
 * and nobody joins it; a bus keeps all its runs so, and gets no other.
 */
export function checkLocks(reading: RoutingReading, report: Report): void {
  const { dataset, plan } = reading;
  const { locks } = dataset.settings.routing;
  if (!locks || !wantsLittleChange(dataset)) return;
  const before = ridesBefore(dataset);
  const buses = new Set(locks.buses);
  const runs = new Set(locks.runs);
  for (const ride of before.values()) if (buses.has(ride.busId ?? "")) runs.add(ride.runId);
  const students = new Set(locks.students);
  const stops = new Set(locks.stops);
  for (const row of plan.decisions.assignments) {
    const ride = before.get(rideKey(row.student_id, row.direction));
    if (ride && stops.has(ride.stopId)) lockedStop(row, ride, report);
    if (ride && students.has(row.student_id)) lockedRide("routing.locked-student", row, ride, report);
    if (ride && runs.has(ride.runId)) lockedRide("routing.locked-run", row, ride, report);
    report.check(
      "routing.locked-run",
      !runs.has(row.run_id) || ride?.runId === row.run_id,
      () => `${row.student_id} joins run ${row.run_id}, which is locked`,
      { student: row.student_id, run: row.run_id },
    );
  }
  for (const run of runs) lockedOrder(reading, run, before, report);
  for (const { row } of reading.runs.values())
    report.check(
      "routing.locked-bus",
      !buses.has(row.bus_id ?? "") || runs.has(row.run_id),
      () => `run ${row.run_id} is given to bus ${row.bus_id}, which is locked`,
      { bus: row.bus_id ?? "", run: row.run_id },
    );
}

function lockedStop(row: RiderRow, ride: RideBefore, report: Report): void {
  report.check(
    "routing.locked-stop",
    row.stop_id === ride.stopId,
    () => `${row.student_id} had the locked stop ${ride.stopId} and has ${row.stop_id}`,
    { student: row.student_id, direction: row.direction },
  );
}

function lockedRide(rule: string, row: RiderRow, ride: RideBefore, report: Report): void {
  report.check(
    rule,
    row.stop_id === ride.stopId && row.run_id === ride.runId && row.bus_id === ride.busId,
    () =>
      `${row.student_id} ${row.direction} was at ${ride.stopId} on ${ride.runId} of ${ride.busId} and is locked there, ` +
      `but is at ${row.stop_id} on ${row.run_id} of ${row.bus_id}`,
    { student: row.student_id, direction: row.direction },
  );
}

/** Stops that are still called at come in the order they had. */
function lockedOrder(
  reading: RoutingReading,
  id: string,
  before: ReadonlyMap<string, RideBefore>,
  report: Report,
): void {
  const run = reading.runs.get(id);
  if (!run) return;
  const times = new Map<string, number>();
  for (const ride of before.values()) if (ride.runId === id) times.set(ride.stopId, ride.atS);
  const order = run.stays.filter((stay) => !isSchoolRow(reading, run, stay)).map((stay) => times.get(stay.stop_id));
  report.check(
    "routing.locked-run",
    order.every((at, index) => at !== undefined && (index === 0 || at >= (order[index - 1] ?? at))),
    () => `the stops of run ${id}, which is locked, come in another order`,
    { run: id },
  );
}
