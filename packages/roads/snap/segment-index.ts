import Flatbush from "flatbush";
import { bearing, distanceM, metresPerDegreeLat, metresPerDegreeLon, project } from "../geometry.ts";
import type { Net } from "../map/road-map.ts";

/** Where a point meets a street. */
export interface StreetPoint {
  readonly street: number;
  /** Metres from the street's first point. */
  readonly alongM: number;
  readonly lat: number;
  readonly lon: number;
  /** Straight distance from the asked point. */
  readonly distanceM: number;
  /** Side of the street, looking along its points: +1 left, −1 right, 0 on the line. */
  readonly side: -1 | 0 | 1;
  /** Direction of the street there, along its points, degrees clockwise from north. */
  readonly headingDeg: number;
}

/** First box that is searched around a point, metres to each side; it grows fourfold. */
const FIRST_BOX_M = 60;

/** Boxes are single precision, which is 1.5e-5 at 180 degrees, and this much wider, so that they hold their segments. */
const SINGLE_DEG = 2e-5;

/** The straight segments of a net's streets with a packed R-tree over them; flat, so that it is stored with the map. */
export interface Segments {
  /** Street of each segment, and the segment's first point. */
  readonly streets: Uint32Array;
  readonly points: Uint32Array;
  /** Flatbush's bytes; none where there are no segments. */
  readonly tree: Uint8Array;
}

export function segmentsOf(net: Net, take: (street: number) => boolean): Segments {
  const streets: number[] = [];
  const points: number[] = [];
  for (let street = 0; street < net.from.length; street++) {
    if (!take(street)) continue;
    for (let point = net.shapeStart[street]!; point + 1 < net.shapeStart[street + 1]!; point++) {
      streets.push(street);
      points.push(point);
    }
  }
  if (points.length === 0) return { streets: new Uint32Array(), points: new Uint32Array(), tree: new Uint8Array() };
  const tree = new Flatbush(points.length, undefined, Float32Array);
  const { shapeLat: lat, shapeLon: lon } = net;
  for (const i of points) {
    tree.add(
      Math.min(lon[i]!, lon[i + 1]!) - SINGLE_DEG,
      Math.min(lat[i]!, lat[i + 1]!) - SINGLE_DEG,
      Math.max(lon[i]!, lon[i + 1]!) + SINGLE_DEG,
      Math.max(lat[i]!, lat[i + 1]!) + SINGLE_DEG,
    );
  }
  tree.finish();
  return { streets: Uint32Array.from(streets), points: Uint32Array.from(points), tree: new Uint8Array(tree.data) };
}

/** Spatial index over the straight segments of a net's streets. */
export class SegmentIndex {
  private readonly net: Net;
  private readonly tree: Flatbush | null;
  private readonly streets: Uint32Array;
  private readonly points: Uint32Array;

  constructor(net: Net, { streets, points, tree }: Segments) {
    this.net = net;
    this.streets = streets;
    this.points = points;
    this.tree = tree.length > 0 ? Flatbush.from(tree.buffer, tree.byteOffset) : null;
  }

  /** Nearest point of a street that `allowed` admits, within `maxM` (inclusive); of equally near ones the street with the lowest index. */
  nearest(lat: number, lon: number, maxM: number, allowed: (street: number) => boolean): StreetPoint | null {
    for (let reachM = Math.min(FIRST_BOX_M, maxM); ; reachM = Math.min(reachM * 4, maxM)) {
      const best = this.bestWithin(lat, lon, reachM, allowed);
      if (best !== null || reachM >= maxM) return best;
    }
  }

  /** Streets with a segment within `radiusM` of the point. */
  within(lat: number, lon: number, radiusM: number): Set<number> {
    const kx = metresPerDegreeLon(lat);
    const ky = metresPerDegreeLat(lat);
    const near = this.inBox(lat, lon, radiusM).filter(
      (segment) => this.projected(segment, lat, lon, kx, ky).distanceM <= radiusM,
    );
    return new Set(near.map((segment) => this.streets[segment]!));
  }

  private inBox(lat: number, lon: number, reachM: number): number[] {
    const dLon = reachM / metresPerDegreeLon(lat);
    const dLat = reachM / metresPerDegreeLat(lat);
    return this.tree?.search(lon - dLon, lat - dLat, lon + dLon, lat + dLat) ?? [];
  }

  private projected(segment: number, lat: number, lon: number, kx: number, ky: number) {
    const { shapeLat, shapeLon } = this.net;
    const i = this.points[segment]!;
    return project(lat, lon, shapeLat[i]!, shapeLon[i]!, shapeLat[i + 1]!, shapeLon[i + 1]!, kx, ky);
  }

  private bestWithin(
    lat: number,
    lon: number,
    reachM: number,
    allowed: (street: number) => boolean,
  ): StreetPoint | null {
    const kx = metresPerDegreeLon(lat);
    const ky = metresPerDegreeLat(lat);
    let best = -1;
    let bestM = reachM;
    for (const segment of this.inBox(lat, lon, reachM)) {
      if (!allowed(this.streets[segment]!)) continue;
      const { distanceM: far } = this.projected(segment, lat, lon, kx, ky);
      if (far < bestM || (far === bestM && (best < 0 || segment < best))) {
        best = segment;
        bestM = far;
      }
    }
    return best < 0 ? null : this.streetPoint(best, lat, lon, kx, ky);
  }

  private streetPoint(segment: number, lat: number, lon: number, kx: number, ky: number): StreetPoint {
    const { shapeLat, shapeLon, shapeStart } = this.net;
    const street = this.streets[segment]!;
    const point = this.points[segment]!;
    const found = this.projected(segment, lat, lon, kx, ky);
    let alongM = 0;
    for (let i = shapeStart[street]!; i < point; i++) {
      alongM += distanceM(shapeLat[i]!, shapeLon[i]!, shapeLat[i + 1]!, shapeLon[i + 1]!);
    }
    alongM += found.share * distanceM(shapeLat[point]!, shapeLon[point]!, shapeLat[point + 1]!, shapeLon[point + 1]!);
    return {
      street,
      alongM: Math.min(alongM, this.net.lengthM[street]!),
      lat: shapeLat[point]! + found.share * (shapeLat[point + 1]! - shapeLat[point]!),
      lon: shapeLon[point]! + found.share * (shapeLon[point + 1]! - shapeLon[point]!),
      distanceM: found.distanceM,
      side: found.side,
      headingDeg: bearing(shapeLat[point]!, shapeLon[point]!, shapeLat[point + 1]!, shapeLon[point + 1]!),
    };
  }
}
