import type { Report } from "../../report.ts";
import { rideKey } from "../demand.ts";
import type { RoutingReading } from "../reading.ts";

/** Where the district lists its stops: boarding only at active ones that serve the school, no more riders a direction than `riders_max`. */
export function checkStopUse(reading: RoutingReading, report: Report): void {
  if (!reading.dataset.present.has("stops") && reading.stops.size === 0) return;
  const counts = new Map<string, number>();
  for (const row of reading.plan.decisions.assignments) {
    const ride = reading.demand.get(rideKey(row.student_id, row.direction));
    if (!ride || ride.atHome) continue;
    const stop = reading.stops.get(row.stop_id);
    const where = { student: row.student_id, stop: row.stop_id };
    report.check(
      "routing.listed-stops",
      stop !== undefined && stop.active !== false,
      () => `student ${row.student_id} boards at ${row.stop_id}, which is no active stop`,
      where,
    );
    if (stop?.schools && stop.schools.length > 0)
      report.check(
        "routing.stop-schools",
        stop.schools.includes(ride.student.school_id),
        () => `stop ${row.stop_id} does not serve school ${ride.student.school_id}`,
        where,
      );
    const key = `${row.stop_id} ${row.direction}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const { stop_id, riders_max } of reading.stops.values()) {
    if (riders_max === undefined) continue;
    for (const direction of ["AM", "PM"]) {
      const count = counts.get(`${stop_id} ${direction}`) ?? 0;
      report.check(
        "routing.stop-riders",
        count <= riders_max,
        () => `${count} riders use stop ${stop_id} ${direction}, at most ${riders_max} may`,
        { stop: stop_id, direction },
      );
    }
  }
}
