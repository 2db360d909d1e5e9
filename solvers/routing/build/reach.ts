import type { LatLon, RoadNetwork } from "@trivium/model";
import type { Unserved } from "../problem.ts";
import type { Candidate } from "./candidates.ts";
import type { Eligible } from "./eligibility.ts";
import { GridIndex } from "./grid-index.ts";

/** A candidate stop that a student may walk to. */
export interface Option {
  readonly candidate: number;
  /** Whole metres, rounded up. */
  readonly walkM: number;
}

/** One student's rides from one point: both directions where home is the same, so that they share a stop. */
export interface Placing {
  readonly rides: readonly Eligible[];
  readonly options: readonly Option[];
}

/** Walks every rider who is not fetched at home to the candidate stops around, by the rules of the grade. */
export async function reachOf(
  eligible: readonly Eligible[],
  candidates: readonly Candidate[],
  roads: RoadNetwork,
): Promise<{ placings: Placing[]; unserved: Unserved[] }> {
  const index = new GridIndex(candidates, 400);
  const placings: Placing[] = [];
  const unserved: Unserved[] = [];
  for (const rides of samePoints(eligible.filter((each) => !each.atHome))) {
    const options = await optionsOf(rides[0], candidates, index, roads);
    if (options.length > 0) placings.push({ rides, options });
    else {
      const reason = (await isBarred(rides[0], candidates, index, roads)) ? "barred_crossing" : "no_stop_in_reach";
      const fix =
        reason === "barred_crossing"
          ? "let the grade cross (may_cross), or add a stop on the home's side"
          : "add a stop in reach, or mark the rider curbside";
      for (const ride of rides) unserved.push({ studentId: ride.studentId, direction: ride.direction, reason, fix });
    }
  }
  return { placings, unserved };
}

function samePoints(eligible: readonly Eligible[]): Eligible[][] {
  const groups = new Map<string, Eligible[]>();
  for (const each of eligible) {
    const key = `${each.studentId}\t${each.point.lat}\t${each.point.lon}`;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

async function optionsOf(
  ride: Eligible,
  candidates: readonly Candidate[],
  index: GridIndex,
  roads: RoadNetwork,
): Promise<Option[]> {
  const limitM = ride.rule.stopWalkMaxM;
  const near = openTo(ride, candidates, index);
  const walks = await walksTo(ride, near, candidates, roads);
  const options: Option[] = [];
  near.forEach((candidate, k) => {
    if (walks[k] <= limitM) options.push({ candidate, walkM: walks[k] });
  });
  return options.sort((a, b) => a.walkM - b.walkM || a.candidate - b.candidate);
}

/** Whole metres to where the bus stands; NaN unless the stop as the district lists it can be walked to as well. */
async function walksTo(
  ride: Eligible,
  near: readonly number[],
  candidates: readonly Candidate[],
  roads: RoadNetwork,
): Promise<number[]> {
  if (near.length === 0) return [];
  const { mayCross, grade, stopWalkMaxM: limitM } = ride.rule;
  const options = { limitM, mayCross, grade };
  const listed = await roads.walk(ride.point, pointsOf(near, candidates), options);
  const road = near.map((each) => candidates[each].road);
  const isSame = near.every((each, k) => road[k].lat === candidates[each].lat && road[k].lon === candidates[each].lon);
  const stands = isSame ? listed : await roads.walk(ride.point, road, options);
  return near.map((_, k) => (Number.isNaN(listed[k]) ? Number.NaN : Math.ceil(stands[k] - 1e-9)));
}

async function isBarred(
  ride: Eligible,
  candidates: readonly Candidate[],
  index: GridIndex,
  roads: RoadNetwork,
): Promise<boolean> {
  const near = openTo(ride, candidates, index);
  if (near.length === 0) return false;
  const limitM = ride.rule.stopWalkMaxM;
  const walks = await roads.walk(ride.point, pointsOf(near, candidates), { limitM, mayCross: "arterial" });
  return walks.some((walkM) => walkM <= limitM);
}

function openTo(ride: Eligible, candidates: readonly Candidate[], index: GridIndex): number[] {
  return index
    .near(ride.point, ride.rule.stopWalkMaxM)
    .filter((each) => candidates[each].schools?.has(ride.schoolId) ?? true);
}

const pointsOf = (near: readonly number[], candidates: readonly Candidate[]): LatLon[] =>
  near.map((each) => ({ lat: candidates[each].lat, lon: candidates[each].lon }));
