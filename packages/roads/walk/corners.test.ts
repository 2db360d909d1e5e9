import type { MayCross, WalkOptions } from "@trivium/model";
import { expect, test } from "vitest";
import { openMap, openRoads } from "../index.ts";
import { type Drawing, drawTown } from "../testing/drawn-town.ts";

const residential = { highway: "residential" };
const primary = { highway: "primary" };
const all: readonly MayCross[] = ["none", "residential", "collector", "arterial"];

type Point = readonly [eastM: number, northM: number];

/** Walks from one point to another under each of the four rules, whole metres, null where barred. */
async function walks(drawing: Drawing, from: Point, to: Point): Promise<(number | null)[]> {
  const town = drawTown(drawing);
  const roads = await openMap(town.path);
  const out = [];
  for (const mayCross of all) {
    const options: WalkOptions = { limitM: 5000, mayCross };
    const [there] = await roads.walk(town.point(...from), [town.point(...to)], options);
    const [back] = await roads.walk(town.point(...to), [town.point(...from)], options);
    expect(Number.isNaN(back)).toBe(Number.isNaN(there));
    if (!Number.isNaN(there)) expect(back).toBeCloseTo(there!, 6);
    out.push(Number.isNaN(there!) ? null : Math.round(there!));
  }
  return out;
}

/** Main street (primary) from west to east, a residential street over it from south to north. */
const crossing: Drawing = {
  places: { W: [-1000, 0], O: [0, 0], E: [1000, 0], S: [0, -1000], N: [0, 1000] },
  ways: { main: ["W O E", primary], side: ["S O N", residential] },
};

test("a path from one side of an arterial to the other is barred to those who may not cross it", async () => {
  expect(await walks(crossing, [10, -300], [10, 300])).toEqual([null, null, null, 620]);
});

test("walking along the near side of the arterial is no crossing", async () => {
  // 10 m to the side street, 300 m up, round the corner, 400 m along Main's south side, 10 m to the point.
  expect(await walks(crossing, [10, -300], [400, -10])).toEqual([720, 720, 720, 720]);
  expect(await walks(crossing, [10, -300], [400, 10])).toEqual([null, null, null, 720]);
});

test("a walker who comes along one side of an arterial cannot leave it on the other", async () => {
  const offset: Drawing = {
    places: { W: [-1000, 0], A: [0, 0], B: [300, 0], E: [1000, 0], S: [0, -500], N: [300, 500] },
    ways: { main: ["W A B E", primary], south: ["S A", residential], north: ["B N", residential] },
  };
  expect(await walks(offset, [-10, -200], [310, 200])).toEqual([null, null, null, 720]);
});

test("who may cross nothing stays on the home's side, even round the block", async () => {
  expect(await walks(crossing, [10, -300], [-10, -300])).toEqual([null, 20, 20, 20]);
  expect(await walks(crossing, [10, -300], [10, -500])).toEqual([220, 220, 220, 220]);
});

test("walking round the end of a street is crossing it", async () => {
  expect(await walks(crossing, [10, -900], [-10, -900])).toEqual([null, 20, 20, 20]);
});

test("passing the mouth of a side street crosses it on its side, not on the other", async () => {
  const stem: Drawing = {
    places: { W: [-500, 0], O: [0, 0], E: [500, 0], S: [0, -3000] },
    ways: { top: ["W O E", residential], stem: ["O S", { highway: "tertiary" }] },
  };
  expect(await walks(stem, [-200, 10], [200, 10])).toEqual([420, 420, 420, 420]);
  // On the stem's side: those who may cross the top street change sides, who may cross nothing cannot pass.
  expect(await walks(stem, [-200, -10], [200, -10])).toEqual([null, 420, 420, 420]);
});

test("a footpath that steps over a road in mid-block crosses it; one that ends at its kerb does not", async () => {
  const path: Drawing = {
    places: { W: [-3000, 0], O: [0, 0], E: [3000, 0], S: [0, -200], N: [0, 200] },
    ways: { main: ["W O E", { highway: "tertiary" }], path: ["S O N", { highway: "footway" }] },
  };
  expect(await walks(path, [0, -200], [0, 200])).toEqual([null, null, 400, 400]);
  expect(await walks(path, [0, -200], [300, -10])).toEqual([510, 510, 510, 510]);
});

test("a road that nobody may walk along still lies between its two sides", async () => {
  const trunk: Drawing = {
    places: { W: [-1000, 0], O: [0, 0], E: [1000, 0], S: [0, -700], N: [0, 700] },
    ways: { trunk: ["W O E", { highway: "trunk" }], side: ["S O N", residential] },
  };
  expect(await walks(trunk, [0, -300], [0, 300])).toEqual([null, null, null, 600]);
  const motorway = { ...trunk, ways: { ...trunk.ways, trunk: ["W O E", { highway: "motorway" }] as const } };
  expect(await walks(motorway, [0, -300], [0, 300])).toEqual([null, null, null, null]);
});

test("a bridge without a shared node crosses nothing", async () => {
  const bridge: Drawing = {
    places: { W: [-1000, 0], E: [1000, 0], S: [0, -700], N: [0, 700] },
    ways: { motorway: ["W E", { highway: "motorway" }], side: ["S N", residential] },
  };
  expect(await walks(bridge, [5, -300], [5, 300])).toEqual([610, 610, 610, 610]);
});

test("a stop at the junction itself is reached from any of its corners", async () => {
  expect(await walks(crossing, [10, -300], [0, 0])).toEqual([310, 310, 310, 310]);
  expect(await walks(crossing, [10, 300], [0, 0])).toEqual([310, 310, 310, 310]);
});

test("walks longer than the limit are not found, walks of its length are", async () => {
  const town = drawTown(crossing);
  const roads = await openMap(town.path);
  const walk = async (limitM: number) =>
    (await roads.walk(town.point(0, -300), [town.point(0, -900)], { limitM, mayCross: "arterial" }))[0]!;
  const exact = await walk(5000);
  expect(exact).toBeCloseTo(600, 0);
  expect(await walk(exact)).toBe(exact);
  expect(await walk(exact - 0.01)).toBeNaN();
});

test("a hazard road bars crossing and walking to the grades that it names", async () => {
  const town = drawTown(crossing);
  const district = town.district({
    hazards: [
      { osm_way_id: town.wayId("main"), kind: "no_cross", grades: "K|1|2" },
      { osm_way_id: town.wayId("side"), kind: "no_walk", grades: "K" },
    ],
  });
  const roads = await openRoads(district);
  const cross = async (grade?: string) =>
    (await roads.walk(town.point(0, -300), [town.point(0, 300)], { limitM: 2000, mayCross: "arterial", grade }))[0]!;
  expect(await cross("1")).toBeNaN();
  expect(await cross("K")).toBeNaN();
  expect(await cross("3")).toBeCloseTo(600, 0);
  expect(await cross()).toBeNaN();
  const [kindergarten] = await roads.walk(town.point(300, -5), [town.point(0, -300)], {
    limitM: 2000,
    mayCross: "arterial",
    grade: "K",
  });
  // For K the side street does not exist: from Main straight to the target, 300 m.
  expect(kindergarten).toBeCloseTo(5 + 300 + 300, 0);
});
