import { InputError, type RoutingDecisions } from "@trivium/model";
import { rideKey } from "../build/baseline.ts";
import { LOCK } from "../halfday/half-day.ts";
import type { RoutingProblem } from "../problem.ts";

/**
 * Locks that the district's changes leave no room for: the bus is gone, the stop is out of reach, the run no longer fits.
 * @throws InputError lock-cannot-hold with the rides that would have to change
 */
export function refuseBrokenLocks(problem: RoutingProblem, { assignments }: RoutingDecisions): void {
  if (!problem.baseline) return;
  const planned = new Map(assignments.map((row) => [rideKey(row.student_id, row.direction), row]));
  const broken = problem.rides.filter(({ studentId, direction, before }) => {
    if (!before?.stopLocked) return false;
    const row = planned.get(rideKey(studentId, direction));
    const isMoved = row?.run_id !== before.runId || row.bus_id !== before.busId;
    return row?.stop_id !== before.stopId || (before.lock !== LOCK.none && isMoved);
  });
  if (broken.length === 0) return;
  const [{ studentId, direction, before }] = broken;
  throw new InputError(
    "lock-cannot-hold",
    `${broken.length} locked ride(s) cannot stay as before, first ${studentId} ${direction} at ${before?.stopId} on ${before?.runId} of ${before?.busId}. Maybe its bus or stop is gone, or the run no longer fits: unlock it.`,
    { path: "locks", values: { rides: broken.slice(0, 100).map((ride) => `${ride.studentId} ${ride.direction}`) } },
  );
}
