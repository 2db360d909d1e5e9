import type { LatLon } from "@trivium/model";
import type { Report } from "../../report.ts";
import { type Ride, rideKey } from "../demand.ts";
import { placeOf, type RiderRow, type RoutingReading, type RunReading } from "../reading.ts";

/** Metres that a walk may differ from the road engine's own: rounding up, and the rounding of coordinates. */
const TOLERANCE = { absolute: 2, relative: 0.01 };

/** Everyone else walks to a stop within the grade's limit, over walkable ways, crossing nothing that the grade may not; `walk_m` says how far. */
export async function checkWalks(reading: RoutingReading, report: Report): Promise<void> {
  for (const run of reading.runs.values())
    for (const rider of run.riders) {
      const ride = reading.demand.get(rideKey(rider.student_id, rider.direction));
      const stay = run.stays.find((each) => each.stop_id === rider.stop_id);
      const place = stay && placeOf(stay);
      if (!ride || ride.atHome || !ride.home || !ride.rule || !place) continue;
      await checkWalk(reading, report, run, rider, ride, ride.home, place);
    }
}

async function checkWalk(
  { roads }: RoutingReading,
  report: Report,
  run: RunReading,
  rider: RiderRow,
  ride: Ride,
  home: LatLon,
  stop: LatLon,
): Promise<void> {
  const where = { student: rider.student_id, run: run.id, stop: rider.stop_id };
  const limitM = ride.rule?.stopWalkMaxM ?? 0;
  const options = {
    limitM: limitM + TOLERANCE.absolute,
    mayCross: ride.rule?.mayCross ?? "arterial",
    grade: ride.student.grade,
  };
  const [walkM] = await roads.walk(home, [stop], options);
  const within = report.check(
    "routing.walk-limit",
    walkM <= limitM + TOLERANCE.absolute,
    () =>
      `student ${rider.student_id} cannot walk to stop ${rider.stop_id} within ${limitM} m by ways that grade ${ride.student.grade} may take`,
    where,
  );
  if (within)
    report.agree(
      "routing.walk-metres",
      rider.walk_m,
      Math.ceil(walkM),
      TOLERANCE,
      `walk_m of student ${rider.student_id}`,
      where,
    );
}
