import type { DistrictView } from "./view.ts";

export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

const EARTH_RADIUS_KM = 6371.0088;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance (haversine) in kilometres. */
export function distanceKm(a: LatLon, b: LatLon): number {
  const dLat = radians(b.lat - a.lat) / 2;
  const dLon = radians(b.lon - a.lon) / 2;
  const h = Math.sin(dLat) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h));
}

/** A place that is wholly given; undefined otherwise. */
export function placeOf(lat: number | undefined, lon: number | undefined): LatLon | undefined {
  return lat === undefined || lon === undefined ? undefined : { lat, lon };
}

/** Kilometres from a place to the nearest school; infinite where there is none. */
export function toNearestSchoolKm(view: DistrictView, place: LatLon): number {
  let least = Number.POSITIVE_INFINITY;
  for (const school of view.tables.schools) least = Math.min(least, distanceKm(place, school));
  return least;
}

/** The middle value of a list (the upper one of two); undefined for an empty list. */
export function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
