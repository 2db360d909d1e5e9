import type { Point } from "./plane.ts";

/** Something that streets do not cross but at bridges: `side` is above zero on one side of it, below on the other; about metres. */
export interface Barrier {
  readonly side: (at: Point) => number;
  /** Nothing is built this near. */
  readonly clearM: number;
}

/** The river winds from north to south, west of the middle. */
export const riverX = (y: number): number => -1700 + 520 * Math.sin(y / 1500) + 160 * Math.sin(y / 610);
/** The highway runs from west to east, north of the middle. */
export const highwayY = (x: number): number => 2650 + 0.05 * x + 190 * Math.sin(x / 1900);

export const RIVER: Barrier = { side: ({ x, y }) => x - riverX(y), clearM: 50 };
export const HIGHWAY: Barrier = { side: ({ x, y }) => y - highwayY(x), clearM: 75 };

export const crosses = (barrier: Barrier, a: Point, b: Point): boolean => barrier.side(a) > 0 !== barrier.side(b) > 0;

export const tooNear = (at: Point): boolean =>
  Math.abs(RIVER.side(at)) < RIVER.clearM || Math.abs(HIGHWAY.side(at)) < HIGHWAY.clearM;

export const cut = (a: Point, b: Point): boolean => crosses(RIVER, a, b) || crosses(HIGHWAY, a, b);
