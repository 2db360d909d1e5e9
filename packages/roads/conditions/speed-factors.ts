import { InputError, type TableRow } from "@trivium/model";
import type { RoadMap } from "../map/road-map.ts";
import { type Area, areasById, inArea } from "./areas.ts";

type SpeedFactor = TableRow<"speed_factors">;

const DAY_S = 86_400;

/** Times at which some factor begins or ends, from midnight on: within a band nothing changes. */
export function bandStarts(rows: readonly SpeedFactor[]): number[] {
  const times = rows.flatMap((row) => [row.from, row.to]).map((time) => time % DAY_S);
  return [...new Set([0, ...times])].sort((a, b) => a - b);
}

/** The areas that rows name. @throws InputError unknown-area */
export function areasOf(rows: readonly SpeedFactor[], geojson: unknown): ReadonlyMap<string, Area> {
  const areas = areasById(geojson);
  for (const { area } of rows) if (area !== undefined && !areas.has(area)) throw unknownArea(area, [...areas.keys()]);
  return areas;
}

/**
 * Factor on the speed of each street of the bus net at a time of day: the product of all rows that hold then (`from` inclusive, `to` exclusive;
 * `to` before `from` runs over midnight), for its class (a link has its road's) and for the area that its middle lies in.
 */
export function streetFactors(
  rows: readonly SpeedFactor[],
  areas: ReadonlyMap<string, Area>,
  map: RoadMap,
  timeS: number,
): Float64Array {
  const factors = new Float64Array(map.bus.from.length).fill(1);
  for (const row of rows.filter((each) => holds(each, timeS))) {
    const area = row.area === undefined ? null : areas.get(row.area)!;
    for (let street = 0; street < factors.length; street++) {
      if (ofClass(map, street, row.road_class) && (area === null || middleIn(map, street, area))) {
        factors[street]! *= row.factor;
      }
    }
  }
  return factors;
}

function holds({ from, to }: SpeedFactor, timeS: number): boolean {
  return from < to ? from <= timeS && timeS < to : from <= timeS || timeS < to;
}

function unknownArea(area: string, known: readonly string[]): InputError {
  return new InputError(
    "unknown-area",
    `speed_factors.csv names the area ${area}, which roads/areas.geojson does not hold. Maybe its feature id is missing?`,
    { path: "transportation/speed_factors.csv", values: { area, known } },
  );
}

const withoutLink = (roadClass: string): string => roadClass.replace(/_link$/, "");

function ofClass(map: RoadMap, street: number, roadClass: string | undefined): boolean {
  if (roadClass === undefined) return true;
  const own = map.ways.classes[map.ways.roadClass[map.bus.way[street]!]!]!;
  return withoutLink(own) === withoutLink(roadClass);
}

function middleIn({ bus }: RoadMap, street: number, area: Area): boolean {
  const middle = (bus.shapeStart[street]! + bus.shapeStart[street + 1]!) >> 1;
  const lat = (bus.shapeLat[middle - 1]! + bus.shapeLat[middle]!) / 2;
  const lon = (bus.shapeLon[middle - 1]! + bus.shapeLon[middle]!) / 2;
  return inArea(lat, lon, area);
}
