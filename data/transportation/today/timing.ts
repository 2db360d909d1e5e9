import type { LatLon } from "@trivium/model";
import { SETTINGS } from "../policy.ts";
import type { Call, Crew, Rider } from "./crew.ts";

/** A run's stay at a stop or at its school. */
export interface Stay extends LatLon {
  readonly stopId: string;
  readonly legM: number;
  readonly legS: number;
  readonly arriveS: number;
  readonly departS: number;
  readonly riders: readonly Rider[];
  readonly atSchool: boolean;
}

const dwellS = (riders: readonly Rider[]): number =>
  Math.ceil(
    SETTINGS.dwell_s +
      riders.length * SETTINGS.dwell_per_rider_s +
      riders.filter(({ ride }) => ride.wheelchair).length * SETTINGS.dwell_wheelchair_s,
  );

const visited = (calls: readonly Call[], direction: "AM" | "PM"): Call[] =>
  calls.filter((call) => call[direction].length > 0);

/** The morning run whose unloading ends at `unloadedS`; empty when no one rides. */
export function morning(crew: Crew, unloadedS: number): Stay[] {
  const calls = visited(crew.calls, "AM");
  if (calls.length === 0) return [];
  const unloadS = 60 * (crew.desk.bell.unload_min ?? 0);
  let startS = unloadedS - unloadS - 1500;
  let stays = drive(crew, calls, "AM", startS);
  for (let round = 0; round < 6; round++) {
    startS += unloadedS - unloadS - stays[stays.length - 1].departS;
    stays = drive(crew, calls, "AM", startS);
  }
  const endS = stays[stays.length - 1].departS;
  const school = schoolStay(crew, calls, "AM", endS, Math.max(unloadedS, endS + unloadS));
  const leg = crew.desk.travel(calls[calls.length - 1].point, 0, stays[stays.length - 2].departS);
  return [...stays.slice(0, -1), { ...school, legM: leg.m, legS: leg.s }];
}

/** The afternoon run that leaves its school at `departS`. */
export function afternoon(crew: Crew, departS: number): Stay[] {
  const calls = visited(crew.calls, "PM").reverse();
  if (calls.length === 0) return [];
  const loadS = 60 * (crew.desk.bell.load_min ?? 0);
  const school = schoolStay(crew, calls, "PM", departS - loadS, departS);
  return [school, ...drive(crew, calls, "PM", departS)];
}

/**
 * Drives the calls in order. AM: starts loading at the first call at `startS`, and the last stay is the arrival at the school.
 * PM: leaves the school at `startS`.
 */
function drive(crew: Crew, calls: readonly Call[], direction: "AM" | "PM", startS: number): Stay[] {
  const stays: Stay[] = [];
  let clockS = startS;
  let from = direction === "AM" ? -1 : 0;
  for (const call of calls) {
    const leg = from < 0 ? { s: 0, m: 0 } : crew.desk.travel(from, call.point, clockS);
    const riders = call[direction];
    const arriveS = clockS + leg.s;
    clockS = arriveS + dwellS(riders);
    from = call.point;
    const { id, lat, lon } = call.stop;
    stays.push({ stopId: id, lat, lon, legM: leg.m, legS: leg.s, arriveS, departS: clockS, riders, atSchool: false });
  }
  if (direction === "PM") return stays;
  const leg = crew.desk.travel(from, 0, clockS);
  stays.push(schoolStay(crew, calls, "AM", clockS + leg.s, clockS + leg.s));
  return stays;
}

function schoolStay(
  crew: Crew,
  calls: readonly Call[],
  direction: "AM" | "PM",
  arriveS: number,
  departS: number,
): Stay {
  const { bell, door } = crew.desk;
  const riders = calls.flatMap((call) => call[direction]);
  return {
    stopId: bell.school_id,
    lat: door.lat,
    lon: door.lon,
    legM: 0,
    legS: 0,
    arriveS,
    departS,
    riders,
    atSchool: true,
  };
}

/** Whether everyone's ride is within limits, whichever way. */
export function ridesHold(stays: readonly Stay[]): boolean {
  if (stays.length === 0) return true;
  const toSchool = stays[stays.length - 1].atSchool;
  return stays.every((stay) => {
    const rideS = toSchool ? stays[stays.length - 1].arriveS - stay.departS : stay.arriveS - stays[0].departS;
    return stay.atSchool || stay.riders.every(({ ride }) => rideS <= ride.rideMaxS);
  });
}
