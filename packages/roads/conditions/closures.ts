import type { TableRow } from "@trivium/model";
import type { RoadMap } from "../map/road-map.ts";
import type { SegmentIndex } from "../snap/segment-index.ts";

type Closure = TableRow<"closures">;

/**
 * 1 for each street of the bus net that a closure takes from the bus: all of the way, or every street with a point within the radius.
 *
 * A plan holds for a school year, so a closure counts when its dates (inclusive; an open end never ends) meet July 1 – June 30 of that year:
 * one that is over before, or begins after, does not. Closures are for traffic; walkers pass.
 */
export function closedStreets(
  rows: readonly Closure[],
  schoolYear: string,
  map: RoadMap,
  index: SegmentIndex,
): Uint8Array {
  const closed = new Uint8Array(map.bus.from.length);
  const inForce = rows.filter((row) => meets(row, schoolYear));
  const ways = new Set(inForce.filter((row) => row.osm_way_id !== undefined).map((row) => Number(row.osm_way_id)));
  for (let street = 0; street < closed.length; street++) {
    if (ways.has(map.ways.osmId[map.bus.way[street]!]!)) closed[street] = 1;
  }
  for (const { lat, lon, radius_m } of inForce) {
    if (lat === undefined || lon === undefined) continue;
    for (const street of index.within(lat, lon, radius_m ?? 0)) closed[street] = 1;
  }
  return closed.map((_, street) => closed[map.bus.copyOf[street]!]!);
}

function meets(row: Closure, schoolYear: string): boolean {
  const year = Number(schoolYear.slice(0, 4));
  return (
    (row.to === undefined || row.to >= `${year}-07-01`) && (row.from === undefined || row.from <= `${year + 1}-06-30`)
  );
}
