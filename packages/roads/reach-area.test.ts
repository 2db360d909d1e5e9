import { expect, test } from "vitest";
import { insideRing } from "./geometry.ts";
import { openMap } from "./index.ts";
import { areaAround } from "./reach-area.ts";
import { drawTown } from "./testing/drawn-town.ts";

const residential = { highway: "residential" };

/** Shoelace, in square degrees: positive for rings that run anticlockwise. */
const turning = (ring: readonly (readonly [number, number])[]) =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0);

test("outer rings run anticlockwise, holes clockwise, all are closed, and a block's inside is no hole while a lake is", async () => {
  const square = (east: number, size: number) => ({
    [`a${east}`]: [east, 0] as const,
    [`b${east}`]: [east + size, 0] as const,
    [`c${east}`]: [east + size, size] as const,
    [`d${east}`]: [east, size] as const,
  });
  const town = drawTown({
    places: { ...square(0, 300), ...square(2000, 2000) },
    ways: {
      block: ["a0 b0 c0 d0 a0", residential],
      lake: ["a2000 b2000 c2000 d2000 a2000", residential],
      road: ["b0 a2000", residential],
    },
  });
  const roads = await openMap(town.path);
  const [whole] = await roads.isochrone(town.point(150, 0), [3600], 0);
  expect(whole!.area).toHaveLength(1);
  const [outer, ...holes] = whole!.area[0]!;
  expect(holes).toHaveLength(1);
  expect(turning(outer!)).toBeGreaterThan(0);
  expect(turning(holes[0]!)).toBeLessThan(0);
  for (const ring of whole!.area[0]!) expect(ring[0]).toEqual(ring.at(-1));
  const holds = (east: number, north: number) => {
    const { lat, lon } = town.point(east, north);
    return insideRing(lat, lon, outer!) && !holes.some((hole) => insideRing(lat, lon, hole));
  };
  expect([holds(150, 150), holds(150, -50), holds(1000, 50)]).toEqual([true, true, true]);
  expect([holds(3000, 1000), holds(150, -150), holds(1000, 150)]).toEqual([false, false, false]);
});

test("nothing reached is no area", () => {
  expect(areaAround([])).toEqual([]);
});

test("a point off the map has no isochrone", async () => {
  const town = drawTown({ places: { A: [0, 0], B: [300, 0] }, ways: { w: ["A B", residential] } });
  const roads = await openMap(town.path);
  await expect(roads.isochrone(town.point(0, 9000), [60], 0)).rejects.toMatchObject({
    code: "off-map",
    values: { distanceM: expect.closeTo(9000, -2) },
  });
});
