import { type LatLon, parseClock } from "@trivium/model";
import type { Report } from "../../report.ts";
import { placeOf, type RoutingReading, type RunReading, type StayRow } from "../reading.ts";

/** How far a plan's seconds may lie from the road engine's: whole seconds, and 1 % between two engines on one map. */
export const LEG_TOLERANCE = { absolute: 2, relative: 0.01 } as const;
/** The same for metres. */
export const METRES_TOLERANCE = { absolute: 5, relative: 0.01 } as const;

/** Every leg of every run, driven again on the roads at the time at which the bus sets off. */
export async function checkLegs(reading: RoutingReading, report: Report): Promise<void> {
  const starts = reading.roads.identity.bands.map((band) => parseClock(band) ?? 0);
  const bandAt = (departS: number) => starts.findLastIndex((start) => start <= departS);
  for (const run of reading.runs.values()) {
    const [first] = run.stays;
    if (first)
      report.check(
        "routing.first-leg",
        (first.leg_m ?? 0) === 0 && (first.leg_s ?? 0) === 0,
        () => `run ${run.id} begins with a leg: that drive is a deadhead`,
        { run: run.id },
      );
    for (let from = 0; from < run.stays.length - 1; ) {
      const band = bandAt(run.stays[from].depart);
      let to = from + 1;
      while (to < run.stays.length - 1 && bandAt(run.stays[to].depart) === band) to++;
      await checkStretch(reading, report, run, run.stays.slice(from, to + 1));
      from = to;
    }
  }
}

/** Rows whose legs all set off in one time band. */
async function checkStretch(
  { roads }: RoutingReading,
  report: Report,
  run: RunReading,
  stays: readonly StayRow[],
): Promise<void> {
  const points = stays.flatMap((stay): LatLon[] => (placeOf(stay) ? [{ lat: stay.lat ?? 0, lon: stay.lon ?? 0 }] : []));
  if (points.length < stays.length) return;
  const { legs } = await roads.drive(points, stays[0].depart);
  legs.forEach(({ distanceM, durationS }, index) => {
    const stay = stays[index + 1];
    const where = { run: run.id, stop: stay.stop_id };
    const what = `of the leg to ${stay.stop_id} in run ${run.id}`;
    report.agree("routing.leg-seconds", stay.leg_s, durationS, LEG_TOLERANCE, `leg_s ${what}`, where);
    report.agree("routing.leg-metres", stay.leg_m, distanceM, METRES_TOLERANCE, `leg_m ${what}`, where);
  });
}
