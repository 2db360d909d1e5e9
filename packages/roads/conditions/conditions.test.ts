import type { Dataset } from "@trivium/model";
import { describe, expect, test } from "vitest";
import { openRoads } from "../index.ts";
import { type Drawing, drawTown } from "../testing/drawn-town.ts";
import { bandAt } from "./conditions.ts";
import { bandStarts } from "./speed-factors.ts";

const residential = { highway: "residential" };
const hour = 3600;

/** A short way (800 m) and a long one (2,400 m) from A to C, the short one of two ways. */
const twoWays: Drawing = {
  places: { A: [0, 0], B: [400, 0], C: [800, 0], D: [800, 800], E: [0, 800], F: [-300, 300] },
  ways: {
    first: ["A B", { highway: "primary" }],
    second: ["B C", { highway: "primary_link" }],
    long: ["C D E A", residential],
    deadEnd: ["A F", residential],
  },
};
const town = drawTown(twoWays);

async function driven(tables: Partial<Dataset["tables"]>, departS = 8 * hour, areas?: unknown) {
  const roads = await openRoads(town.district(tables, areas));
  return (await roads.drive([town.point(5, 0), town.point(795, 0)], departS)).legs[0]!;
}

describe("closures", () => {
  test("take a way from the bus, so that the drive goes round", async () => {
    expect((await driven({})).distanceM).toBeCloseTo(790, -1);
    const leg = await driven({ closures: [{ osm_way_id: town.wayId("second"), from: "2027-09-01" }] });
    // Neither point lies on the closed way, but the target's nearest open street is now `long`.
    expect(leg.distanceM).toBeCloseTo(2405, -1);
  });

  test("by radius take every street with a point inside it", async () => {
    const { lat, lon } = town.point(600, 0);
    expect((await driven({ closures: [{ lat, lon, radius_m: 50 }] })).distanceM).toBeGreaterThan(2000);
    const beside = town.point(600, 60);
    expect((await driven({ closures: [{ ...beside, radius_m: 50 }] })).distanceM).toBeLessThan(1000);
  });

  // The district's school year is 2027-28.
  test.each([
    [{}, true],
    [{ from: "2027-06-01", to: "2027-06-30" }, false],
    [{ from: "2027-06-01", to: "2027-07-01" }, true],
    [{ from: "2028-06-30" }, true],
    [{ from: "2028-07-01" }, false],
    [{ to: "2027-01-01" }, false],
    [{ to: "2027-12-31" }, true],
  ])("with dates %o hold in the school year: %s", async (dates, holds) => {
    const leg = await driven({ closures: [{ osm_way_id: town.wayId("second"), ...dates }] });
    expect(leg.distanceM > 2000).toBe(holds);
  });

  test("are for traffic: walkers pass", async () => {
    const roads = await openRoads(town.district({ closures: [{ osm_way_id: town.wayId("second") }] }));
    const [metres] = await roads.walk(town.at("A"), [town.at("C")], { limitM: 2000, mayCross: "arterial" });
    expect(metres).toBeCloseTo(800, 0);
  });
});

test("a bus turns round before a barrier", async () => {
  // Both ends of the block A–B are left by A alone once B is shut: on from B towards A again.
  const roads = await openRoads(town.district({ closures: [{ osm_way_id: town.wayId("second") }] }));
  const ahead = await roads.matrix([town.at("B")], [town.at("A")], 0);
  expect(ahead.distancesM[0]).toBeCloseTo(400, -1);
  const cut = await openRoads(
    town.district({ closures: [{ osm_way_id: town.wayId("second") }, { osm_way_id: town.wayId("long") }] }),
  );
  const leg = (await cut.drive([town.point(-290, 290), town.point(390, 0)], 0)).legs[0]!;
  expect(leg.distanceM).toBeGreaterThan(700);
});

describe("hazard roads", () => {
  test("no_bus bars the bus as a closure does", async () => {
    expect(
      (await driven({ hazards: [{ osm_way_id: town.wayId("second"), kind: "no_bus" }] })).distanceM,
    ).toBeGreaterThan(2000);
  });

  test("no_stop lets it drive but not board", async () => {
    const roads = await openRoads(town.district({ hazards: [{ osm_way_id: town.wayId("first"), kind: "no_stop" }] }));
    const at = [town.point(200, 3)];
    expect((await roads.nearest(at, "bus", 500))[0]!.street).toBe("first");
    expect((await roads.nearest(at, "board", 500))[0]!.street).not.toBe("first");
    const places = await roads.stopPlaces([town.point(200, 0)], 5000);
    expect(places.filter((place) => place.id.startsWith(`w${town.wayId("first")}`))).toEqual([]);
  });
});

describe("speed factors", () => {
  const row = { from: 7 * hour, to: 9 * hour };

  test("slow a drive from their start, inclusive, to their end, exclusive", async () => {
    const free = (await driven({})).durationS;
    const half = { speed_factors: [{ ...row, factor: 0.5 }] };
    expect((await driven(half, 7 * hour - 1)).durationS).toBe(free);
    expect((await driven(half, 7 * hour)).durationS).toBeCloseTo(2 * free, 1);
    expect((await driven(half, 9 * hour - 1)).durationS).toBeCloseTo(2 * free, 1);
    expect((await driven(half, 9 * hour)).durationS).toBe(free);
  });

  test("of a class hold for its links too, and for no other class", async () => {
    const free = (await driven({})).durationS;
    expect((await driven({ speed_factors: [{ ...row, road_class: "primary", factor: 0.5 }] })).durationS).toBeCloseTo(
      2 * free,
      1,
    );
    expect((await driven({ speed_factors: [{ ...row, road_class: "residential", factor: 0.5 }] })).durationS).toBe(
      free,
    );
  });

  test("of several rows multiply", async () => {
    const free = (await driven({})).durationS;
    const rows = [
      { ...row, factor: 0.5 },
      { ...row, road_class: "primary", factor: 0.8 },
    ];
    expect((await driven({ speed_factors: rows })).durationS).toBeCloseTo(free / 0.4, 1);
  });

  test("of an area hold for streets whose middle lies in it", async () => {
    const corner = (east: number, north: number) => {
      const { lat, lon } = town.point(east, north);
      return [lon, lat];
    };
    const ring = [corner(-50, -50), corner(300, -50), corner(300, 50), corner(-50, 50), corner(-50, -50)];
    const areas = {
      type: "FeatureCollection",
      features: [{ type: "Feature", id: "west", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } }],
    };
    const rows = { speed_factors: [{ ...row, area: "west", factor: 0.5 }] };
    const [free, slow] = [(await driven({})).durationS, (await driven(rows, 8 * hour, areas)).durationS];
    // The first way's 395 m at 55 km/h take twice as long, the second's nothing more.
    expect(slow - free).toBeCloseTo((395 / 55) * 3.6, 0);
    await expect(driven({ speed_factors: [{ ...row, area: "east", factor: 0.5 }] }, 0, areas)).rejects.toMatchObject({
      code: "unknown-area",
    });
  });

  test("make bands at their starts and ends, from midnight on", () => {
    expect(bandStarts([])).toEqual([0]);
    expect(
      bandStarts([
        { from: 7 * hour, to: 9 * hour, factor: 1 },
        { from: 22 * hour, to: 30 * hour, factor: 1 },
      ]),
    ).toEqual([0, 6, 7, 9, 22].map((each) => each * hour));
    expect(bandAt([0, 7 * hour, 9 * hour], 9 * hour - 1)).toBe(1);
    expect(bandAt([0, 7 * hour], 31 * hour)).toBe(1);
  });

  test("over midnight hold before and after it", async () => {
    const free = (await driven({})).durationS;
    const night = { speed_factors: [{ from: 22 * hour, to: 6 * hour, factor: 0.5 }] };
    expect((await driven(night, 23 * hour)).durationS).toBeCloseTo(2 * free, 1);
    expect((await driven(night, 5 * hour)).durationS).toBeCloseTo(2 * free, 1);
    expect((await driven(night, 6 * hour)).durationS).toBe(free);
  });
});
