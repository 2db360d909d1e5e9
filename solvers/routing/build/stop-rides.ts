import type { Dataset, RoadNetwork } from "@trivium/model";
import type {
  Baseline,
  Direction,
  LeastDrive,
  Ride,
  RideBefore,
  RoutingSettings,
  SchoolStop,
  Unserved,
} from "../problem.ts";
import type { Bands } from "./bands.ts";
import { type Candidate, candidatesOf } from "./candidates.ts";
import { chooseStops } from "./choose-stops.ts";
import { directOf } from "./drives.ts";
import type { Eligible } from "./eligibility.ts";
import { KeptStops } from "./keep-stops.ts";
import type { Places } from "./places.ts";
import { type Placing, reachOf } from "./reach.ts";
import { rideOf } from "./ride.ts";

/** Rides of those who walk to a stop: walks, stop choice school by school, and who cannot be placed with the reason. */
export async function stopRides(
  dataset: Dataset,
  eligible: readonly Eligible[],
  schools: readonly SchoolStop[],
  bands: Bands,
  roads: RoadNetwork,
  places: Places,
  settings: RoutingSettings,
  kept: { readonly baseline: Baseline; readonly before: ReadonlyMap<string, RideBefore> } | null,
): Promise<{ rides: Ride[]; unserved: Unserved[]; nearest: { toSchool: number; fromSchool: number }[] }> {
  const walkers = eligible.filter((each) => !each.atHome);
  const withinM = Math.max(0, ...walkers.map((each) => each.rule.stopWalkMaxM));
  const candidates = await candidatesOf(
    dataset,
    roads,
    walkers.map((each) => each.point),
    withinM,
  );
  const stops =
    kept && new KeptStops(kept.baseline, kept.before, candidates, dataset, settings.dwellS, settings.serviceDays);
  const { placings: reached, unserved } = await reachOf(walkers, candidates, roads);
  const placings = stops ? stops.parted(reached) : reached;
  const { placings: reachable, nearest } = await withinRide(
    placings,
    candidates,
    schools,
    bands,
    roads,
    places,
    unserved,
  );
  const ridersLeft = Float64Array.from(candidates, (candidate) => candidate.ridersMax);
  const rides: Ride[] = [];
  schools.forEach((school, index) => {
    const ofSchool = reachable.filter((placing) => placing.rides[0].schoolId === school.id);
    if (ofSchool.length === 0) return;
    const choice = (stops?.choose ?? chooseStops)(ofSchool, ridersLeft, settings.weights.walk);
    const open = new Set(choice.candidate);
    const placeOf = (candidate: number) => places.add("stop", candidates[candidate].road);
    ofSchool.forEach((placing, at) => {
      for (const ride of placing.rides) {
        if (choice.candidate[at] < 0) {
          const fix = "every stop in reach is full: raise riders_max or add a stop";
          unserved.push({ studentId: ride.studentId, direction: ride.direction, reason: "no_capacity", fix });
          continue;
        }
        const reach = placing.options
          .filter((option) => open.has(option.candidate))
          .map((option) => ({ place: placeOf(option.candidate), walkM: option.walkM }));
        const least = placing.least[ride.direction];
        rides.push(rideOf(ride, index, placeOf(choice.candidate[at]), choice.walkM[at], reach, least));
      }
    });
  });
  return { rides, unserved, nearest };
}

const finite = (seconds: number): number => (seconds === Infinity ? 0 : seconds);

/** Keeps the stops from which the direct drive is within the ride limit. Where a student's two directions share none, they part. */
async function withinRide(
  placings: readonly Placing[],
  candidates: readonly Candidate[],
  schools: readonly SchoolStop[],
  bands: Bands,
  roads: RoadNetwork,
  places: Places,
  unserved: Unserved[],
): Promise<{
  placings: (Placing & { least: Record<Direction, LeastDrive> })[];
  nearest: { toSchool: number; fromSchool: number }[];
}> {
  const used = [...new Set(placings.flatMap((placing) => placing.options.map((option) => option.candidate)))];
  const rowOf = new Map(used.map((candidate, row) => [candidate, row]));
  const schoolIndex = new Map(schools.map((school, index) => [school.id, index]));
  const direct = await directOf(
    used.map((candidate) => candidates[candidate].road),
    schools.map((school) => places.list[school.place]),
    bands,
    roads,
  );
  const fits = (ride: Eligible, candidate: number) =>
    direct.slowest[ride.direction](rowOf.get(candidate) ?? 0, schoolIndex.get(ride.schoolId) ?? 0) <= ride.rideMaxS;
  const nearest = schools.map(() => ({ toSchool: Infinity, fromSchool: Infinity }));
  for (const { rides, options } of placings) {
    const school = schoolIndex.get(rides[0].schoolId) ?? 0;
    for (const { candidate } of options) {
      const row = rowOf.get(candidate) ?? 0;
      nearest[school].toSchool = Math.min(nearest[school].toSchool, direct.fastest.AM(row, school));
      nearest[school].fromSchool = Math.min(nearest[school].fromSchool, direct.fastest.PM(row, school));
    }
  }
  const leastOf = ({ rides, options }: Placing, direction: Direction): LeastDrive => {
    const school = schoolIndex.get(rides[0].schoolId) ?? 0;
    let [directS, tripS] = [Infinity, Infinity];
    for (const { candidate } of options) {
      const row = rowOf.get(candidate) ?? 0;
      const drive = direct.fastest[direction](row, school);
      directS = Math.min(directS, drive);
      tripS = Math.min(tripS, drive + direct.nearestBack[direction](row));
    }
    return { directS: finite(directS), tripS: finite(tripS) };
  };
  const kept: (Placing & { least: Record<Direction, LeastDrive> })[] = [];
  const keep = (placing: Placing, of: Placing) =>
    kept.push({ ...placing, least: { AM: leastOf(of, "AM"), PM: leastOf(of, "PM") } });
  for (const placing of placings) {
    const common = placing.options.filter((option) => placing.rides.every((ride) => fits(ride, option.candidate)));
    if (common.length > 0) {
      keep({ rides: placing.rides, options: common }, placing);
      continue;
    }
    for (const ride of placing.rides) {
      const options = placing.options.filter((option) => fits(ride, option.candidate));
      if (options.length > 0) keep({ rides: [ride], options }, placing);
      else {
        const fix = "no stop in reach is within the ride limit even by a direct drive: raise the limit";
        unserved.push({ studentId: ride.studentId, direction: ride.direction, reason: "ride_too_long", fix });
      }
    }
  }
  return { placings: kept, nearest };
}
