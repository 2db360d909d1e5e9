import { type LatLon, parseClock } from "@trivium/model";
import type { Direction } from "./demand.ts";
import { placeOf, type RoutingReading } from "./reading.ts";

/** Seconds of the direct drive between a stop and a school in the time bands that a ride boarding then may be timed by. */
export type DirectDrives = (direction: Direction, school: string, stop: string, boardS: number) => number[];

/** Direct drives of all riders, school by school: one matrix a direction, school and time band. */
export async function directDrives({ runs, roads, demand, plan, schools }: RoutingReading): Promise<DirectDrives> {
  const places = new Map<string, LatLon>();
  for (const run of runs.values())
    for (const stay of run.stays) {
      const at = placeOf(stay);
      if (at) places.set(stay.stop_id, at);
    }
  const pairs = new Map<string, Set<string>>();
  for (const row of plan.decisions.assignments) {
    const school = demand.get(`${row.student_id} ${row.direction}`)?.student.school_id;
    if (!school || !schools.has(school)) continue;
    const key = `${row.direction} ${school}`;
    pairs.set(key, (pairs.get(key) ?? new Set()).add(row.stop_id));
  }
  const starts = roads.identity.bands.map((band) => parseClock(band) ?? 0);
  const seconds = new Map<string, Float64Array>();
  for (const [key, wanted] of pairs) {
    const direction = key.slice(0, 2);
    const school = key.slice(3);
    const door = places.get(school);
    const stops = [...wanted].filter((stop) => places.has(stop));
    if (!door || stops.length === 0) continue;
    const points = stops.map((stop) => places.get(stop) as LatLon);
    const bands = await Promise.all(
      starts.map((start) =>
        direction === "AM" ? roads.matrix(points, [door], start) : roads.matrix([door], points, start),
      ),
    );
    stops.forEach((stop, index) => {
      seconds.set(
        `${key} ${stop}`,
        Float64Array.from(bands, (matrix) => matrix.durationsS[index]),
      );
    });
  }
  return (direction, school, stop, boardS) => {
    const own = Math.max(
      0,
      starts.findLastIndex((start) => start <= boardS),
    );
    const bands = seconds.get(`${direction} ${school} ${stop}`) ?? [];
    return [...bands].filter((_, index) => Math.abs(index - own) <= 1);
  };
}
