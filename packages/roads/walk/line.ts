import type { Coordinate, LatLon } from "@trivium/model";
import { lineBetween } from "../map/point-along.ts";
import type { Net } from "../map/road-map.ts";
import type { StreetPoint } from "../snap/segment-index.ts";

/** Where a walk begins or ends: the place asked for, the point of its way, and metres along the way from there to the first or last junction. */
export interface WalkEnd {
  readonly place: LatLon;
  readonly point: StreetPoint;
  readonly junctionM: number;
}

/**
 * Line of a walk: from the place to its way, along ways from junction to junction, to the other place. Stepping across a road at a junction is no
 * part of it: a junction is one point.
 *
 * @param arcs walked from end to end; null where the walk never leaves its street
 */
export function walkLine(net: Net, start: WalkEnd, arcs: readonly number[] | null, end: WalkEnd): Coordinate[] {
  const line: Coordinate[] = [[start.place.lon, start.place.lat]];
  if (arcs === null) line.push(...lineBetween(net, start.point.street, start.point.alongM, end.point.alongM));
  else {
    line.push(...toJunction(net, start));
    for (const arc of arcs) {
      const lengthM = net.lengthM[arc >> 1]!;
      line.push(...((arc & 1) === 0 ? lineBetween(net, arc >> 1, 0, lengthM) : lineBetween(net, arc >> 1, lengthM, 0)));
    }
    line.push(...toJunction(net, end).reverse());
  }
  line.push([end.place.lon, end.place.lat]);
  return line.filter((point, i) => i === 0 || point[0] !== line[i - 1]![0] || point[1] !== line[i - 1]![1]);
}

function toJunction(net: Net, { point: { street, alongM }, junctionM }: WalkEnd): Coordinate[] {
  const lengthM = net.lengthM[street]!;
  return lineBetween(net, street, alongM, junctionM === alongM ? 0 : lengthM);
}
