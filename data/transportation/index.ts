import type { Random } from "@trivium/engine";
import type { LatLon, RoadNetwork, Tables } from "@trivium/model";
import type { OsmContent } from "@trivium/roads";
import type { AreaFiles, District } from "../district.ts";
import type { StreetPiece } from "../town/streets.ts";
import { BUS_TYPES, buses, depots, drivers, FUEL } from "./fleet.ts";
import { closures, hazards } from "./hazards.ts";
import { BELLS, RULES, SETTINGS, SPEED_FACTORS } from "./policy.ts";
import { beyondWalkZone, riders } from "./riders.ts";
import { ridesOf } from "./rides.ts";
import { assignStops } from "./stops.ts";
import { gpsOf } from "./today/gps.ts";
import { todayService } from "./today/today.ts";

/** What is laid on the map, and what needs no road times: known before the roads are opened. */
export function roadConditions(
  map: OsmContent,
  downtown: LatLon,
): Pick<Tables, "hazards" | "closures" | "speed_factors"> {
  return { hazards: hazards(map, downtown), closures: closures(map, downtown), speed_factors: SPEED_FACTORS };
}

/** Riders, their stops, the fleet, and, where asked for, today's service with its recorded times. */
export async function transportation(
  random: Random,
  district: District,
  pieces: readonly StreetPiece[],
  downtown: LatLon,
  roads: RoadNetwork,
  withToday: boolean,
): Promise<AreaFiles> {
  const rules = new Map(RULES.map((rule) => [rule.grade as string, rule]));
  const beyond = await beyondWalkZone(district, rules, roads);
  const riderRows = riders(random.fork(0), district, beyond);
  const fleet = buses();
  const yards = depots(pieces, downtown);
  const tables = {
    riders: riderRows,
    bells: BELLS,
    rules: RULES,
    buses: fleet,
    bus_types: BUS_TYPES.map(({ count: _, ...type }) => type),
    depots: yards,
    fuel: FUEL,
    drivers: drivers(fleet),
  };
  if (!withToday) return { tables, settings: SETTINGS };
  const rides = ridesOf(district, riderRows, beyond, rules);
  const { stops, boardings } = await assignStops(rides, pieces, roads);
  const today = await todayService(random.fork(1), district, rides, boardings, fleet, yards, roads);
  const boards = new Map(
    today.today_assignments.map(({ student_id, direction, stop_id }) => [student_id + direction, stop_id]),
  );
  const withStops = riderRows.map((row) => {
    const stop_id = boards.get(`${row.student_id}AM`) ?? boards.get(`${row.student_id}PM`);
    return stop_id && !stop_id.startsWith("HOME-") ? { ...row, stop_id } : row;
  });
  return {
    tables: { ...tables, riders: withStops, stops, ...today, gps: gpsOf(today.today_run_stops, random.fork(2)) },
    settings: SETTINGS,
  };
}
