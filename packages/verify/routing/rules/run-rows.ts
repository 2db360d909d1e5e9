import { METRES_PER_MILE } from "@trivium/model";
import type { Report } from "../../report.ts";
import { isSchoolRow, type RoutingReading, type RunReading } from "../reading.ts";

/** Each run has the shape of a run, and its row in `runs.csv` sums up its rows in `run_stops.csv`. */
export function checkRunRows(reading: RoutingReading, report: Report): void {
  for (const run of reading.runs.values()) {
    const where = { run: run.id };
    const shaped = report.check(
      "routing.run-has-rows",
      run.stays.length >= 2 && run.riders.length > 0,
      () =>
        `run ${run.id} has ${run.stays.length} row(s) and ${run.riders.length} rider(s): a run carries someone between a stop and a school`,
      where,
    );
    if (!shaped) continue;
    checkShape(reading, run, report);
    checkSums(run, report);
  }
}

/** A stop or school occurs once; AM ends, PM begins at a school; `school_ids` are the schools in order of visit. */
function checkShape(reading: RoutingReading, run: RunReading, report: Report): void {
  const where = { run: run.id };
  const ids = run.stays.map((stay) => stay.stop_id);
  report.check(
    "routing.places-once",
    new Set(ids).size === ids.length,
    () => `run ${run.id} calls at a place twice`,
    where,
  );
  const end = run.direction === "AM" ? run.stays[run.stays.length - 1] : run.stays[0];
  report.check(
    "routing.ends-at-school",
    isSchoolRow(reading, run, end),
    () =>
      `run ${run.id} (${run.direction}) ${run.direction === "AM" ? "ends" : "begins"} at ${end.stop_id}, not at one of its schools`,
    where,
  );
  const visited = run.stays.filter((stay) => reading.schools.has(stay.stop_id)).map((stay) => stay.stop_id);
  report.agree(
    "routing.school-order",
    run.row.school_ids.join("|"),
    visited.join("|"),
    {},
    `school_ids of run ${run.id}`,
    where,
  );
}

function checkSums({ id, row, stays }: RunReading, report: Report): void {
  const where = { run: id };
  const distanceM = stays.reduce((sum, stay) => sum + (stay.leg_m ?? 0), 0);
  const [depart, arrive] = [stays[0].depart, stays[stays.length - 1].arrive];
  const sum = (name: string, claimed: number | undefined, actual: number, absolute: number) =>
    report.agree("routing.run-sums", claimed, actual, { absolute, relative: 0 }, `${name} of run ${id}`, where);
  sum("depart", row.depart, depart, 0);
  sum("arrive", row.arrive, arrive, 0);
  sum("riders_max", row.riders_max, Math.max(...stays.map((stay) => stay.load ?? 0)), 0);
  sum("distance_m", row.distance_m, distanceM, 0);
  sum("miles", row.miles, distanceM / METRES_PER_MILE, 0.0051);
  sum("minutes", row.minutes, (arrive - depart) / 60, 0.051);
}
