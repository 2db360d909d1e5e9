import { expect, test } from "vitest";
import { bearing, distanceM, insideRing, project } from "./geometry.ts";

test("distances agree with Vincenty's on the ellipsoid", () => {
  // Karney's GeographicLib, WGS 84: 1 minute of latitude and of longitude at 40° N.
  expect(distanceM(40, -76, 40 + 1 / 60, -76)).toBeCloseTo(1850.59, 0);
  expect(distanceM(40, -76, 40, -76 + 1 / 60)).toBeCloseTo(1423.28, 0);
});

test("bearings run clockwise from north", () => {
  expect(bearing(40, -76, 40.01, -76)).toBeCloseTo(0, 6);
  expect(bearing(40, -76, 40, -75.99)).toBeCloseTo(90, 1);
  expect(bearing(40, -76, 39.99, -76)).toBeCloseTo(180, 6);
  expect(bearing(40, -76, 40, -76.01)).toBeCloseTo(270, 1);
});

test("a point beyond a segment's end is nearest to that end", () => {
  expect(project(0, 2, 0, 0, 0, 1, 100, 100)).toEqual({ share: 1, distanceM: 100, side: 0 });
  expect(project(1, 0.5, 0, 0, 0, 1, 100, 100)).toEqual({ share: 0.5, distanceM: 100, side: 1 });
  expect(project(1, 1, 2, 2, 2, 2, 100, 100).share).toBe(0);
});

test("inside and outside of a ring, closed or not", () => {
  const ring = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
  ] as const;
  expect(insideRing(1, 1, ring)).toBe(true);
  expect(insideRing(1, 3, ring)).toBe(false);
  expect(insideRing(1, 1, [...ring, ring[0]])).toBe(true);
});
