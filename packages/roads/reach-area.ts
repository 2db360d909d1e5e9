import type { Coordinate, ReachedArea } from "@trivium/model";
import { insideRing, metresPerDegreeLat, metresPerDegreeLon } from "./geometry.ts";

/** A straight stretch of road or path that is reached. */
export type Stretch = readonly [from: Coordinate, to: Coordinate];

/** The area reaches this far beyond the roads. */
const MARGIN_M = 75;
/** Finest raster, and the most of its cells along one side. */
const CELL_M = 25;
const MOST_CELLS = 1500;
/** A hole smaller than this (the inside of a block) is no hole in an area. */
const HOLE_M2 = 200_000;

/**
 * The area around stretches of road, as the coordinates of a GeoJSON MultiPolygon (RFC 7946: outer rings anticlockwise, holes clockwise):
 * the points of a raster that lie within `MARGIN_M`, outlined by marching squares.
 */
export function areaAround(stretches: readonly Stretch[]): ReachedArea {
  if (stretches.length === 0) return [];
  const raster = new Raster(stretches);
  for (const stretch of stretches) raster.draw(stretch);
  raster.widen();
  return raster.polygons();
}

class Raster {
  private readonly west: number;
  private readonly south: number;
  private readonly cellM: number;
  private readonly kx: number;
  private readonly ky: number;
  private readonly columns: number;
  private readonly rows: number;
  /** Metres from the nearest road, a raster's way of measuring; later 1 inside, 0 outside. */
  private readonly far: Float32Array;

  constructor(stretches: readonly Stretch[]) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [lon, lat] of stretches.flat()) {
      [west, east] = [Math.min(west, lon), Math.max(east, lon)];
      [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    }
    this.kx = metresPerDegreeLon((south + north) / 2);
    this.ky = metresPerDegreeLat((south + north) / 2);
    const widest = Math.max((east - west) * this.kx, (north - south) * this.ky) + 4 * MARGIN_M;
    this.cellM = Math.max(CELL_M, widest / MOST_CELLS);
    const rim = MARGIN_M + 2 * this.cellM;
    this.west = west - rim / this.kx;
    this.south = south - rim / this.ky;
    this.columns = Math.ceil(((east - west) * this.kx + 2 * rim) / this.cellM) + 1;
    this.rows = Math.ceil(((north - south) * this.ky + 2 * rim) / this.cellM) + 1;
    this.far = new Float32Array(this.columns * this.rows).fill(Infinity);
  }

  draw([[lon1, lat1], [lon2, lat2]]: Stretch): void {
    const [x1, y1] = [((lon1 - this.west) * this.kx) / this.cellM, ((lat1 - this.south) * this.ky) / this.cellM];
    const [x2, y2] = [((lon2 - this.west) * this.kx) / this.cellM, ((lat2 - this.south) * this.ky) / this.cellM];
    const steps = Math.ceil(2 * Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1), 0.5));
    for (let i = 0; i <= steps; i++) {
      const [x, y] = [x1 + ((x2 - x1) * i) / steps, y1 + ((y2 - y1) * i) / steps];
      this.far[Math.round(y) * this.columns + Math.round(x)] = 0;
    }
  }

  /** Distances by two passes over the neighbours (chamfer), then inside or outside. */
  widen(): void {
    const { far, columns, rows, cellM } = this;
    const [side, diagonal] = [cellM, cellM * Math.SQRT2];
    const lower = (at: number, from: number, step: number) => {
      if (far[from]! + step < far[at]!) far[at] = far[from]! + step;
    };
    for (let y = 1; y < rows; y++) {
      for (let x = 1; x < columns - 1; x++) {
        const at = y * columns + x;
        lower(at, at - 1, side);
        lower(at, at - columns, side);
        lower(at, at - columns - 1, diagonal);
        lower(at, at - columns + 1, diagonal);
      }
    }
    for (let y = rows - 2; y >= 0; y--) {
      for (let x = columns - 2; x > 0; x--) {
        const at = y * columns + x;
        lower(at, at + 1, side);
        lower(at, at + columns, side);
        lower(at, at + columns + 1, diagonal);
        lower(at, at + columns - 1, diagonal);
      }
    }
    for (let i = 0; i < far.length; i++) far[i] = far[i]! <= MARGIN_M ? 1 : 0;
  }

  polygons(): ReachedArea {
    const rings = this.outlines().map((ring) => ({ ring, m2: this.areaM2(ring) }));
    const outer = rings.filter(({ m2 }) => m2 > 0).sort((a, b) => b.m2 - a.m2);
    const polygons = outer.map(({ ring }) => [ring]);
    for (const { ring, m2 } of rings) {
      if (m2 > -HOLE_M2) continue;
      // The smallest ring around it; they are sorted, the largest first.
      const around = outer.findLastIndex((each) => insideRing(ring[0]![1], ring[0]![0], each.ring));
      if (around >= 0) polygons[around]!.push(ring);
    }
    return polygons;
  }

  /** Closed lines between inside and outside, the inside to their left. Points lie halfway between two raster points, numbered 2 × place (+1 upward). */
  private outlines(): Coordinate[][] {
    const next = new Map<number, number[]>();
    const { far, columns, rows } = this;
    for (let y = 0; y + 1 < rows; y++) {
      for (let x = 0; x + 1 < columns; x++) {
        const at = y * columns + x;
        const kind = far[at]! + 2 * far[at + 1]! + 4 * far[at + columns + 1]! + 8 * far[at + columns]!;
        const edges = [2 * at, 2 * (at + 1) + 1, 2 * (at + columns), 2 * at + 1];
        for (const [from, to] of CROSSINGS[kind]!) {
          const known = next.get(edges[from]!);
          if (known) known.push(edges[to]!);
          else next.set(edges[from]!, [edges[to]!]);
        }
      }
    }
    const rings: Coordinate[][] = [];
    for (const start of next.keys()) {
      while ((next.get(start)?.length ?? 0) > 0) {
        const ring: number[] = [start];
        for (let at = next.get(start)!.pop()!; at !== start; at = next.get(at)!.pop()!) ring.push(at);
        rings.push(this.ring(ring));
      }
    }
    return rings;
  }

  /** Closed, without points on a straight line between their neighbours. */
  private ring(edges: readonly number[]): Coordinate[] {
    const points = edges.map((edge): readonly [number, number] => {
      const at = edge >> 1;
      const half = (edge & 1) === 0 ? [0.5, 0] : [0, 0.5];
      return [(at % this.columns) + half[0]!, Math.floor(at / this.columns) + half[1]!];
    });
    const corners = points.filter(([x, y], i) => {
      const [x0, y0] = points[(i + points.length - 1) % points.length]!;
      const [x1, y1] = points[(i + 1) % points.length]!;
      return (x - x0) * (y1 - y) !== (y - y0) * (x1 - x);
    });
    const ring = corners.map(
      ([x, y]): Coordinate => [
        round(this.west + (x * this.cellM) / this.kx),
        round(this.south + (y * this.cellM) / this.ky),
      ],
    );
    return [...ring, ring[0]!];
  }

  /** Positive for rings that run anticlockwise. */
  private areaM2(ring: readonly Coordinate[]): number {
    let sum = 0;
    for (let i = 1; i < ring.length; i++) {
      const [[x0, y0], [x1, y1]] = [ring[i - 1]!, ring[i]!];
      sum += (x0 - this.west) * (y1 - this.south) - (x1 - this.west) * (y0 - this.south);
    }
    return (sum / 2) * this.kx * this.ky;
  }
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** By which corners of a square are inside (1 south-west, 2 south-east, 4 north-east, 8 north-west): lines from side to side (0 south, 1 east, 2 north, 3 west). */
const CROSSINGS: readonly (readonly (readonly [from: number, to: number])[])[] = [
  [],
  [[0, 3]],
  [[1, 0]],
  [[1, 3]],
  [[2, 1]],
  [
    [0, 3],
    [2, 1],
  ],
  [[2, 0]],
  [[2, 3]],
  [[3, 2]],
  [[0, 2]],
  [
    [1, 0],
    [3, 2],
  ],
  [[1, 2]],
  [[3, 1]],
  [[0, 1]],
  [[3, 0]],
  [],
];
