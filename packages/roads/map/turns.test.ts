import { expect, test } from "vitest";
import { openMap } from "../index.ts";
import { type Drawing, drawTown } from "../testing/drawn-town.ts";
import { buildRoadMap } from "./build.ts";

const residential = { highway: "residential" };

/** A crossroads at O with arms of 500 m, each ending in a loop so that buses can turn round. */
const crossroads: Drawing = {
  places: {
    O: [0, 0],
    N: [0, 500],
    E: [500, 0],
    S: [0, -500],
    W: [-500, 0],
  },
  ways: {
    north: ["O N", residential],
    east: ["O E", residential],
    south: ["S O", residential],
    west: ["W O", residential],
  },
};

async function drive(drawing: Drawing, from: string, to: string) {
  const town = drawTown(drawing);
  const roads = await openMap(town.path);
  const result = await roads.drive([town.at(from), town.at(to)], 8 * 3600);
  return result.legs[0]!;
}

/** 500 m at 28 km/h, as the engine rounds it. */
const ARM_S = Math.round((500 / 28) * 3600) / 1000;

test("going straight over costs nothing, a right turn 3 s, a left turn 8 s", async () => {
  expect((await drive(crossroads, "S", "N")).durationS).toBeCloseTo(2 * ARM_S, 1);
  expect((await drive(crossroads, "S", "E")).durationS).toBeCloseTo(2 * ARM_S + 3, 1);
  expect((await drive(crossroads, "S", "W")).durationS).toBeCloseTo(2 * ARM_S + 8, 1);
});

test("a signal at the junction costs 4 s, one before it as well", async () => {
  const places = { ...crossroads.places, O: [0, 0, { highway: "traffic_signals" }] as const };
  expect((await drive({ ...crossroads, places }, "S", "N")).durationS).toBeCloseTo(2 * ARM_S + 4, 1);
  const before = { ...crossroads.places, P: [0, -10, { highway: "traffic_signals" }] as const };
  const ways = { ...crossroads.ways, south: ["S P O", residential] as const };
  expect((await drive({ ...crossroads, places: before, ways }, "S", "N")).durationS).toBeCloseTo(2 * ARM_S + 4, 1);
});

test("a forbidden left turn is driven by way of the next place to turn round", async () => {
  const restricted: Drawing = { ...crossroads, restrictions: [["south O west", "no_left_turn"]] };
  const leg = await drive(restricted, "S", "W");
  // To the dead end in the east (nearest in time: right 3 s, back 30 s, straight over), then west.
  expect(leg.distanceM).toBeCloseTo(2000, -1);
  expect(leg.durationS).toBeCloseTo(4 * ARM_S + 3 + 30, 1);
});

test("buses that are excepted turn left all the same", async () => {
  const excepted: Drawing = { ...crossroads, restrictions: [["south O west", "no_left_turn", { except: "psv" }]] };
  expect((await drive(excepted, "S", "W")).distanceM).toBeCloseTo(1000, -1);
});

test("only_straight_on bars both turns", async () => {
  const only: Drawing = { ...crossroads, restrictions: [["south O north", "only_straight_on"]] };
  expect((await drive(only, "S", "N")).distanceM).toBeCloseTo(1000, -1);
  expect((await drive(only, "S", "E")).distanceM).toBeCloseTo(2000, -1);
  expect((await drive(only, "S", "W")).distanceM).toBeCloseTo(2000, -1);
});

test("a ban on U-turns from a way onto itself does not bar going straight on along it", async () => {
  const drawing: Drawing = {
    ...crossroads,
    ways: { axis: ["S O N", residential], east: ["O E", residential], west: ["W O", residential] },
    restrictions: [["axis O axis", "no_u_turn"]],
  };
  expect((await drive(drawing, "S", "N")).distanceM).toBeCloseTo(1000, -1);
});

test("a bus does not turn round at a junction, only where the street ends", async () => {
  const town = drawTown(crossroads);
  const roads = await openMap(town.path);
  // A leg may begin in either direction of the street that a stop lies on.
  const back = await roads.drive([town.point(0, -300), town.point(0, -400)], 0);
  expect(back.legs[0]!.distanceM).toBeCloseTo(100, -1);
  const oneWay = {
    ...crossroads,
    ways: { ...crossroads.ways, south: ["S O", { ...residential, oneway: "yes" }] as const },
  };
  const loop = drawTown({
    ...oneWay,
    places: { ...oneWay.places, R: [800, 0] },
    ways: { ...oneWay.ways, ring: ["N R S", residential] },
  });
  const around = await (await openMap(loop.path)).drive([loop.point(0, -300), loop.point(0, -400)], 0);
  // Up to O, on to N, back by the ring to S, and up again: 300 + 500 + 2 × 943.4 + 100.
  expect(around.legs[0]!.distanceM).toBeCloseTo(2786.8, -1);
});

test("a one-way street is driven one way, a one-way with -1 the other", async () => {
  const ring = (oneway: string): Drawing => ({
    places: { A: [0, 0], B: [400, 0], C: [400, 400], D: [0, 400] },
    ways: {
      short: ["A B", { ...residential, oneway }],
      long: ["B C D A", residential],
    },
  });
  expect((await drive(ring("yes"), "A", "B")).distanceM).toBeCloseTo(400, -1);
  expect((await drive(ring("yes"), "B", "A")).distanceM).toBeCloseTo(1200, -1);
  expect((await drive(ring("-1"), "A", "B")).distanceM).toBeCloseTo(1200, -1);
});

test("a locked gate splits the street, a bus gate does not", async () => {
  const gated = (tags: Record<string, string>): Drawing => ({
    places: { A: [0, 0], G: [200, 0, tags], B: [400, 0], C: [400, 900], D: [0, 900] },
    ways: { short: ["A G B", residential], long: ["B C D A", residential] },
  });
  expect((await drive(gated({ barrier: "gate" }), "A", "B")).distanceM).toBeCloseTo(2200, -1);
  expect((await drive(gated({ barrier: "gate", bus: "yes" }), "A", "B")).distanceM).toBeCloseTo(400, -1);
});

test("streets that cannot be left again are no part of the bus net, and are reported", async () => {
  const town = drawTown({
    places: { A: [0, 0], B: [400, 0], C: [400, 400], T: [800, 0], X: [5000, 0], Y: [5100, 0] },
    ways: {
      ring: ["A B C A", residential],
      trap: ["B T", { ...residential, oneway: "yes" }],
      island: ["X Y", residential],
    },
  });
  const { report } = await buildRoadMap(town.path, "hash");
  expect(report).toMatchObject({ ways: 3, busStreets: 2, busStreetsCutOff: 2 });
  const roads = await openMap(town.path);
  expect((await roads.nearest([town.at("T")], "bus", 1000))[0]!.street).toBe("ring");
  expect((await roads.nearest([town.at("X")], "bus", 1000))[0]).toBeNull();
});

test("a turn barred to those who come over a way is free to all others", async () => {
  // East along Left Road, up Middle Street and back west is barred: a U-turn over the two halves of a road.
  const dual: Drawing = {
    places: {
      A: [-500, 0],
      B: [0, 0],
      C: [500, 0],
      D: [0, 40],
      E: [-500, 40],
      F: [500, 40],
      G: [0, 500],
      H: [0, -500],
    },
    ways: {
      eastward: ["A B C", { ...residential, oneway: "yes" }],
      westward: ["F D E", { ...residential, oneway: "yes" }],
      middle: ["B D", residential],
      north: ["D G", residential],
      south: ["H B", residential],
      links: ["C F", residential],
      back: ["E A", residential],
    },
  };
  const barred: Drawing = { ...dual, restrictions: [["eastward middle westward", "no_u_turn"]] };
  const away = async (drawing: Drawing, from: readonly [number, number], to: readonly [number, number]) => {
    const town = drawTown(drawing);
    const roads = await openMap(town.path);
    return (await roads.drive([town.point(...from), town.point(...to)], 0)).legs[0]!.distanceM;
  };
  expect(await away(dual, [-100, 0], [-100, 40])).toBeCloseTo(240, -1);
  // On to C, over to F, and back.
  expect(await away(barred, [-100, 0], [-100, 40])).toBeCloseTo(1240, -1);
  // From the south over Middle Street the same turn is free, and so is going on north.
  expect(await away(barred, [0, -100], [-100, 40])).toBeCloseTo(240, -1);
  expect(await away(barred, [-100, 0], [0, 140])).toBeCloseTo(240, -1);
  // Middle Street itself can be driven to by those who may not turn at its end.
  expect(await away(barred, [-100, 0], [0, 20])).toBeCloseTo(120, -1);
  const { report } = await buildRoadMap(drawTown(barred).path, "hash");
  expect(report).toMatchObject({ restrictions: 1, restrictionsSkipped: 0 });
  const only: Drawing = { ...dual, restrictions: [["eastward middle north", "only_straight_on"]] };
  expect(await away(only, [-100, 0], [-100, 40])).toBeCloseTo(1240, -1);
  expect(await away(only, [0, -100], [-100, 40])).toBeCloseTo(240, -1);
});

test("restrictions via a node or way where the ways that they name do not meet are counted as not followed", async () => {
  const town = drawTown({
    ...crossroads,
    restrictions: [
      ["south N west", "no_left_turn"],
      ["south O west", "no_left_turn"],
      ["south north west", "no_u_turn"],
    ],
  });
  const { report } = await buildRoadMap(town.path, "hash");
  expect(report).toMatchObject({ restrictions: 1, restrictionsSkipped: 2 });
});
