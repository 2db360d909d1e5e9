import type { Random } from "@trivium/engine";
import { InternalError, type RoadNetwork, type TableRow, type Tables } from "@trivium/model";
import type { District } from "../../district.ts";
import { BELLS } from "../policy.ts";
import type { Ride } from "../rides.ts";
import type { Boarding } from "../stops.ts";
import { travelBetween } from "../travel.ts";
import { crewsOf } from "./clusters.ts";
import type { Call, Crew, Rider, SchoolDesk } from "./crew.ts";
import { assignBuses, deadheads, type TimedCrew } from "./duties.ts";
import { todayTables } from "./tables.ts";
import { afternoon, morning } from "./timing.ts";

/** Minutes before the bell at which the first buses have unloaded, and after loading at which the first leave: early tiers early, late ones late. */
const UNLOADED_MIN: Readonly<Record<string, number>> = { H: 22, M: 15, E: 9 };
const LEAVES_MIN: Readonly<Record<string, number>> = { H: 1, M: 5, E: 8 };

/**
 * Today's service, made by hand: school by school, one school a run, most runs with a bus of their own.
 * It obeys the rules (walks, seats, rides, bells, buffers) but spends buses.
 */
export async function todayService(
  random: Random,
  district: District,
  rides: readonly Ride[],
  boardings: readonly Boarding[],
  fleet: readonly TableRow<"buses">[],
  yards: readonly TableRow<"depots">[],
  roads: RoadNetwork,
): Promise<Pick<Tables, "today_runs" | "today_run_stops" | "today_assignments" | "today_routes">> {
  const timed: TimedCrew[] = [];
  for (const [index, school] of district.schools.entries()) {
    const riders = rides.map((ride, each) => ({ ride, boarding: boardings[each] }));
    const own = riders.filter(({ ride }) => ride.student.school_id === school.school_id);
    const desk = await deskOf(school, own, roads);
    timed.push(...onTheClock(crewsOf(desk, random.fork(index))));
  }
  const dead = await deadheads(roads, timed, yards);
  const duties = assignBuses(timed, fleet, dead, random.fork(100));
  return todayTables(duties, dead, new Map(yards.map((yard) => [yard.depot_id, yard])), (crew, direction, stay) => {
    const { desk } = crew.crew;
    const point = desk.calls.find((call) => call.stop.id === stay.stopId)?.point ?? 0;
    return direction === "AM" ? desk.travel(point, 0, stay.departS).s : desk.travel(0, point, crew.PM[0].departS).s;
  });
}

async function deskOf(school: TableRow<"schools">, riders: readonly Rider[], roads: RoadNetwork): Promise<SchoolDesk> {
  const [door] = await roads.nearest([school], "bus", 300);
  const bell = BELLS.find(({ school_id }) => school_id === school.school_id);
  if (!door || !bell) throw new InternalError("no-door", `no street leads to school ${school.school_id}`);
  const byStop = new Map<string, Rider[]>();
  for (const rider of riders)
    byStop.set(rider.boarding.stop.id, [...(byStop.get(rider.boarding.stop.id) ?? []), rider]);
  const calls = [...byStop.values()].map((at, index): Call => {
    const going = (direction: "AM" | "PM") => at.filter(({ ride }) => ride.direction === direction);
    return { stop: at[0].boarding.stop, point: index + 1, AM: going("AM"), PM: going("PM") };
  });
  const place = { lat: Number(door.lat.toFixed(6)), lon: Number(door.lon.toFixed(6)) };
  const travel = await travelBetween(roads, [place, ...calls.map((call) => call.stop)]);
  return { bell, door: place, travel, calls };
}

/** Buses come to a school in waves, as many at once as its loop holds. */
function onTheClock(crews: readonly Crew[]): TimedCrew[] {
  return crews.map((crew, index) => {
    const { bell_start, bell_end, buses_at_once = 99, unload_min = 2, load_min = 5 } = crew.desk.bell;
    const tier = crew.desk.bell.school_id[0];
    const wave = Math.floor(index / buses_at_once);
    const AM = morning(crew, bell_start - 60 * (UNLOADED_MIN[tier] - wave * unload_min));
    const PM = afternoon(crew, bell_end + 60 * (load_min + LEAVES_MIN[tier] + wave * load_min));
    return { crew, number: index + 1, AM, PM };
  });
}
