import type { Dataset, LatLon, RoadAbility, RoadEngine } from "@trivium/model";
import { expect } from "vitest";
import { distanceM } from "../geometry.ts";
import { PROFILE, SPEED_KMH, TURN_S } from "../profile.ts";
import { type Drawing, drawTown, type Town } from "./drawn-town.ts";

/** Opens a town's roads, with what a district lays on them, in the engine under test. */
export type Open = (town: Town, tables?: Partial<Dataset["tables"]>) => Promise<RoadEngine>;

/** What every road engine must do; where an engine declares that it cannot, the case is skipped with that reason. */
export interface ConformanceCase {
  readonly name: string;
  readonly needs?: readonly RoadAbility[];
  run(open: Open): Promise<void>;
}

const residential = { highway: "residential" };
const SPEED_M_S = SPEED_KMH.residential! / 3.6;
const HOUR = 3600;

/**
 * Two rows of three blocks, 400 m each way, with the roads that rules are about:
 *
 *     G ─ H ─ I ─ J      North Street;  G–D West Lane leads north only
 *     │   │   │   │      H–E Church Street: no left turn from Main Street east into it
 *     D ─ E ─ F ─ K      Main Street, signals at F
 *     │   │   │   │
 *     A ─ B ─ C ─ L      South Street;  C ─ X a dead end of 300 m;  B–E barred by a gate at M
 */
const DRAWING: Drawing = {
  places: {
    A: [0, 0],
    B: [400, 0],
    C: [800, 0],
    L: [1200, 0],
    D: [0, 400],
    E: [400, 400],
    F: [800, 400, { highway: "traffic_signals" }],
    K: [1200, 400],
    G: [0, 800],
    H: [400, 800],
    I: [800, 800],
    J: [1200, 800],
    X: [800, -300],
    M: [400, 200, { barrier: "gate" }],
    P: [-60, 600],
  },
  ways: {
    south: ["A B C L", { ...residential, name: "South Street" }],
    mainWest: ["D E", { ...residential, name: "Main Street" }],
    main: ["E F K", { ...residential, name: "Main Street" }],
    north: ["G H I J", { ...residential, name: "North Street" }],
    west: ["D G", { ...residential, name: "West Lane", oneway: "yes" }],
    westSouth: ["A D", { ...residential, name: "West Lane" }],
    gated: ["B M E", { ...residential, name: "Gate Street" }],
    church: ["E H", { ...residential, name: "Church Street" }],
    mill: ["C F I", { ...residential, name: "Mill Street" }],
    east: ["L K J", { ...residential, name: "East Road" }],
    end: ["C X", { ...residential, name: "Dead End" }],
    path: ["P D", { highway: "footway" }],
  },
  restrictions: [["mainWest E church", "no_left_turn"]],
};

const near = (value: number | undefined, expected: number, tolerance = 0.6) => {
  expect(Math.abs(value! - expected), `${value} is not ${expected} ± ${tolerance}`).toBeLessThanOrEqual(tolerance);
};

async function leg(roads: RoadEngine, from: LatLon, to: LatLon, departS = 12 * HOUR) {
  const { durationsS, distancesM } = await roads.matrix([from], [to], departS);
  return { durationS: durationsS[0]!, distanceM: distancesM[0]! };
}

let drawn: Town | undefined;
const town = (): Town => {
  drawn ??= drawTown(DRAWING);
  return drawn;
};
let viaWay: Town[] | undefined;
const at = (east: number, north: number) => town().point(east, north);

export const CASES: readonly ConformanceCase[] = [
  {
    name: "a drive along one street takes its length at the bus's speed",
    async run(open) {
      const roads = await open(town());
      const { durationS, distanceM: metres } = await leg(roads, at(50, 0), at(350, 0));
      near(metres, 300, 1);
      near(durationS, 300 / SPEED_M_S);
    },
  },
  {
    name: "a right turn, a left turn and going straight on cost what the profile says",
    async run(open) {
      const roads = await open(town());
      // From South Street eastward at C: left into Mill Street, right into Dead End, straight on.
      near((await leg(roads, at(700, 0), at(800, 100))).durationS, 200 / SPEED_M_S + TURN_S.left);
      near((await leg(roads, at(700, 0), at(800, -100))).durationS, 200 / SPEED_M_S + TURN_S.right);
      near((await leg(roads, at(700, 0), at(900, 0))).durationS, 200 / SPEED_M_S);
    },
  },
  {
    name: "a signal costs its wait, straight on and at a turn",
    async run(open) {
      const roads = await open(town());
      near((await leg(roads, at(700, 400), at(900, 400))).durationS, 200 / SPEED_M_S + TURN_S.signal);
      near((await leg(roads, at(700, 400), at(800, 300))).durationS, 200 / SPEED_M_S + TURN_S.signal + TURN_S.right);
    },
  },
  {
    name: "a one-way street is driven one way only",
    async run(open) {
      const roads = await open(town());
      near((await leg(roads, at(0, 450), at(0, 750))).distanceM, 300, 1);
      expect((await leg(roads, at(0, 750), at(0, 450))).distanceM).toBeGreaterThan(1200);
    },
  },
  {
    name: "a turn restriction bars its turn and no other",
    async run(open) {
      const roads = await open(town());
      // East along Main Street and left into Church Street is barred: right into Gate Street, round at the gate, and straight on.
      near((await leg(roads, at(300, 400), at(400, 500))).distanceM, 600, 2);
      // The right turn into it, coming from the other side, is free.
      near((await leg(roads, at(500, 400), at(400, 500))).durationS, 200 / SPEED_M_S + TURN_S.right);
    },
  },
  {
    name: "a restriction via a way bars its turn to those who come from where it says, and to nobody else",
    async run(open) {
      // A road in two halves, westward 40 m north of eastward, and Middle Street across both.
      const halves: Drawing = {
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
          eastward: ["A B", { ...residential, oneway: "yes" }],
          eastOn: ["B C", { ...residential, oneway: "yes" }],
          westward: ["F D", { ...residential, oneway: "yes" }],
          westOn: ["D E", { ...residential, oneway: "yes" }],
          middle: ["B D", residential],
          north: ["D G", residential],
          south: ["H B", residential],
          links: ["C F", residential],
          back: ["E A", residential],
        },
      };
      viaWay ??= ["no_u_turn westOn", "only_straight_on north"].map((rule) => {
        const [kind, to] = rule.split(" ") as [string, string];
        return drawTown({ ...halves, restrictions: [[`eastward middle ${to}`, kind]] });
      });
      for (const barred of viaWay) {
        const roads = await open(barred);
        const metres = async (from: readonly [number, number], to: readonly [number, number]) =>
          (await leg(roads, barred.point(...from), barred.point(...to))).distanceM;
        // East, up Middle Street and back west: on to C instead, over to F, and back.
        near(await metres([-100, 0], [-100, 40]), 1240, 3);
        // The same turn is free to those from the south, and going on north to all.
        near(await metres([0, -100], [-100, 40]), 240, 3);
        near(await metres([-100, 0], [0, 140]), 240, 3);
        near(await metres([-100, 0], [0, 20]), 120, 3);
      }
    },
  },
  {
    name: "the bus turns round at a dead end, and at no junction",
    async run(open) {
      const roads = await open(town());
      // Beyond the point and back: to X, round, and past C into South Street.
      const { distanceM: metres, durationS } = await leg(roads, at(800, -250), at(800, -200));
      near(metres, 50, 1);
      near(durationS, 50 / SPEED_M_S);
      // From one place on South Street back to the one before it: a bus may leave a place either way.
      near((await leg(roads, at(600, 0), at(500, 0))).distanceM, 100, 1);
    },
  },
  {
    name: "a gate stops the bus, and it turns round before it",
    async run(open) {
      const roads = await open(town());
      expect((await leg(roads, at(400, 100), at(400, 300))).distanceM).toBeGreaterThan(1000);
    },
  },
  {
    name: "matrix and drive say the same, and the line is as long as its legs",
    async run(open) {
      const roads = await open(town());
      const points = [at(100, 0), at(800, -100), at(0, 500), at(1100, 800), at(500, 400)];
      const { durationsS, distancesM } = await roads.matrix(points, points, 0);
      const drive = await roads.drive(points, 0);
      expect(drive.legs).toHaveLength(4);
      drive.legs.forEach(({ durationS, distanceM: metres }, i) => {
        near(durationS, durationsS[i * 5 + i + 1]!, 0.3);
        near(metres, distancesM[i * 5 + i + 1]!, 0.6);
      });
      const [first, last] = [drive.coordinates[0]!, drive.coordinates.at(-1)!];
      expect(distanceM(first[1], first[0], points[0]!.lat, points[0]!.lon)).toBeLessThan(1);
      expect(distanceM(last[1], last[0], points[4]!.lat, points[4]!.lon)).toBeLessThan(1);
      const lineM = drive.coordinates.slice(1).reduce((sum, [lon, lat], i) => {
        const [lonBefore, latBefore] = drive.coordinates[i]!;
        return sum + distanceM(latBefore, lonBefore, lat, lon);
      }, 0);
      near(
        lineM,
        drive.legs.reduce((sum, { distanceM: metres }) => sum + metres, 0),
        3,
      );
      for (let i = 0; i < 5; i++) expect(durationsS[i * 5 + i]).toBe(0);
    },
  },
  {
    name: "rows are sources and columns are targets, whatever their number",
    async run(open) {
      const roads = await open(town());
      const sources = [at(50, 0), at(100, 400)];
      const targets = [at(150, 0), at(300, 400), at(900, 800)];
      const matrix = await roads.matrix(sources, targets, 0);
      expect([matrix.sources, matrix.targets, matrix.durationsS.length, matrix.distancesM.length]).toEqual([
        2, 3, 6, 6,
      ]);
      for (const [i, from] of sources.entries()) {
        for (const [j, to] of targets.entries())
          near(matrix.durationsS[i * 3 + j], (await leg(roads, from, to, 0)).durationS, 0.001);
      }
      const none = await roads.matrix([], targets, 0);
      expect([none.sources, none.targets, none.durationsS.length]).toEqual([0, 3, 0]);
    },
  },
  {
    name: "a point off the map has no way in a matrix, and is named with its distance in a drive",
    async run(open) {
      const roads = await open(town());
      const far = at(400, -5000);
      const { durationsS, distancesM } = await roads.matrix([at(50, 0), far], [at(90, 0), far], 0);
      expect([...durationsS].map(Number.isNaN)).toEqual([false, true, true, true]);
      expect([...distancesM].map(Number.isNaN)).toEqual([false, true, true, true]);
      await expect(roads.drive([at(50, 0), far], 0)).rejects.toMatchObject({
        code: "off-map",
        path: "points/1",
        values: { index: 1, limitM: 1000 },
      });
    },
  },
  {
    name: "where no way leads, duration and distance are NaN",
    needs: ["closures"],
    async run(open) {
      const roads = await open(town(), {
        closures: ["church", "mill", "east", "west"].map((name) => ({ osm_way_id: town().wayId(name) })),
      });
      const { durationsS, distancesM } = await roads.matrix([at(600, 400)], [at(600, 800), at(700, 400)], 0);
      expect(Number.isNaN(durationsS[0])).toBe(true);
      expect(Number.isNaN(distancesM[0])).toBe(true);
      near(distancesM[1], 100, 1);
      const { legs } = await roads.drive([at(600, 400), at(600, 800), at(700, 800)], 0);
      expect([Number.isNaN(legs[0]!.durationS), Number.isNaN(legs[0]!.distanceM)]).toEqual([true, true]);
      near(legs[1]!.distanceM, 100, 1);
    },
  },
  {
    name: "a closed street is driven round",
    needs: ["closures"],
    async run(open) {
      const [free, closed] = [
        await open(town()),
        await open(town(), { closures: [{ osm_way_id: town().wayId("church") }] }),
      ];
      const [from, to] = [at(500, 400), at(300, 800)];
      near((await leg(free, from, to)).distanceM, 600, 2);
      expect((await leg(closed, from, to)).distanceM).toBeGreaterThan(1000);
    },
  },
  {
    name: "speed factors hold in their time band, by class of road, and nowhere else",
    needs: ["speed-factors"],
    async run(open) {
      const roads = await open(town(), {
        speed_factors: [{ from: 7 * HOUR, to: 9 * HOUR, road_class: "residential", factor: 0.5 }],
      });
      expect(roads.identity.bands).toEqual(["00:00", "07:00", "09:00"]);
      const seconds = async (departS: number) => (await leg(roads, at(50, 0), at(350, 0), departS)).durationS;
      near(await seconds(7 * HOUR - 1), 300 / SPEED_M_S);
      near(await seconds(7 * HOUR), 600 / SPEED_M_S);
      near(await seconds(9 * HOUR - 1), 600 / SPEED_M_S);
      near(await seconds(9 * HOUR), 300 / SPEED_M_S);
    },
  },
  {
    name: "nearest tells the road point, its distance and street, and null beyond the limit",
    async run(open) {
      const roads = await open(town());
      const [snap, none] = await roads.nearest([at(600, 30), at(600, 200)], "bus", 100);
      expect(snap).toMatchObject({ street: "South Street" });
      near(snap!.distanceM, 30, 0.5);
      expect(distanceM(snap!.lat, snap!.lon, at(600, 0).lat, at(600, 0).lon)).toBeLessThan(0.5);
      expect(none).toBeNull();
    },
  },
  {
    name: "nearest tells roads for boarding and ways for walking apart from those for buses",
    needs: ["nearest-board", "nearest-walk"],
    async run(open) {
      const roads = await open(town());
      expect((await roads.nearest([at(-50, 590)], "walk", 100))[0]).toMatchObject({ roadClass: "footway" });
      expect((await roads.nearest([at(-50, 590)], "bus", 100))[0]).toMatchObject({ street: "West Lane" });
      expect((await roads.nearest([at(600, 30)], "board", 100))[0]).toMatchObject({
        street: "South Street",
        osmWayId: town().wayId("south"),
        roadClass: "residential",
      });
    },
  },
  {
    name: "nearest tells on which side of the street a point lies",
    needs: ["side-of-street"],
    async run(open) {
      const roads = await open(town());
      const sides = (await roads.nearest([at(600, 20), at(600, -20), at(600, 0.5)], "bus", 100)).map(
        (snap) => snap!.side,
      );
      // South Street is drawn eastward: north of it is its left.
      expect(sides.map((side) => side!.lies)).toEqual(["left", "right", "on"]);
      near(sides[0]!.headingDeg, 90, 1);
    },
  },
  {
    name: "at the kerb the bus arrives and leaves on the point's side of the street",
    needs: ["curb"],
    async run(open) {
      const roads = await open(town());
      // Right-hand traffic: the south kerb of South Street is passed eastward, the north kerb westward.
      const seconds = async (from: LatLon, to: LatLon) =>
        (await roads.matrix([from], [to], 0, { approach: "curb" })).distancesM[0]!;
      near(await seconds(at(600, -15), at(700, -15)), 100, 1);
      near(await seconds(at(700, 15), at(600, 15)), 100, 1);
      expect(await seconds(at(600, -15), at(700, 15))).toBeGreaterThan(500);
      expect(await seconds(at(700, -15), at(600, -15))).toBeGreaterThan(1000);
      near((await leg(roads, at(700, -15), at(600, -15))).distanceM, 100, 1);
    },
  },
  {
    name: "steps name the streets and the manoeuvres, and add up to their leg",
    needs: ["steps"],
    async run(open) {
      const roads = await open(town());
      const { legs } = await roads.drive([at(700, 0), at(800, 200), at(600, 800)], 0, { steps: true });
      expect(legs[0]!.steps!.map(({ manoeuvre, street }) => [manoeuvre, street])).toEqual([
        ["depart", "South Street"],
        ["left", "Mill Street"],
        ["arrive", "Mill Street"],
      ]);
      expect(legs[1]!.steps!.map(({ instruction }) => instruction)).toEqual([
        "Set out on Mill Street",
        "Turn left onto North Street",
        "Arrive on North Street",
      ]);
      for (const { steps, durationS, distanceM: metres } of legs) {
        near(
          steps!.reduce((sum, step) => sum + step.durationS, 0),
          durationS,
          0.2,
        );
        near(
          steps!.reduce((sum, step) => sum + step.distanceM, 0),
          metres,
          0.5,
        );
        expect(steps!.at(-1)).toMatchObject({ durationS: 0, distanceM: 0 });
        expect(steps!.at(-1)!.coordinates).toHaveLength(1);
        steps!.slice(1).forEach(({ coordinates }, i) => {
          const before = steps![i]!.coordinates.at(-1)!;
          expect(distanceM(before[1], before[0], coordinates[0]![1], coordinates[0]![0])).toBeLessThan(0.5);
        });
      }
      const [without] = (await roads.drive([at(700, 0), at(800, 200)], 0)).legs;
      expect(without).not.toHaveProperty("steps");
    },
  },
  {
    name: "walks go over paths, and cross only what the walker may cross",
    needs: ["walk"],
    async run(open) {
      const roads = await open(town());
      const walk = async (from: LatLon, to: LatLon, mayCross: "none" | "residential") =>
        (await roads.walk(from, [to], { limitM: 3000, mayCross }))[0]!;
      near(await walk(at(-60, 600), at(0, 400), "residential"), 209, 3);
      near(await walk(at(600, 10), at(700, 10), "none"), 120, 1);
      expect(Number.isNaN(await walk(at(600, -10), at(700, 10), "none"))).toBe(true);
      near(await walk(at(600, -10), at(700, 10), "residential"), 120, 1);
      expect(Number.isNaN((await roads.walk(at(600, 10), [at(700, 10)], { limitM: 100, mayCross: "none" }))[0]!)).toBe(
        true,
      );
    },
  },
  {
    name: "a walk can be drawn, as long as it is measured, and its area seen",
    needs: ["walk"],
    async run(open) {
      const roads = await open(town());
      const options = { limitM: 2000, mayCross: "residential" } as const;
      for (const [from, to] of [
        [at(-60, 600), at(10, 100)],
        [at(600, 10), at(700, 10)],
        [at(600, 30), at(390, 560)],
        [at(810, -200), at(1190, 700)],
      ] as const) {
        const [metres] = await roads.walk(from, [to], options);
        const path = await roads.walkPath(from, to, options);
        expect(path!.distanceM).toBe(metres);
        const ends = [path!.coordinates[0], path!.coordinates.at(-1)];
        expect(ends).toEqual([from, to].map(({ lat, lon }) => [lon, lat]));
        const lineM = path!.coordinates.slice(1).reduce((sum, [lon, lat], i) => {
          const [lonBefore, latBefore] = path!.coordinates[i]!;
          return sum + distanceM(latBefore, lonBefore, lat, lon);
        }, 0);
        near(lineM, metres!, 1);
      }
      expect(await roads.walkPath(at(0, 0), at(1200, 800), { ...options, limitM: 500 })).toBeNull();
      const area = await roads.walkArea(at(600, 10), { ...options, limitM: 300 });
      const holds = (point: LatLon) => area.some(([outer]) => insideRing(point, outer!));
      expect([holds(at(600, 0)), holds(at(850, 0)), holds(at(1150, 0))]).toEqual([true, true, false]);
      expect(await roads.walkArea(at(600, 5000), options)).toEqual([]);
    },
  },
  {
    name: "stop places stand where a bus may use and stop on the road",
    needs: ["stop-places"],
    async run(open) {
      const roads = await open(town());
      const places = await roads.stopPlaces([at(400, 0)], 500);
      expect(places.filter((place) => place.corner).length).toBeGreaterThanOrEqual(3);
      const snaps = await roads.nearest(places, "board", 1);
      expect(snaps.every((snap) => snap !== null)).toBe(true);
    },
  },
  {
    name: "an isochrone holds what is reached in time, and grows with the time",
    needs: ["isochrone"],
    async run(open) {
      const roads = await open(town());
      const [small, large] = await roads.isochrone(at(600, 0), [30, 90], 0);
      expect([small!.limitS, large!.limitS]).toEqual([30, 90]);
      const inside = (area: typeof large, point: LatLon) => area!.area.some(([outer]) => insideRing(point, outer!));
      expect(inside(small, at(700, 0))).toBe(true);
      expect(inside(small, at(1100, 0))).toBe(false);
      expect(inside(large, at(1100, 0))).toBe(true);
      expect(inside(large, at(0, 700))).toBe(false);
    },
  },
  {
    name: "the identity names engine, map, profile and bands",
    async run(open) {
      const { identity } = await open(town());
      expect(identity).toMatchObject({ profile: PROFILE, bands: ["00:00"] });
      expect(identity.map_hash).toMatch(/^[0-9a-f]{64}$/);
    },
  },
];

function insideRing({ lat, lon }: LatLon, ring: readonly (readonly [number, number])[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i]!, ring[j]!];
    if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
