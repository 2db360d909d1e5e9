import fc from "fast-check";
import { expect, test } from "vitest";
import { distanceM } from "../geometry.ts";
import { buildRoadMap } from "../map/build.ts";
import { drawTown } from "../testing/drawn-town.ts";
import { SegmentIndex, segmentsOf } from "./segment-index.ts";

const town = drawTown({
  places: { A: [0, 0], B: [600, 0], C: [600, 600], D: [0, 600], P: [200, 250], Q: [400, 300], E: [900, -300] },
  ways: {
    ring: ["A B C D A", { highway: "residential" }],
    bend: ["A P Q C", { highway: "tertiary" }],
    spur: ["B E", { highway: "residential" }],
  },
});
const { bus } = await buildRoadMap(town.path, "index");
const index = new SegmentIndex(
  bus,
  segmentsOf(bus, () => true),
);

/** Nearest of points set every metre along every street. */
function nearestByHand(lat: number, lon: number, allowed: (street: number) => boolean): number {
  let best = Infinity;
  for (let street = 0; street < bus.from.length; street++) {
    if (!allowed(street)) continue;
    for (let i = bus.shapeStart[street]!; i + 1 < bus.shapeStart[street + 1]!; i++) {
      for (let share = 0; share <= 1; share += 1 / 512) {
        const at = (values: Float64Array) => values[i]! + share * (values[i + 1]! - values[i]!);
        best = Math.min(best, distanceM(lat, lon, at(bus.shapeLat), at(bus.shapeLon)));
      }
    }
  }
  return best;
}

const metres = fc.integer({ min: -1500, max: 2000 });

test("the nearest point is as near as any that can be found by hand, at any distance and for any choice of streets", () => {
  fc.assert(
    fc.property(metres, metres, fc.integer({ min: 1, max: 2 ** bus.from.length - 1 }), (east, north, choice) => {
      const { lat, lon } = town.point(east, north);
      const allowed = (street: number) => ((choice >> street) & 1) === 1;
      const found = index.nearest(lat, lon, 5000, allowed)!;
      expect(allowed(found.street)).toBe(true);
      const byHand = nearestByHand(lat, lon, allowed);
      expect(found.distanceM).toBeLessThanOrEqual(byHand * 1.001 + 0.01);
      expect(found.distanceM).toBeGreaterThan(byHand * 0.999 - 1);
      expect(distanceM(lat, lon, found.lat, found.lon)).toBeCloseTo(found.distanceM, 0);
    }),
    { numRuns: 60 },
  );
});

test("beyond the limit there is nothing, at the limit there is", () => {
  const { lat, lon } = town.point(300, -200);
  const { distanceM: exact } = index.nearest(lat, lon, 5000, () => true)!;
  expect(index.nearest(lat, lon, exact, () => true)).not.toBeNull();
  expect(index.nearest(lat, lon, exact - 0.001, () => true)).toBeNull();
});

test("the side of the street is told by its direction, and none on the line", () => {
  const spur = Array.from(bus.from.keys()).find((street) => bus.lengthM[street]! > 400 && bus.lengthM[street]! < 450)!;
  const only = (street: number) => street === spur;
  const side = (east: number, north: number) => {
    const { lat, lon } = town.point(east, north);
    return index.nearest(lat, lon, 500, only)!.side;
  };
  // The spur runs to the south-east: north-east of it is its left.
  expect(side(780, -120)).toBe(1);
  expect(side(720, -180)).toBe(-1);
  expect(side(750, -150)).toBe(0);
});

test("streets within a radius are those that come as near", () => {
  const { lat, lon } = town.point(300, -50);
  expect(index.within(lat, lon, 40).size).toBe(0);
  expect(index.within(lat, lon, 60).size).toBe(1);
  expect(index.within(lat, lon, 5000).size).toBe(bus.from.length);
});
