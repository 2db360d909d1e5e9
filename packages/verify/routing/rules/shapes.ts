import type { Report } from "../../report.ts";
import { metresApart, placeOf, type RoutingReading } from "../reading.ts";

/** A line is as long as the run that it draws, but for rounding of its coordinates. */
const LENGTH_TOLERANCE = { absolute: 50, relative: 0.03 };
const NEAR_M = 30;

/** Drawn lines belong to runs, pass all their places in order, and are as long as the run says. */
export function checkShapes(reading: RoutingReading, report: Report): void {
  const { shapes } = reading.plan.decisions;
  if (!shapes) return;
  const drawn = new Set<string>();
  for (const { run_id, coordinates } of shapes) {
    const where = { run: run_id };
    const run = reading.runs.get(run_id);
    const own = report.check(
      "routing.shape-of-a-run",
      run !== undefined && !drawn.has(run_id),
      () => `a shape is drawn for ${run_id}, which is no run or has one already`,
      where,
    );
    drawn.add(run_id);
    if (!own || !run) continue;
    const line = coordinates.map(([lon, lat]) => ({ lat, lon }));
    const lengthM = line.slice(1).reduce((sum, to, index) => sum + metresApart(line[index], to), 0);
    report.agree(
      "routing.shape-length",
      run.row.distance_m,
      lengthM,
      LENGTH_TOLERANCE,
      `the drawn length of run ${run_id}`,
      where,
    );
    let from = 0;
    for (const stay of run.stays) {
      const place = placeOf(stay);
      if (!place) continue;
      const found = line.findIndex((point, index) => index >= from && metresApart(point, place) <= NEAR_M);
      report.check(
        "routing.shape-passes-stops",
        found >= 0,
        () => `the line of run ${run_id} does not pass ${stay.stop_id} in its order`,
        where,
      );
      if (found >= 0) from = found;
    }
  }
}
