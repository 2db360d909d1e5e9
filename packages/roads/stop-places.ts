import type { LatLon, StopPlace } from "@trivium/model";
import Flatbush from "flatbush";
import { distanceM, metresPerDegreeLat, metresPerDegreeLon } from "./geometry.ts";
import { pointAlong } from "./map/point-along.ts";
import { type RoadMap, tailOf } from "./map/road-map.ts";

/** Streets where children wait: no links, service ways, motorways or trunks. */
const CLASSES = new Set(["residential", "living_street", "unclassified", "tertiary", "secondary", "primary", "road"]);
/** Mid-block places stand about this far apart, and blocks up to one and a half times it have none. */
const SPACING_M = 150;

/**
 * Every corner (three or more arms, one of them a street where a bus may stop) and places evenly along blocks between junctions.
 * Ids come from OSM's: `n` + node for a corner, `w` + way + `n` + node + a number for the i-th place of the block that begins at that node.
 *
 * @param serves may a bus use and stop on street k of the bus net?
 */
export function allStopPlaces(map: RoadMap, serves: (street: number) => boolean): StopPlace[] {
  const { bus } = map;
  const streets = (street: number) =>
    bus.copyOf[street] === street &&
    serves(street) &&
    CLASSES.has(map.ways.classes[map.ways.roadClass[bus.way[street]!]!]!);
  const corners: StopPlace[] = [];
  for (let node = 0; node < bus.nodeOsmId.length; node++) {
    const arms = [...bus.arms.subarray(bus.armStart[node]!, bus.armStart[node + 1]!)];
    const names = new Set(arms.filter((arm) => streets(arm >> 1)).map((arm) => nameOf(map, arm >> 1)));
    if (arms.length < 3 || names.size === 0) continue;
    corners.push({
      id: `n${bus.nodeOsmId[node]}`,
      lat: bus.nodeLat[node]!,
      lon: bus.nodeLon[node]!,
      title: [...names].sort().slice(0, 2).join(" & "),
      corner: true,
    });
  }
  const blocks = Array.from({ length: bus.from.length }, (_, street) => street).filter(streets);
  return [...corners, ...blocks.flatMap((street) => midBlock(map, street))];
}

function midBlock(map: RoadMap, street: number): StopPlace[] {
  const { bus } = map;
  const parts = Math.max(1, Math.round(bus.lengthM[street]! / SPACING_M));
  const title = nameOf(map, street);
  const stem = `w${map.ways.osmId[bus.way[street]!]}n${bus.nodeOsmId[tailOf(bus, 2 * street)]}`;
  return Array.from({ length: parts - 1 }, (_, i) => ({
    id: `${stem}-${i + 1}`,
    ...pointAlong(bus, street, (bus.lengthM[street]! * (i + 1)) / parts),
    title,
    corner: false,
  }));
}

function nameOf(map: RoadMap, street: number): string {
  const way = map.bus.way[street]!;
  return map.ways.names[map.ways.name[way]!] || `way ${map.ways.osmId[way]}`;
}

/** Stop places by where they lie. */
export class StopPlaceIndex {
  private readonly places: readonly StopPlace[];
  private readonly tree: Flatbush | null;

  constructor(places: readonly StopPlace[]) {
    this.places = places;
    this.tree = places.length > 0 ? new Flatbush(places.length) : null;
    for (const { lat, lon } of places) this.tree?.add(lon, lat);
    this.tree?.finish();
  }

  /** Places within `withinM` (straight, inclusive) of any of the points, in the order of the list that the index was made of. */
  near(points: readonly LatLon[], withinM: number): StopPlace[] {
    const found = new Set<number>();
    for (const { lat, lon } of points) {
      const dLat = (withinM * 1.01 + 1) / metresPerDegreeLat(lat);
      const dLon = (withinM * 1.01 + 1) / metresPerDegreeLon(lat);
      for (const i of this.tree?.search(lon - dLon, lat - dLat, lon + dLon, lat + dLat) ?? []) {
        const place = this.places[i]!;
        if (!found.has(i) && distanceM(lat, lon, place.lat, place.lon) <= withinM) found.add(i);
      }
    }
    return this.places.filter((_, i) => found.has(i));
  }
}
