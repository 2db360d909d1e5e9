import { formatClock } from "@trivium/model";
import type { Report } from "../../report.ts";
import { type Ride, rideKey } from "../demand.ts";
import type { DirectDrives } from "../direct.ts";
import { closest, LEG_TOLERANCE, madeByOther } from "../kerbs.ts";
import type { RiderRow, RoutingReading, RunReading, StayRow } from "../reading.ts";

/** Everyone boards at a stop of the run and rides to (from) the own school, within every limit; the row in `assignments.csv` says so. */
export function checkRides(reading: RoutingReading, direct: DirectDrives, report: Report): void {
  for (const run of reading.runs.values())
    for (const rider of run.riders) {
      const ride = reading.demand.get(rideKey(rider.student_id, rider.direction));
      const where = { student: rider.student_id, run: run.id };
      report.agree(
        "routing.same-direction",
        rider.direction,
        run.direction,
        {},
        `the direction of run ${run.id}`,
        where,
      );
      report.agree("routing.same-bus", rider.bus_id, run.row.bus_id, {}, `the bus of run ${run.id}`, where);
      const stop = run.stays.find((stay) => stay.stop_id === rider.stop_id);
      const school = run.stays.find((stay) => stay.stop_id === ride?.student.school_id);
      const called = report.check(
        "routing.calls-at-both",
        !ride || (stop !== undefined && school !== undefined && stop !== school),
        () => `run ${run.id} does not call at both ${rider.stop_id} and the school of student ${rider.student_id}`,
        where,
      );
      if (called && ride && stop && school) checkRide(reading, direct, report, run, rider, ride, stop, school);
    }
}

function checkRide(
  reading: RoutingReading,
  direct: DirectDrives,
  report: Report,
  run: RunReading,
  rider: RiderRow,
  ride: Ride,
  stop: StayRow,
  school: StayRow,
): void {
  const where = { student: rider.student_id, run: run.id };
  const [board, alight] = run.direction === "AM" ? [stop.depart, school.arrive] : [school.depart, stop.arrive];
  const rideS = alight - board;
  const clock = (name: "board" | "alight", actual: number) =>
    report.agree(
      "routing.ride-times",
      rider[name],
      actual,
      { relative: 0 },
      `${name} of student ${rider.student_id} (${formatClock(actual)})`,
      where,
    );
  clock("board", board);
  clock("alight", alight);
  report.agree(
    "routing.ride-minutes",
    rider.ride_min,
    rideS / 60,
    { absolute: 0.051, relative: 0 },
    `ride_min of student ${rider.student_id}`,
    where,
  );
  report.check("routing.ride-forward", rideS >= 0, () => `student ${rider.student_id} alights before boarding`, where);
  const directS = direct(run.direction, school.stop_id, stop.stop_id, board);
  // A plan may time the direct drive by a departure in a neighbouring band; the one nearest to what it says counts.
  const nearest = closest(directS, (rider.direct_min ?? Number.NaN) * 60);
  const agrees = report.agree(
    "routing.direct-minutes",
    rider.direct_min,
    nearest / 60,
    { absolute: 0.1, relative: LEG_TOLERANCE.relative },
    `direct_min of student ${rider.student_id}`,
    where,
  );
  // The other engine set its limit by its own direct drive.
  const limitingS = agrees && madeByOther(reading) ? Math.max(nearest, (rider.direct_min ?? 0) * 60) : nearest;
  const relative = reading.policy.ride_vs_direct_max;
  const limitS = Math.min(
    ride.rideMaxS,
    relative === undefined ? Infinity : relative * limitingS + LEG_TOLERANCE.absolute,
  );
  report.check(
    "routing.ride-limit",
    rideS <= limitS,
    () =>
      `student ${rider.student_id} rides ${(rideS / 60).toFixed(1)} min, at most ${(limitS / 60).toFixed(1)} are allowed`,
    where,
  );
}
