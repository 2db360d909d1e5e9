import type { LatLon } from "@trivium/model";
import type { Report } from "../../report.ts";
import { isSchoolRow, metresApart, placeOf, type RoutingReading, type StayRow } from "../reading.ts";

const SCHOOL_M = 300;
/** From a listed stop's coordinates to the road point where the bus stands. */
const LISTED_STOP_M = 60;
/** A stated road point lies on the road, but for rounding. */
const ON_ROAD_M = 5;

/**
 * Buses stand on roads: at stops where they may stop, at schools within 300 m of the school; one id is one place.
 * Returns whether every place is on a road, so that drives between them can be made.
 */
export async function checkPlaces(reading: RoutingReading, report: Report): Promise<boolean> {
  const placed = true;
  const places = new Map<string, { at: LatLon; school: boolean }>();
  for (const run of reading.runs.values())
    for (const stay of run.stays) {
      const at = placeOf(stay);
      const where = { run: run.id, stop: stay.stop_id };
      if (
        !report.check(
          "routing.row-has-place",
          at !== null,
          () => `run ${run.id}: ${stay.stop_id} has no lat, lon`,
          where,
        )
      )
        continue;
      const school = isSchoolRow(reading, run, stay);
      const known = places.get(stay.stop_id);
      if (at && known)
        report.check(
          "routing.one-place",
          metresApart(known.at, at) < 1,
          () => `${stay.stop_id} is at two places, ${Math.round(metresApart(known.at, at))} m apart`,
          where,
        );
      else if (at) {
        places.set(stay.stop_id, { at, school });
        checkNear(reading, report, stay, at, school);
      }
    }
  const schools = await checkOnRoad(reading, report, places, true);
  return (await checkOnRoad(reading, report, places, false)) && schools && placed;
}

function checkNear(reading: RoutingReading, report: Report, stay: StayRow, at: LatLon, school: boolean): void {
  const listed = school ? reading.schools.get(stay.stop_id) : reading.stops.get(stay.stop_id);
  if (!listed) return;
  const awayM = metresApart(listed, at);
  report.check(
    "routing.near-listed-place",
    awayM <= (school ? SCHOOL_M : LISTED_STOP_M),
    () => `the bus stands ${Math.round(awayM)} m from ${stay.stop_id} as the district lists it`,
    { stop: stay.stop_id },
  );
}

async function checkOnRoad(
  { roads }: RoutingReading,
  report: Report,
  places: ReadonlyMap<string, { at: LatLon; school: boolean }>,
  school: boolean,
): Promise<boolean> {
  const chosen = [...places].filter(([, place]) => place.school === school);
  const snaps = await roads.nearest(
    chosen.map(([, { at }]) => at),
    school ? "bus" : "board",
    ON_ROAD_M,
  );
  chosen.forEach(([stop], index) => {
    report.check(
      "routing.on-road",
      snaps[index] !== null,
      () => `${stop} is not on a road where a bus may ${school ? "drive" : "stop"}`,
      { stop },
    );
  });
  return snaps.every((snap) => snap !== null);
}
