import type { Report } from "../../report.ts";
import { rideKey } from "../demand.ts";
import { isSchoolRow, type RoutingReading, type RunReading, type StayRow } from "../reading.ts";

/** Times are whole seconds. */
const ROUNDING_S = 1;

/** A bus cannot be sooner at a place than the drive allows, nor leave before loading is done; waiting is allowed between. */
export function checkTimes(reading: RoutingReading, report: Report): void {
  for (const run of reading.runs.values())
    run.stays.forEach((stay, index) => {
      const where = { run: run.id, stop: stay.stop_id };
      const before = run.stays[index - 1];
      if (before)
        report.check(
          "routing.drive-fits",
          stay.arrive >= before.depart + (stay.leg_s ?? 0),
          () =>
            `run ${run.id}: ${stay.leg_s ?? 0} s of driving do not fit between ${before.stop_id} and ${stay.stop_id}`,
          where,
        );
      const neededS = stayS(reading, run, stay);
      report.check(
        "routing.dwell",
        stay.depart - stay.arrive >= neededS - ROUNDING_S,
        () => `run ${run.id} stays ${stay.depart - stay.arrive} s at ${stay.stop_id}, at least ${neededS} s are needed`,
        where,
      );
    });
}

/** dwell_s + riders × dwell_per_rider_s + wheelchairs × dwell_wheelchair_s; at a school its unloading or loading time. */
function stayS(reading: RoutingReading, run: RunReading, stay: StayRow): number {
  const day = reading.schoolDays.get(stay.stop_id);
  if (day && isSchoolRow(reading, run, stay)) return run.direction === "AM" ? day.unloadS : day.loadS;
  const { policy, demand } = reading;
  const here = run.riders.filter((rider) => rider.stop_id === stay.stop_id);
  const wheelchairs = here.filter((rider) => demand.get(rideKey(rider.student_id, rider.direction))?.wheelchair).length;
  return policy.dwell_s + here.length * policy.dwell_per_rider_s + wheelchairs * policy.dwell_wheelchair_s;
}
