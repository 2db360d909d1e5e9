import fc from "fast-check";
import { expect, test } from "vitest";
import { openMap } from "../index.ts";
import { type Drawing, drawTown } from "../testing/drawn-town.ts";

const street = (name: string, more: Record<string, string> = {}) => ({ highway: "residential", name, ...more });

async function sheet(drawing: Drawing, ...places: string[]): Promise<(string | undefined)[]> {
  const town = drawTown(drawing);
  const roads = await openMap(town.path);
  const { legs } = await roads.drive(
    places.map((place) => town.at(place)),
    0,
    { steps: true },
  );
  return legs.flatMap(({ steps }) => steps!.map(({ instruction }) => instruction));
}

const crossroads: Drawing = {
  places: { O: [0, 0], N: [0, 500], E: [500, 0], S: [0, -500], W: [-500, 0], F: [900, 300] },
  ways: {
    north: ["O N", street("North Street")],
    east: ["O E", street("East Street")],
    bend: ["E F", street("Hill Road")],
    south: ["S O", street("South Street")],
    west: ["W O", street("West Street")],
  },
};

test("turns are told with the street that they lead into, a change of name where the road goes on", async () => {
  expect(await sheet(crossroads, "S", "W")).toEqual([
    "Set out on South Street",
    "Turn left onto West Street",
    "Arrive on West Street",
  ]);
  expect(await sheet(crossroads, "S", "F")).toEqual([
    "Set out on South Street",
    "Turn right onto East Street",
    "Continue on Hill Road",
    "Arrive on Hill Road",
  ]);
  expect(await sheet(crossroads, "S", "N")).toEqual([
    "Set out on South Street",
    "Continue on North Street",
    "Arrive on North Street",
  ]);
});

test("a street that goes on under its name is one step, past side streets and round bends without a choice", async () => {
  const long: Drawing = {
    places: { A: [0, 0], B: [300, 0], C: [600, 0], D: [600, 400], X: [300, -200] },
    ways: { main: ["A B C D", street("Main Street")], side: ["B X", street("Side Street")] },
  };
  expect(await sheet(long, "A", "D")).toEqual(["Set out on Main Street", "Arrive on Main Street"]);
});

test("where roads fork the driver is told which to keep to", async () => {
  const fork: Drawing = {
    places: { A: [0, 0], B: [400, 0], L: [800, 130], R: [800, -130] },
    ways: {
      main: ["A B", street("Main Street")],
      left: ["B L", street("Upper Road")],
      right: ["B R", street("Lower Road")],
    },
  };
  expect((await sheet(fork, "A", "L"))[1]).toBe("Keep left onto Upper Road");
  expect((await sheet(fork, "A", "R"))[1]).toBe("Keep right onto Lower Road");
});

test("at a roundabout the exits are counted, and it is one step with the street behind it", async () => {
  const round: Drawing = {
    places: {
      s: [0, -20],
      e: [20, 0],
      n: [0, 20],
      w: [-20, 0],
      S: [0, -400],
      E: [400, 0],
      N: [0, 400],
      W: [-400, 0],
    },
    ways: {
      ring: ["s e n w s", { highway: "residential", junction: "roundabout" }],
      south: ["S s", street("South Street")],
      east: ["e E", street("East Street")],
      north: ["n N", street("North Street")],
      west: ["w W", street("West Street")],
    },
  };
  expect(await sheet(round, "S", "E")).toEqual([
    "Set out on South Street",
    "At the roundabout take the first exit onto East Street",
    "Arrive on East Street",
  ]);
  expect((await sheet(round, "S", "W"))[1]).toBe("At the roundabout take the third exit onto West Street");
  expect((await sheet(round, "S", "S"))[0]).toBe("Set out on South Street");
});

test("the bus turns round at a dead end only, and is told so", async () => {
  const end: Drawing = {
    ...crossroads,
    restrictions: [["south O west", "no_left_turn"]],
  };
  expect(await sheet(end, "S", "W")).toContain("Turn round on North Street");
  const lines = await sheet(crossroads, "S", "W", "N", "E", "F", "S");
  expect(lines.filter((line) => line!.startsWith("Turn round"))).toEqual([]);
});

test("on any drive the steps add up to their leg, begin where the one before ended, and name where they depart and arrive", async () => {
  const town = drawTown(crossroads);
  const roads = await openMap(town.path);
  const place = fc.tuple(fc.integer({ min: -500, max: 900 }), fc.integer({ min: -500, max: 500 }));
  await fc.assert(
    fc.asyncProperty(place, place, fc.boolean(), async (from, to, curb) => {
      const points = [town.point(...from), town.point(...to)];
      const { legs } = await roads.drive(points, 0, { steps: true, approach: curb ? "curb" : "either" });
      const { steps, distanceM, durationS } = legs[0]!;
      expect(steps!.reduce((sum, step) => sum + step.distanceM, 0)).toBeCloseTo(distanceM, 6);
      expect(steps!.reduce((sum, step) => sum + step.durationS, 0)).toBeCloseTo(durationS, 6);
      expect([steps![0]!.manoeuvre, steps!.at(-1)!.manoeuvre]).toEqual(["depart", "arrive"]);
      for (let i = 1; i < steps!.length; i++) {
        expect(steps![i]!.coordinates[0]).toEqual(steps![i - 1]!.coordinates.at(-1));
      }
    }),
    { numRuns: 100 },
  );
});
