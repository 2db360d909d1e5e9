import { type LatLon, parseClock, type TravelMatrix } from "@trivium/model";
import type { Direction } from "./demand.ts";
import { madeByOther, streetsAt } from "./kerbs.ts";
import { placeOf, type RoutingReading } from "./reading.ts";

/** Seconds of the direct drive between a stop and a school in the time bands that a ride boarding then may be timed by. */
export type DirectDrives = (direction: Direction, school: string, stop: string, boardS: number) => number[];

/**
 * Direct drives of all riders, school by school: one matrix a direction, school and time band. Where the other engine made
 * the plan, from and to every street that meets at the stop and at the school's door (kerbs.ts).
 */
export async function directDrives(reading: RoutingReading): Promise<DirectDrives> {
  const { runs, roads, demand, plan, schools } = reading;
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
  const all = [...places.values()];
  const standing = madeByOther(reading) ? await streetsAt(roads, all) : all.map((at) => [at]);
  const pointsAt = new Map([...places.keys()].map((id, index) => [id, standing[index]]));
  /** By direction, school and stop: the drives in each band. */
  const seconds = new Map<string, readonly (readonly number[])[]>();
  for (const [key, wanted] of pairs) {
    const am = key.startsWith("AM");
    const doors = pointsAt.get(key.slice(3));
    const stops = [...wanted].filter((stop) => pointsAt.has(stop));
    if (!doors || stops.length === 0) continue;
    const points = stops.flatMap((stop) => pointsAt.get(stop) ?? []);
    const bands = await Promise.all(
      starts.map((start) => (am ? roads.matrix(points, doors, start) : roads.matrix(doors, points, start))),
    );
    let first = 0;
    for (const stop of stops) {
      const from = first;
      const to = from + (pointsAt.get(stop)?.length ?? 0);
      const ofStop = ({ durationsS }: TravelMatrix) =>
        am
          ? [...durationsS.subarray(from * doors.length, to * doors.length)]
          : doors.flatMap((_, door) => [
              ...durationsS.subarray(door * points.length + from, door * points.length + to),
            ]);
      seconds.set(`${key} ${stop}`, bands.map(ofStop));
      first = to;
    }
  }
  return (direction, school, stop, boardS) => {
    const own = Math.max(
      0,
      starts.findLastIndex((start) => start <= boardS),
    );
    const bands = seconds.get(`${direction} ${school} ${stop}`) ?? [];
    return bands.filter((_, index) => Math.abs(index - own) <= 1).flat();
  };
}
