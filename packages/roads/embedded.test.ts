import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type LatLon, RoadError, type RoadNetwork } from "@trivium/model";
import { describe, expect, test } from "vitest";
import { distanceM } from "./geometry.ts";
import { openMap, openRoads, prepareMap } from "./index.ts";
import { drawTown } from "./testing/drawn-town.ts";

const residential = { highway: "residential" };
const town = drawTown({
  places: { A: [0, 0], B: [600, 0], C: [600, 600], D: [0, 600], M: [0, -500], N: [600, -500] },
  ways: {
    south: ["A B", { ...residential, name: "South Street" }],
    east: ["B C", { highway: "tertiary", name: "East Road" }],
    north: ["C D", residential],
    west: ["D A", { ...residential, oneway: "yes" }],
    trunk: ["M N", { highway: "trunk" }],
    ramps: ["A M", { highway: "trunk_link" }],
    ramp2: ["N B", { highway: "trunk_link" }],
    path: ["A C", { highway: "footway" }],
  },
});
const roads = await openMap(town.path);

test("nearest tells roads for buses, for boarding and for walkers apart", async () => {
  const beside = town.point(300, -480);
  const [bus] = await roads.nearest([beside], "bus", 1000);
  expect(bus).toMatchObject({ roadClass: "trunk", street: "trunk", osmWayId: town.wayId("trunk") });
  expect(bus!.distanceM).toBeCloseTo(20, 1);
  expect((await roads.nearest([beside], "board", 1000))[0]).toMatchObject({ street: "South Street" });
  expect((await roads.nearest([beside], "board", 400))[0]).toBeNull();
  expect((await roads.nearest([town.point(310, 300)], "walk", 1000))[0]).toMatchObject({ roadClass: "footway" });
});

test("nearest lies on the segment, not at its ends", async () => {
  const [snap] = await roads.nearest([town.point(150, 40)], "bus", 100);
  expect(distanceM(snap!.lat, snap!.lon, town.point(150, 0).lat, town.point(150, 0).lon)).toBeLessThan(0.1);
});

test("stop places stand at corners and along long blocks of streets where buses stop, under ids that stay", async () => {
  const places = await roads.stopPlaces([town.at("A")], 10_000);
  const corners = places.filter((place) => place.corner);
  expect(corners.map((place) => place.title)).toEqual(["South Street & west", "East Road & South Street"]);
  const south = places.filter((place) => place.title === "South Street");
  expect(south.map((place) => place.id)).toEqual([1, 2, 3].map((i) => `w${town.wayId("south")}n1-${i}`));
  expect(places.every((place) => !place.title.includes("trunk") && !place.title.includes("ramp"))).toBe(true);
  expect(await roads.stopPlaces([town.at("A")], 149)).toEqual(places.filter((place) => place.id === corners[0]!.id));
  const [snaps] = [await roads.nearest(places, "board", 1)];
  expect(snaps.every((snap) => snap !== null)).toBe(true);
});

test("a drive's line begins and ends at the road points and is as long as its legs say", async () => {
  const drive = await roads.drive([town.point(100, 5), town.point(605, 300), town.point(300, 600)], 0);
  expect(drive.legs).toHaveLength(2);
  expect(lineM(drive.coordinates)).toBeCloseTo(
    drive.legs.reduce((sum, leg) => sum + leg.distanceM, 0),
    0,
  );
  expect(drive.coordinates[0]![1]).toBeCloseTo(town.at("A").lat, 5);
});

test("points off the map have no way in a matrix, and are named in a drive", async () => {
  const far = town.point(50_000, 0);
  const matrix = await roads.matrix([town.at("A"), far], [town.at("B"), far], 0);
  expect([...matrix.durationsS].map(Number.isNaN)).toEqual([false, true, true, true]);
  expect([...matrix.distancesM].map(Number.isNaN)).toEqual([false, true, true, true]);
  await expect(roads.drive([town.at("A"), far], 0)).rejects.toMatchObject({ code: "off-map", path: "points/1" });
});

test("a district without a map, and one whose map changed since it was read, are refused", async () => {
  const { map: _, ...without } = town.district();
  await expect(openRoads(without)).rejects.toBeInstanceOf(RoadError);
  const other = drawTown({ places: { A: [0, 0], B: [9, 9] }, ways: { w: ["A B", residential] } });
  await expect(
    openRoads({ ...town.district(), map: other.district().map && { ...other.district().map!, sha256: "0" } }),
  ).rejects.toMatchObject({ code: "map-changed" });
  await expect(openMap("nowhere.osm.pbf")).rejects.toMatchObject({ code: "map-missing" });
  const paths = drawTown({ places: { A: [0, 0], B: [9, 9] }, ways: { w: ["A B", { highway: "footway" }] } });
  await expect(openMap(paths.path)).rejects.toMatchObject({ code: "map-without-roads" });
});

test("another map may be laid under a district", async () => {
  const other = drawTown({ places: { A: [0, 0], B: [900, 0] }, ways: { lane: ["A B", residential] } });
  const laid = await openRoads(town.district(), { mapPath: other.path });
  expect((await laid.nearest([town.at("A")], "bus", 10))[0]!.street).toBe("lane");
  expect(laid.identity).toMatchObject({ engine: "embedded", bands: ["00:00"] });
});

test("preparation reports its progress and stops when cancelled", async () => {
  const shares: number[] = [];
  await prepareMap(town.path, { onProgress: (share) => shares.push(share) });
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  await expect(prepareMap(town.path, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
});

describe.each([
  ["harrisburg-pa", { lat: 40.263, lon: -76.812 }, 0.06],
  ["porto-metro", { lat: 41.16, lon: -8.62 }, 0.05],
])("on real roads (%s; skipped where the extract is absent)", (name, centre, spread) => {
  const path = fileURLToPath(new URL(`../../../shared/data/osm/${name}.osm.pbf`, import.meta.url));
  const present = existsSync(path);
  const opened: Promise<RoadNetwork> | undefined = present ? openMap(path) : undefined;

  /** Points on streets, spread over the town in a fixed pattern. */
  async function streetPoints(network: RoadNetwork, count: number): Promise<LatLon[]> {
    const asked = Array.from({ length: count * 2 }, (_, i) => ({
      lat: centre.lat + spread * (((i * 0.618034) % 1) - 0.5),
      lon: centre.lon + spread * (((i * 0.754878) % 1) - 0.5),
    }));
    return (await network.nearest(asked, "board", 300)).filter((snap) => snap !== null).slice(0, count);
  }

  test.skipIf(!present)("matrix and drive say the same of every pair, and lines are as long as they say", async () => {
    const network = await opened!;
    const points = await streetPoints(network, 24);
    const matrix = await network.matrix(points, points, 8 * 3600);
    for (let i = 0; i < points.length; i++) {
      for (let j = 0; j < points.length; j++) {
        const { legs, coordinates } = await network.drive([points[i]!, points[j]!], 8 * 3600);
        expect(legs[0]!.durationS).toBe(matrix.durationsS[i * points.length + j]);
        expect(legs[0]!.distanceM).toBe(matrix.distancesM[i * points.length + j]);
        expect(Math.abs(lineM(coordinates) - legs[0]!.distanceM)).toBeLessThan(3 + coordinates.length * 0.06);
      }
    }
  });

  test.skipIf(!present)(
    "every place on the net reaches every other, in no less than the straight line takes",
    async () => {
      const network = await opened!;
      const points = await streetPoints(network, 60);
      const { durationsS, distancesM } = await network.matrix(points, points, 0);
      expect(points).toHaveLength(60);
      points.forEach((from, i) => {
        points.forEach((to, j) => {
          const straight = distanceM(from.lat, from.lon, to.lat, to.lon);
          expect(distancesM[i * 60 + j]).toBeGreaterThanOrEqual(straight * 0.998 - 2);
          expect(durationsS[i * 60 + j]).toBeGreaterThanOrEqual(straight / (88 / 3.6) - 1);
        });
      });
    },
  );

  test.skipIf(!present)("a stricter crossing rule never shortens a walk, and walking back is as long", async () => {
    const network = await opened!;
    const [origin, ...homes] = await streetPoints(network, 40);
    const near = homes.map((_, i) => ({ lat: origin!.lat + 0.0004 * (i % 7), lon: origin!.lon - 0.0005 * (i % 5) }));
    let before = new Float64Array(near.length).fill(0);
    for (const mayCross of ["arterial", "collector", "residential", "none"] as const) {
      const walked = await network.walk(origin!, near, { limitM: 3000, mayCross });
      for (let i = 0; i < near.length; i++) {
        const [back] = await network.walk(near[i]!, [origin!], { limitM: 3000, mayCross });
        expect(Number.isNaN(back)).toBe(Number.isNaN(walked[i]));
        if (Number.isNaN(walked[i])) continue;
        expect(back).toBeCloseTo(walked[i]!, 6);
        expect(walked[i]).toBeGreaterThanOrEqual(before[i]! - 1e-6);
      }
      before = walked.map((metres) => (Number.isNaN(metres) ? Infinity : metres));
    }
  });
});

function lineM(line: readonly (readonly [number, number])[]): number {
  return line.slice(1).reduce((sum, [lon, lat], i) => sum + distanceM(line[i]![1], line[i]![0], lat, lon), 0);
}
