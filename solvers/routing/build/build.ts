import type { BuildResources, SolveOptions } from "@trivium/engine";
import { type Dataset, GRADES, InputError } from "@trivium/model";
import type { Direction, LeastDrive, Ride, RoutingProblem, RoutingSettings, SchoolStop } from "../problem.ts";
import { type Bands, bandsOf } from "./bands.ts";
import { baselineOf, rideKey, ridesBefore } from "./baseline.ts";
import { drivesOf } from "./drives.ts";
import { eligibilityOf, gradeRule } from "./eligibility.ts";
import { fleetOf } from "./fleet.ts";
import { homeRidesOf } from "./home-rides.ts";
import { mixesOf } from "./mixes.ts";
import { Places } from "./places.ts";
import { schoolsOf } from "./schools.ts";
import { settingsOf } from "./settings.ts";
import { stopRides } from "./stop-rides.ts";
import { todayOf } from "./today.ts";
import { visitsOf } from "./visits.ts";

/**
 * Dataset and roads → routing problem: who rides, where they board, how long every drive takes.
 * @throws InputError no-roads, empty-table, and those of its parts
 */
export async function build(
  dataset: Dataset,
  options: SolveOptions,
  { roads }: BuildResources,
): Promise<RoutingProblem> {
  if (!roads)
    throw new InputError(
      "no-roads",
      "routing needs roads. Maybe roads/map.osm.pbf is absent and no --roads was given.",
    );
  requireTables(dataset);
  const settings = settingsOf(dataset, options);
  const baseline = baselineOf(dataset);
  const before = ridesBefore(baseline);
  const places = new Places();
  const schools = await schoolsOf(dataset, roads, places);
  const { eligible, unserved } = await eligibilityOf(dataset, roads, settings.expectedLoad);
  const bands = bandsOf(roads.identity, schools);
  const fleet = fleetOf(dataset, (depot) => places.add("depot", depot));
  const atHome = await homeRidesOf(eligible, schools, roads, places);
  const kept = baseline && { baseline, before };
  const atStops = await stopRides(dataset, eligible, schools, bands, roads, places, settings, kept);
  unserved.push(...atHome.unserved, ...atStops.unserved);
  const drives = await drivesOf(places.list, bands, roads);
  const gradeShares = gradeSharesOf(dataset);
  const largest = Math.max(0, ...fleet.kinds.map((kind) => kind.benches));
  const rides: Ride[] = [];
  const homeLeast = (ride: Ride) => leastAtHome(ride, schools, drives, places.list.length, bands);
  for (const ride of [...atHome.rides.map((each) => ({ ...each, least: homeLeast(each) })), ...atStops.rides]) {
    const direct = directS(ride, schools, drives.slowestS[ride.direction], places.list.length);
    const known = before.get(rideKey(ride.studentId, ride.direction));
    if (direct >= 0 && direct <= ride.rideMaxS) rides.push(known ? { ...ride, before: known } : ride);
    else
      unserved.push({
        studentId: ride.studentId,
        direction: ride.direction,
        reason: "ride_too_long",
        fix: `the direct drive takes ${direct < 0 ? "no way" : `${Math.ceil(direct / 60)} min`}; raise the limit of ${Math.floor(ride.rideMaxS / 60)} min`,
      });
  }
  const allowedS = (ride: Ride) => allowedRide(ride, schools, drives, places.list.length, bands, settings);
  const visits = (direction: Direction) => visitsOf(rides, direction, allowedS, gradeShares, largest, settings);
  return {
    settings,
    schools,
    places: places.list,
    rides,
    visits: { AM: visits("AM"), PM: visits("PM") },
    ...fleet,
    gradeShares,
    schoolMixes: mixesOf(
      dataset.settings.routing?.mixed_loads,
      schools.map((school) => school.id),
    ),
    drives,
    rules: dataset.tables.rules.map(gradeRule),
    nearestS: nearestS(atStops.nearest, atHome.rides, schools, drives, places.list.length),
    unserved,
    today: todayOf(dataset),
    baseline,
  };
}

function requireTables(dataset: Dataset): void {
  for (const name of ["students", "schools", "bells", "rules", "buses", "bus_types", "depots"] as const)
    if (dataset.tables[name].length === 0)
      throw new InputError("empty-table", `routing needs ${name}, which has no rows. Maybe the file is missing.`, {
        path: name,
      });
}

function directS(ride: Ride, schools: readonly SchoolStop[], durationS: Int32Array, places: number): number {
  const school = schools[ride.school].place;
  return durationS[ride.direction === "AM" ? ride.place * places + school : school * places + ride.place];
}

/** The least drive for a rider fetched at home. */
function leastAtHome(
  ride: Ride,
  schools: readonly SchoolStop[],
  { durationS }: RoutingProblem["drives"],
  places: number,
  bands: Bands,
): LeastDrive {
  const isAm = ride.direction === "AM";
  const fastest = (school: number, toSchool: boolean) =>
    Math.min(
      ...bands.used[ride.direction]
        .map((band) => durationS[band][toSchool ? ride.place * places + school : school * places + ride.place])
        .map((seconds) => (seconds < 0 ? Infinity : seconds)),
    );
  const directS = fastest(schools[ride.school].place, isAm);
  const backS = Math.min(...schools.map(({ place }) => fastest(place, !isAm)));
  return directS === Infinity
    ? { directS: 0, tripS: 0 }
    : { directS, tripS: directS + (backS === Infinity ? 0 : backS) };
}

/** The least of the ride's own limit and ride_vs_direct_max × the direct drive of the fastest band; a direct drive alone is always allowed. */
function allowedRide(
  ride: Ride,
  schools: readonly SchoolStop[],
  drives: RoutingProblem["drives"],
  places: number,
  bands: Bands,
  settings: RoutingSettings,
): number {
  if (settings.rideVsDirectMax === Infinity) return ride.rideMaxS;
  const direct = bands.used[ride.direction].map((band) => directS(ride, schools, drives.durationS[band], places));
  const relative = Math.floor(settings.rideVsDirectMax * Math.min(...direct));
  return Math.min(ride.rideMaxS, Math.max(relative, Math.max(...direct)));
}

/** The nearest place of each school, riders fetched at home included; 0 where it has none, which is always a bound. */
function nearestS(
  atStops: readonly { toSchool: number; fromSchool: number }[],
  atHome: readonly Ride[],
  schools: readonly SchoolStop[],
  drives: RoutingProblem["drives"],
  places: number,
): RoutingProblem["nearestS"] {
  return schools.map(({ place }, school) => {
    const homes = atHome.filter((ride) => ride.school === school).map((ride) => ride.place);
    const least = (known: number, cells: number[]) => {
      const drivesS = drives.durationS.flatMap((durationS) =>
        cells.map((cell) => durationS[cell]).filter((s) => s >= 0),
      );
      const value = Math.min(known, ...drivesS);
      return value === Infinity ? 0 : value;
    };
    return {
      toSchool: least(
        atStops[school].toSchool,
        homes.map((home) => home * places + place),
      ),
      fromSchool: least(
        atStops[school].fromSchool,
        homes.map((home) => place * places + home),
      ),
    };
  });
}

function gradeSharesOf(dataset: Dataset): Int32Array {
  const shares = new Int32Array(GRADES.length).fill(-1);
  const lists = new Map(dataset.tables.rules.map((rule) => [rule.grade as string, rule.share_with ?? []]));
  const allows = (a: string, b: string) => {
    const list = lists.get(a);
    return a === b || !list || list.length === 0 || (list as string[]).includes(b);
  };
  GRADES.forEach((a, index) => {
    GRADES.forEach((b, other) => {
      if (!allows(a, b) || !allows(b, a)) shares[index] &= ~(1 << other);
    });
  });
  return shares;
}
