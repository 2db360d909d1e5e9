import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Conditions, noConditions } from "../conditions/conditions.ts";
import { turningRound } from "../conditions/turning-round.ts";
import { Driving } from "../drive/driving.ts";
import { endpointAt } from "../drive/endpoints.ts";
import { arcWeights } from "../drive/metric.ts";
import { buildRoadMap } from "../map/build.ts";
import type { RoadMap } from "../map/road-map.ts";
import type { StreetPoint } from "../snap/segment-index.ts";
import { drawTown } from "../testing/drawn-town.ts";
import { PlainSearch } from "../testing/plain-search.ts";
import { randomTown } from "../testing/random-town.ts";
import { dissectionOrder } from "./order.ts";

/** A point on a street of the net, at a share of its length. */
function pointOn({ bus }: RoadMap, street: number, share: number): StreetPoint {
  const first = bus.shapeStart[street]!;
  return {
    street,
    alongM: share * bus.lengthM[street]!,
    lat: bus.shapeLat[first]!,
    lon: bus.shapeLon[first]!,
    distanceM: 0,
    side: 0,
    headingDeg: 0,
  };
}

const aliveStreets = ({ bus }: RoadMap) =>
  Array.from(bus.from, (_, street) => street).filter(
    (street) => bus.alive[2 * street] === 1 || bus.alive[2 * street + 1] === 1,
  );

/** All pairs by the hierarchy and by plain search, weights and paths. */
async function compare(map: RoadMap, conditions: Conditions, points: readonly StreetPoint[]): Promise<void> {
  const driving = new Driving(map, conditions);
  const net = turningRound(map.bus, conditions.closed);
  const metric = arcWeights(map, conditions, 0);
  const plain = new PlainSearch(net);
  const ends = points.map((point) => endpointAt(net, metric, point));
  const weights = new Float64Array(points.length ** 2).fill(Infinity);
  await driving.rows(0, points, points, "either", (i, row) => weights.set(row, i * points.length));
  const expected = new Float64Array(points.length ** 2);
  for (let i = 0; i < points.length; i++) plain.weights(metric, ends[i]!, ends, expected, i * points.length);
  expect(weights).toEqual(expected);
  points.slice(0, 8).forEach((from, i) => {
    points.slice(0, 8).forEach((to, j) => {
      const { path, begin } = driving.path(0, from, to, "either");
      expect(path.weight).toBe(expected[i * points.length + j]);
      expect(summed(net, metric, begin, ends[j]!, path.arcs)).toBe(path.arcs.length === 0 ? undefined : path.weight);
    });
  });
}

/** Weight of a path, turn by turn. */
function summed(
  net: RoadMap["bus"],
  metric: Float64Array,
  begin: { onward: readonly { arc: number; weight: number }[] },
  end: { on: readonly { arc: number; weight: number }[] },
  arcs: readonly number[],
): number | undefined {
  if (arcs.length === 0) return undefined;
  let weight = Math.min(...begin.onward.filter((entry) => entry.arc === arcs[0]).map((entry) => entry.weight));
  for (let i = 1; i < arcs.length; i++) {
    const turns = Array.from(
      { length: net.turnStart[arcs[i - 1]! + 1]! - net.turnStart[arcs[i - 1]!]! },
      (_, k) => net.turnStart[arcs[i - 1]!]! + k,
    );
    const turn = turns.find((each) => net.turnTo[each] === arcs[i])!;
    weight += metric[arcs[i - 1]!]! + net.turnMs[turn]! * 2 ** 24;
  }
  return weight + end.on.find((entry) => entry.arc === arcs.at(-1))!.weight;
}

test("on random towns with one-ways and restrictions every drive is the plain shortest one, turn by turn", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      randomTown,
      fc.array(fc.tuple(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 12, maxLength: 12 }),
      async (drawing, places) => {
        if (Object.keys(drawing.ways).length === 0) return;
        const map = await buildRoadMap(drawTown(drawing).path, "random");
        const streets = aliveStreets(map);
        if (streets.length === 0) return;
        const points = places.map(([street, share]) => pointOn(map, streets[street % streets.length]!, share));
        await compare(map, noConditions(map), points);
        const closed = new Uint8Array(map.bus.from.length);
        for (const [street] of places.slice(0, 3)) closed[street % closed.length] = 1;
        await compare(
          map,
          { ...noConditions(map), closed },
          points.filter((point) => closed[point.street] === 0),
        );
        compared++;
      },
    ),
    { numRuns: 60 },
  );
  expect(compared).toBeGreaterThan(40);
});

for (const name of ["harrisburg-pa", "porto-metro"]) {
  const path = fileURLToPath(new URL(`../../../../shared/data/osm/${name}.osm.pbf`, import.meta.url));
  test.skipIf(!existsSync(path))(
    `on real roads (${name}; skipped where the extract is absent) every drive is the plain shortest one`,
    async () => {
      const map = await buildRoadMap(path, name);
      const streets = aliveStreets(map);
      const points = Array.from({ length: 40 }, (_, i) =>
        pointOn(map, streets[Math.floor(((i * 0.6180339) % 1) * streets.length)]!, (i * 0.7548) % 1),
      );
      await compare(map, noConditions(map), points);
    },
  );
}

test("the order holds every arc once", async () => {
  const map = await buildRoadMap(
    drawTown({
      places: { A: [0, 0], B: [300, 0], C: [300, 300], D: [0, 300], E: [600, 0] },
      ways: { ring: ["A B C D A", { highway: "residential" }], spur: ["B E", { highway: "residential" }] },
    }).path,
    "small",
  );
  const order = await dissectionOrder(map.bus, map.bus.alive);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from(order, (_, arc) => arc));
});
