/**
 * Plane geometry on the WGS 84 ellipsoid for distances inside a district. Metres a degree at a latitude come from the
 * FCC's formula (47 CFR 73.208), which OSRM uses as well; exact to about 0.1 % up to 100 km.
 */
const RADIANS = Math.PI / 180;

export function metresPerDegreeLat(lat: number): number {
  const phi = lat * RADIANS;
  return 111_132.09 - 566.05 * Math.cos(2 * phi) + 1.2 * Math.cos(4 * phi);
}

export function metresPerDegreeLon(lat: number): number {
  const phi = lat * RADIANS;
  return 111_415.13 * Math.cos(phi) - 94.55 * Math.cos(3 * phi) + 0.12 * Math.cos(5 * phi);
}

/** Straight distance between two points, metres. */
export function distanceM(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const lat = (lat1 + lat2) / 2;
  const north = (lat2 - lat1) * metresPerDegreeLat(lat);
  const east = (lon2 - lon1) * metresPerDegreeLon(lat);
  // Not Math.hypot, which is ten times slower.
  return Math.sqrt(east * east + north * north);
}

/** Length of each segment is its straight distance. `from` and `to` are point indices, `to` inclusive. */
export function lengthM(lats: Float64Array, lons: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += distanceM(lats[i]!, lons[i]!, lats[i + 1]!, lons[i + 1]!);
  return sum;
}

/** Direction from one point to another, degrees clockwise from north, 0 ≤ b < 360. */
export function bearing(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const lat = (lat1 + lat2) / 2;
  const east = (lon2 - lon1) * metresPerDegreeLon(lat);
  const north = (lat2 - lat1) * metresPerDegreeLat(lat);
  return (Math.atan2(east, north) / RADIANS + 360) % 360;
}

/** Nearest point of a segment. */
export interface Projection {
  /** 0 at the segment's start, 1 at its end. */
  share: number;
  distanceM: number;
  /** +1 when the point lies left of the segment's direction, −1 right, 0 within `ON_LINE_M` of its line. */
  side: -1 | 0 | 1;
}

/** A point this near to a line has no side of it. */
export const ON_LINE_M = 1.5;

/** Projects a point onto the segment (lat1, lon1) → (lat2, lon2); `kx`, `ky` are metres a degree at the point. */
export function project(
  lat: number,
  lon: number,
  lat1: number,
  lon1: number,
  lat2: number,
  lon2: number,
  kx: number,
  ky: number,
): Projection {
  const px = (lon - lon1) * kx;
  const py = (lat - lat1) * ky;
  const dx = (lon2 - lon1) * kx;
  const dy = (lat2 - lat1) * ky;
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
  const east = px - share * dx;
  const north = py - share * dy;
  const distance = Math.sqrt(east * east + north * north);
  const cross = dx * py - dy * px;
  return { share, distanceM: distance, side: distance <= ON_LINE_M ? 0 : cross > 0 ? 1 : cross < 0 ? -1 : 0 };
}

/** Is the point inside the ring (even–odd rule)? `ring` is [lon, lat] points, closed or not. */
export function insideRing(lat: number, lon: number, ring: readonly (readonly [number, number])[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
