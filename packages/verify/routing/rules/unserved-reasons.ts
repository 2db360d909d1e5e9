import { type LatLon, type MayCross, parseClock } from "@trivium/model";
import type { Report } from "../../report.ts";
import { type Ride, rideKey } from "../demand.ts";
import { metresApart, type RoutingReading } from "../reading.ts";
import { AT_HOME_M } from "./at-home.ts";
import { mayDrive } from "./drivers.ts";

/** Slack on walks that the plan measured: see `walks.ts`. */
const WALK_SLACK_M = 2;

/** The reason given for each ride not served is true, as far as one ride alone can show it. */
export async function checkUnservedReasons(reading: RoutingReading, report: Report): Promise<void> {
  for (const row of reading.plan.unmet) {
    const ride = reading.demand.get(rideKey(row.student_id, row.direction));
    if (!ride) continue;
    const holds = await reasonHolds(reading, ride, row.reason_code);
    report.check(
      "routing.unserved-reasons",
      holds,
      () => `student ${row.student_id} ${row.direction} is unserved for ${row.reason_code}, which is not so`,
      { student: row.student_id, direction: row.direction, reason: row.reason_code },
    );
  }
}

async function reasonHolds(reading: RoutingReading, ride: Ride, reason: string): Promise<boolean> {
  if (!ride.home) return reason === "no_location";
  switch (reason) {
    case "no_location":
      return false;
    case "no_stop_in_reach":
      return !(await reaches(reading, ride, ride.home, ride.rule?.mayCross ?? "arterial"));
    case "barred_crossing":
      return (
        !ride.atHome &&
        !(await reaches(reading, ride, ride.home, ride.rule?.mayCross ?? "arterial")) &&
        (await reaches(reading, ride, ride.home, "arterial", true))
      );
    case "ride_too_long":
      return directTooLong(reading, ride, ride.home);
    case "no_lift":
      return ride.wheelchair && !anyLift(reading);
    case "no_bus":
      return !idleBus(reading, ride);
    default:
      return true;
  }
}

/** Whether some place to board can be walked to; for those fetched at home, whether a bus may stop beside it. */
async function reaches(
  { roads, stops }: RoutingReading,
  { atHome, rule, student }: Ride,
  home: LatLon,
  mayCross: MayCross,
  anyGrade = false,
): Promise<boolean> {
  if (atHome) return (await roads.nearest([home], "board", AT_HOME_M))[0] !== null;
  const limitM = (rule?.stopWalkMaxM ?? 0) - WALK_SLACK_M;
  const listed = [...stops.values()].filter(
    (stop) =>
      stop.active !== false &&
      (!stop.schools || stop.schools.length === 0 || stop.schools.includes(student.school_id)) &&
      metresApart(stop, home) <= limitM,
  );
  const places = stops.size > 0 ? listed : await roads.stopPlaces([home], limitM);
  if (places.length === 0 || limitM <= 0) return false;
  const options = { limitM, mayCross, ...(anyGrade ? {} : { grade: student.grade }) };
  const walks = await roads.walk(home, places, options);
  const inReach = places.filter((_, index) => walks[index] <= limitM);
  if (inReach.length === 0) return false;
  // A stop on a road that is closed to buses is none: somebody would have to walk on to where a bus may stand.
  const stands = (await roads.nearest(inReach, "board", STANDS_M)).filter((snap) => snap !== null);
  if (stands.length === 0) return false;
  return (await roads.walk(home, stands, options)).some((walkM) => walkM <= limitM);
}

/** Farther from a stop a bus does not stand. */
const STANDS_M = 60;

/** Dwells and the way round by a stop, on top of the direct drive from home. */
const STOPS_AND_DETOUR_S = 300;

/** In the slowest time band the ride is too long even alone on a bus, or so nearly that stops and a detour make it so. */
async function directTooLong({ roads, schools }: RoutingReading, ride: Ride, home: LatLon): Promise<boolean> {
  const school = schools.get(ride.student.school_id);
  if (!school) return true;
  const [from, to] = ride.direction === "AM" ? [home, school] : [school, home];
  const direct = await Promise.all(
    roads.identity.bands.map((band) => roads.matrix([from], [to], parseClock(band) ?? 0)),
  );
  const slowestS = Math.max(...direct.map(({ durationsS }) => durationsS[0]));
  return !(slowestS + STOPS_AND_DETOUR_S <= ride.rideMaxS);
}

const anyLift = ({ buses, types }: RoutingReading): boolean =>
  [...buses.values()].some((bus) => {
    const type = types.get(bus.bus_type_id);
    return type?.lift === true && (type.wheelchair_positions ?? 0) > 0;
  });

/** A bus that could take the ride all day and stands in its depot. */
function idleBus({ buses, types, pieces, dataset }: RoutingReading, ride: Ride): boolean {
  const out = new Set(pieces.map((piece) => piece.busId));
  const { drivers } = dataset.tables;
  const working = new Set(pieces.flatMap((piece) => piece.steps.flatMap(({ row }) => row.driver_id ?? [])));
  const hasDriver = (depot: string) =>
    drivers.length === 0 ||
    drivers.some((driver) => !working.has(driver.driver_id) && mayDrive(driver, depot, ride.direction));
  return [...buses.values()].some((bus) => {
    const type = types.get(bus.bus_type_id);
    const suits = ride.wheelchair
      ? type?.lift === true && (type.wheelchair_positions ?? 0) > 0
      : (type?.benches ?? 0) >= 1;
    return (
      suits &&
      !out.has(bus.bus_id) &&
      hasDriver(bus.depot_id) &&
      bus.available_from === undefined &&
      bus.available_to === undefined
    );
  });
}
