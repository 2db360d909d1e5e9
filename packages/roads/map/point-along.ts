import type { Coordinate } from "@trivium/model";
import { distanceM } from "../geometry.ts";
import type { Stretch } from "../reach-area.ts";
import type { Net } from "./road-map.ts";

/** About the length of a straight stretch, where a line need not be exact. */
const STRETCH_M = 30;

/** Place of a street so many metres from its first point. */
export function pointAlong({ shapeStart, shapeLat: lat, shapeLon: lon }: Net, street: number, alongM: number) {
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

/** An arc between two shares of it, in straight stretches. */
export function stretchesOf(net: Net, arc: number, from: number, to: number): Stretch[] {
  const lengthM = net.lengthM[arc >> 1]!;
  const steps = Math.max(1, Math.ceil(((to - from) * lengthM) / STRETCH_M));
  const points = Array.from({ length: steps + 1 }, (_, i): Coordinate => {
    const share = from + ((to - from) * i) / steps;
    const { lat, lon } = pointAlong(net, arc >> 1, lengthM * ((arc & 1) === 0 ? share : 1 - share));
    return [lon, lat];
  });
  return points.slice(1).map((point, i): Stretch => [points[i]!, point]);
}

/** Line of a street between two places, metres from its first point, in that direction; both included. */
export function lineBetween(net: Net, street: number, fromM: number, toM: number): Coordinate[] {
  const [low, high] = fromM <= toM ? [fromM, toM] : [toM, fromM];
  const { shapeLat: lat, shapeLon: lon } = net;
  const inner: Coordinate[] = [];
  let alongM = 0;
  for (let i = net.shapeStart[street]! + 1; i < net.shapeStart[street + 1]! - 1; i++) {
    alongM += distanceM(lat[i - 1]!, lon[i - 1]!, lat[i]!, lon[i]!);
    if (alongM > low && alongM < high) inner.push([lon[i]!, lat[i]!]);
  }
  if (fromM > toM) inner.reverse();
  const end = (metres: number): Coordinate => {
    const point = pointAlong(net, street, metres);
    return [point.lon, point.lat];
  };
  return [end(fromM), ...inner, end(toM)];
}
