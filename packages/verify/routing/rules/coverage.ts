import type { Report } from "../../report.ts";
import { rideKey } from "../demand.ts";
import type { RoutingReading } from "../reading.ts";

/** The coverage proof: each ride of the demand is on one run or on the list of unserved, never on both; nobody else rides. */
export function checkCoverage(reading: RoutingReading, report: Report): void {
  const { demand, plan } = reading;
  const aboard = new Set(plan.decisions.assignments.map((row) => rideKey(row.student_id, row.direction)));
  const unserved = new Set(plan.unmet.map((row) => rideKey(row.student_id, row.direction)));
  for (const [key, ride] of demand) {
    const where = { student: ride.student.student_id, direction: ride.direction };
    report.check(
      "routing.everyone-covered",
      aboard.has(key) || unserved.has(key),
      () => `student ${key} rides, but is neither on a run nor listed as unserved`,
      where,
    );
    report.check(
      "routing.served-or-unserved",
      !(aboard.has(key) && unserved.has(key)),
      () => `student ${key} is on a run and listed as unserved`,
      where,
    );
  }
  for (const row of [...plan.decisions.assignments, ...plan.unmet])
    report.check(
      "routing.only-riders",
      demand.has(rideKey(row.student_id, row.direction)),
      () => `student ${row.student_id} does not ride ${row.direction}`,
      { student: row.student_id, direction: row.direction },
    );
}
