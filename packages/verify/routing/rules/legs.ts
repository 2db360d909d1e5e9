import { type LatLon, parseClock } from "@trivium/model";
import type { Report } from "../../report.ts";
import { drivesBetween, judgedLeg } from "../kerbs.ts";
import { placeOf, type RoutingReading, type RunReading, type StayRow } from "../reading.ts";

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
  reading: RoutingReading,
  report: Report,
  run: RunReading,
  stays: readonly StayRow[],
): Promise<void> {
  const points = stays.flatMap((stay): LatLon[] => (placeOf(stay) ? [{ lat: stay.lat ?? 0, lon: stay.lon ?? 0 }] : []));
  if (points.length < stays.length) return;
  const { roads } = reading;
  const departS = stays[0].depart;
  const drives = (sources: readonly LatLon[], targets: readonly LatLon[]) =>
    drivesBetween(roads, sources, targets, departS);
  const { legs } = await roads.drive(points, departS);
  for (const [index, driven] of legs.entries()) {
    const stay = stays[index + 1];
    const where = { run: run.id, stop: stay.stop_id };
    const what = `of the leg to ${stay.stop_id} in run ${run.id}`;
    const claimed = { seconds: stay.leg_s ?? 0, metres: stay.leg_m ?? 0 };
    const judged = await judgedLeg(reading, [points[index], points[index + 1]], claimed, driven, drives);
    report.agree("routing.leg-seconds", stay.leg_s, judged.durationS, judged.seconds, `leg_s ${what}`, where);
    report.agree("routing.leg-metres", stay.leg_m, judged.distanceM, judged.metres, `leg_m ${what}`, where);
  }
}
