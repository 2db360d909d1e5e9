import type { LatLon } from "@trivium/model";

/** A point of the town, metres east and north of its middle. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Middle of the invented town. */
const MIDDLE: LatLon = { lat: 42.86, lon: -92.31 };
const METRES_PER_DEGREE = 111_195;
const METRES_PER_DEGREE_EAST = METRES_PER_DEGREE * Math.cos((MIDDLE.lat * Math.PI) / 180);

/** To seven decimals, a centimetre, which is what OpenStreetMap keeps. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

export function toLatLon({ x, y }: Point): { lat: number; lon: number } {
  return {
    lat: rounded(MIDDLE.lat + y / METRES_PER_DEGREE),
    lon: rounded(MIDDLE.lon + x / METRES_PER_DEGREE_EAST),
  };
}

/** Metres between two places, flat earth: right to a part in a thousand across a town. */
export function metresBetween(a: LatLon, b: LatLon): number {
  const east = (a.lon - b.lon) * METRES_PER_DEGREE * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return Math.hypot(east, (a.lat - b.lat) * METRES_PER_DEGREE);
}

/** The place `metresEast` and `metresNorth` of another. */
export function moved(from: LatLon, metresEast: number, metresNorth: number): { lat: number; lon: number } {
  return {
    lat: rounded(from.lat + metresNorth / METRES_PER_DEGREE),
    lon: rounded(from.lon + metresEast / (METRES_PER_DEGREE * Math.cos((from.lat * Math.PI) / 180))),
  };
}

export const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
