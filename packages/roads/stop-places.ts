import type { StopPlace } from "@trivium/model";
import { distanceM, metresPerDegreeLat, metresPerDegreeLon } from "./geometry.ts";
import { type BusNet, type RoadMap, tailOf } from "./map/road-map.ts";

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
    serves(street) && CLASSES.has(map.ways.classes[map.ways.roadClass[bus.way[street]!]!]!);
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

function pointAlong({ shapeStart, shapeLat: lat, shapeLon: lon }: BusNet, street: number, alongM: number) {
  let left = alongM;
  const last = shapeStart[street + 1]! - 1;
  for (let i = shapeStart[street]!; i < last; i++) {
    const length = distanceM(lat[i]!, lon[i]!, lat[i + 1]!, lon[i + 1]!);
    if (left <= length && length > 0) {
      const share = left / length;
      return { lat: lat[i]! + share * (lat[i + 1]! - lat[i]!), lon: lon[i]! + share * (lon[i + 1]! - lon[i]!) };
    }
    left -= length;
  }
  return { lat: lat[last]!, lon: lon[last]! };
}

/** Those of the places that lie within `withinM` (inclusive) of any point, in their own order. */
export function placesNear(
  places: readonly StopPlace[],
  near: readonly { lat: number; lon: number }[],
  withinM: number,
): StopPlace[] {
  const grid = new PointGrid(near, withinM);
  return places.filter((place) => grid.hasWithin(place.lat, place.lon));
}

/** Points in square cells of the radius' size, so that a place looks at nine cells. */
class PointGrid {
  private readonly cells = new Map<string, { lat: number; lon: number }[]>();
  private readonly radiusM: number;
  private readonly dLat: number;
  private readonly dLon: number;

  constructor(points: readonly { lat: number; lon: number }[], radiusM: number) {
    this.radiusM = radiusM;
    const highest = Math.min(80, points.reduce((lat, point) => Math.max(lat, Math.abs(point.lat)), 0) + 1);
    const cellM = Math.max(radiusM, 1) * 1.01;
    this.dLat = cellM / metresPerDegreeLat(0);
    this.dLon = cellM / metresPerDegreeLon(highest);
    for (const point of points) {
      const key = this.key(Math.floor(point.lat / this.dLat), Math.floor(point.lon / this.dLon));
      const cell = this.cells.get(key);
      if (cell) cell.push(point);
      else this.cells.set(key, [point]);
    }
  }

  hasWithin(lat: number, lon: number): boolean {
    const row = Math.floor(lat / this.dLat);
    const column = Math.floor(lon / this.dLon);
    for (let i = row - 1; i <= row + 1; i++) {
      for (let j = column - 1; j <= column + 1; j++) {
        const cell = this.cells.get(this.key(i, j));
        if (cell?.some((point) => distanceM(lat, lon, point.lat, point.lon) <= this.radiusM)) return true;
      }
    }
    return false;
  }

  private key(row: number, column: number): string {
    return `${row}/${column}`;
  }
}
