import type { Report } from "../../report.ts";
import { rideKey } from "../demand.ts";
import { metresApart, placeOf, type RoutingReading } from "../reading.ts";

/** A road that buses may use and stop on counts as beside the home within this distance. */
export const AT_HOME_M = 120;
/** Rounding of coordinates and of the point on the road. */
const SLACK_M = 5;

/** Wheelchair and curbside riders board at the road point nearest to home. */
export async function checkAtHome(reading: RoutingReading, report: Report): Promise<void> {
  for (const run of reading.runs.values())
    for (const rider of run.riders) {
      const ride = reading.demand.get(rideKey(rider.student_id, rider.direction));
      const stay = run.stays.find((each) => each.stop_id === rider.stop_id);
      const place = stay && placeOf(stay);
      if (!ride?.atHome || !ride.home || !place) continue;
      const [snap] = await reading.roads.nearest([ride.home], "board", AT_HOME_M);
      const awayM = metresApart(ride.home, place);
      report.check(
        "routing.at-home",
        snap !== null && awayM <= snap.distanceM + SLACK_M,
        () =>
          `student ${rider.student_id} is fetched at home, but boards ${Math.round(awayM)} m away; ` +
          `the nearest road point is ${snap ? `${Math.round(snap.distanceM)} m away` : `beyond ${AT_HOME_M} m`}`,
        { student: rider.student_id, run: run.id, stop: rider.stop_id },
      );
    }
}
