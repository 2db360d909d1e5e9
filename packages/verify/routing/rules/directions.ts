import type { Report } from "../../report.ts";
import type { RoutingReading } from "../reading.ts";

/** Each turn's way is told in whole metres. */
const LEG_TOLERANCE = { absolute: 25, relative: 0.01 };

/** Turn by turn: each belongs to a run or to an empty drive, has a leg for each drive, and goes as far as the plan says. */
export function checkDirections(reading: RoutingReading, report: Report): void {
  const { directions, routes } = reading.plan.decisions;
  if (!directions) return;
  const seen = new Set<string>();
  for (const { run_id, bus_id, seq, legs } of directions) {
    const name = run_id === undefined ? `the empty drive ${seq} of ${bus_id}` : `run ${run_id}`;
    const due =
      run_id === undefined
        ? routes.filter((row) => row.bus_id === bus_id && row.seq === seq).map((row) => row.deadhead_m)
        : reading.runs
            .get(run_id)
            ?.stays.slice(1)
            .map((stay) => stay.leg_m);
    const belongs = report.check(
      "routing.directions-of-a-drive",
      due !== undefined && due.length > 0 && due.length === legs.length && !seen.has(name),
      () => `${name} has ${legs.length} legs of directions, ${due?.length ?? 0} are driven`,
    );
    seen.add(name);
    if (!belongs || !due) continue;
    legs.forEach((leg, index) => {
      // Where bus and stop are one place there is nothing to say.
      if (leg.length === 0 && (due[index] ?? 0) === 0) return;
      const metres = leg.reduce((sum, [, distanceM]) => sum + distanceM, 0);
      report.agree(
        "routing.directions-length",
        due[index],
        metres,
        LEG_TOLERANCE,
        `leg ${index + 1} of ${name}, turn by turn,`,
      );
    });
  }
}
