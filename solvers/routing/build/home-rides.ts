import type { RoadNetwork } from "@trivium/model";
import type { Ride, SchoolStop, Unserved } from "../problem.ts";
import type { Eligible } from "./eligibility.ts";
import type { Places } from "./places.ts";
import { rideOf } from "./ride.ts";

const HOME_ROAD_MAX_M = 120;

/** Riders fetched at home: they board at the nearest point, within 120 m, of a road that buses may use and stop on. */
export async function homeRidesOf(
  eligible: readonly Eligible[],
  schools: readonly SchoolStop[],
  roads: RoadNetwork,
  places: Places,
): Promise<{ rides: Ride[]; unserved: Unserved[] }> {
  const riders = eligible.filter((each) => each.atHome);
  const snaps = await roads.nearest(
    riders.map((each) => each.point),
    "board",
    HOME_ROAD_MAX_M,
  );
  const rides: Ride[] = [];
  const unserved: Unserved[] = [];
  riders.forEach((ride, index) => {
    const { studentId, direction } = ride;
    const snap = snaps[index];
    if (!snap) {
      const fix = `no road that buses may stop on within ${HOME_ROAD_MAX_M} m of home: give a pick-up point in riders.csv`;
      unserved.push({ studentId, direction, reason: "no_stop_in_reach", fix });
      return;
    }
    const isSame = riders.some(
      (other) =>
        other.studentId === studentId &&
        other.direction !== direction &&
        other.point.lat === ride.point.lat &&
        other.point.lon === ride.point.lon,
    );
    const id = isSame ? `HOME-${studentId}` : `HOME-${studentId}-${direction}`;
    const place = places.add("home", { id, lat: snap.lat, lon: snap.lon, title: snap.street });
    const school = schools.findIndex((each) => each.id === ride.schoolId);
    rides.push(rideOf(ride, school, place, Math.ceil(snap.distanceM), [], { directS: 0, tripS: 0 }));
  });
  return { rides, unserved };
}
