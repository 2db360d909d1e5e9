import { formatClock } from "@trivium/model";
import type { Report } from "../../report.ts";
import { isSchoolRow, type RoutingReading } from "../reading.ts";

/** No one's school day is shortened: AM unloading ends inside the arrival window; PM loading starts at the bell or later and the bus leaves in time. */
export function checkSchoolWindows(reading: RoutingReading, report: Report): void {
  for (const run of reading.runs.values())
    for (const stay of run.stays) {
      if (!isSchoolRow(reading, run, stay)) continue;
      const day = reading.schoolDays.get(stay.stop_id);
      const where = { run: run.id, school: stay.stop_id };
      if (
        !report.check("routing.school-has-bells", day !== undefined, () => `school ${stay.stop_id} has no bells`, where)
      )
        continue;
      if (!day) continue;
      const at = formatClock(stay.depart);
      if (run.direction === "AM") {
        const [from, to] = [day.bellStartS - day.arriveEarliestS, day.bellStartS - day.arriveLatestS];
        report.check(
          "routing.arrival-window",
          stay.depart >= from && stay.depart <= to,
          () =>
            `run ${run.id} has unloaded at ${stay.stop_id} at ${at}, not between ${formatClock(from)} and ${formatClock(to)}`,
          where,
        );
      } else {
        report.check(
          "routing.loads-after-bell",
          stay.depart - day.loadS >= day.bellEndS,
          () =>
            `run ${run.id} loads at ${stay.stop_id} before the bell at ${formatClock(day.bellEndS)}: it leaves at ${at}`,
          where,
        );
        report.check(
          "routing.leaves-in-time",
          stay.depart <= day.bellEndS + day.departLatestS,
          () =>
            `run ${run.id} leaves ${stay.stop_id} at ${at}, later than ${formatClock(day.bellEndS + day.departLatestS)}`,
          where,
        );
      }
    }
}
