import type { LatLon, RoadEngine } from "@trivium/model";
import { openMap } from "@trivium/roads";
import { distanceM } from "../../../packages/roads/geometry.ts";
import type { OsrmRoads } from "../../../packages/roads/osrm/engine.ts";
import { shared } from "../../instances.ts";
import type { BenchArea } from "../../measurement.ts";
import { junctionsOf } from "./junctions.ts";
import { MAPS, placesIn } from "./maps.ts";
import { CACHE, EMBEDDED, OSRM } from "./osrm.ts";
import { pricer } from "./priced.ts";

/** 100 sources × 100 targets. */
const SIDE = 100;
/** Pairs that differ by more are explained, every one. */
const OFF_S = 2;
/** OSRM's route, added up without its rounding of pieces, may differ by this from what the embedded engine says (parts of first and last pieces). */
const SAME_S = 0.5;
/** Road points this near are one place. */
const SAME_PLACE_M = 1;
/** OSRM measures to a road on a sphere, we on the ellipsoid: streets whose distances differ by less than this share are equally near. */
const EQUALLY_NEAR = 0.006;

/** Durations of 10,000 random pairs beside real OSRM's, on the same extract, profile, restrictions and turn costs. */
export const durationRows: BenchArea["rows"] = async function* (say) {
  for (const [name, box] of Object.entries(MAPS)) {
    const map = shared(`osm/${name}.osm.pbf`);
    const what = "durations of 10,000 pairs beside real OSRM's, restrictions and turn costs included";
    if (!map) {
      yield { what, instance: name, skipped: "the reference data is not beside the project" };
      continue;
    }
    say(`roads: comparing ${name} with OSRM`);
    const ours = await openMap(map, { cacheDir: CACHE, engine: EMBEDDED });
    const theirs = (await openMap(map, { cacheDir: CACHE, engine: OSRM })) as OsrmRoads;
    try {
      const [junctions, price] = [await junctionsOf(map), await pricer(map)];
      for (const onRoad of [true, false]) {
        const places = await placesIn(box, 2 * SIDE, ours, 300, onRoad);
        const [from, to] = [places.slice(0, SIDE), places.slice(SIDE)];
        const found = await compare(ours, theirs, from, to, junctions, price);
        yield {
          what: `${what}; places ${onRoad ? "on roads" : "up to 300 m off them"}`,
          instance: name,
          result: found.text,
          goal: "median ≤ 0.05 %, 99th percentile ≤ 0.5 %, every pair over 2 s explained",
          met: found.median <= 0.0005 && found.p99 <= 0.005 && found.unexplained === 0,
        };
      }
    } finally {
      await theirs.close();
    }
  }
};

async function compare(
  ours: RoadEngine,
  theirs: OsrmRoads,
  from: readonly LatLon[],
  to: readonly LatLon[],
  atJunction: (point: LatLon) => boolean,
  price: Awaited<ReturnType<typeof pricer>>,
): Promise<{ text: string; median: number; p99: number; unexplained: number }> {
  const [a, b] = [await ours.matrix(from, to, 0), await theirs.matrix(from, to, 0)];
  const snapOf = async (points: readonly LatLon[]) => {
    const [own, other] = [await ours.nearest(points, "bus", 1000), await theirs.nearest(points, "bus", 1000)];
    return points.map((_, i) => snapDifference(own[i]!, other[i]!, atJunction));
  };
  const [fromSnaps, toSnaps] = [await snapOf(from), await snapOf(to)];
  const client = await theirs.clientAt(0);
  const shares: number[] = [];
  const why = new Map<string, number>();
  for (const [i, source] of from.entries()) {
    for (const [j, target] of to.entries()) {
      const cell = i * to.length + j;
      const [own, other] = [a.durationsS[cell]!, b.durationsS[cell]!];
      shares.push(Math.abs(own - other) / Math.max(1, other));
      if (Math.abs(own - other) <= OFF_S) continue;
      const reason =
        fromSnaps[i] ??
        toSnaps[j] ??
        (Math.abs((await price(client, source, target)) - own) <= SAME_S ? "rounding of pieces" : "unexplained");
      why.set(reason, (why.get(reason) ?? 0) + 1);
    }
  }
  shares.sort((x, y) => x - y);
  const [median, p99] = [shares[shares.length >> 1]!, shares[Math.floor(shares.length * 0.99)]!];
  const reasons = [...why].map(([reason, count]) => `${count} ${reason}`).join(", ");
  const over = [...why.values()].reduce((sum, count) => sum + count, 0);
  const percent = (share: number) => `${(100 * share).toFixed(3)} %`;
  return {
    text: `median ${percent(median)}, 99th percentile ${percent(p99)}; ${over} of ${shares.length} pairs over ${OFF_S} s${over > 0 ? `: ${reasons}` : ""}`,
    median,
    p99,
    unexplained: why.get("unexplained") ?? 0,
  };
}

interface RoadPoint extends LatLon {
  readonly distanceM: number;
}

/** Why drives from or to a place may differ, whatever the roads between. */
function snapDifference(own: RoadPoint, other: RoadPoint, atJunction: (point: LatLon) => boolean): string | undefined {
  if (distanceM(own.lat, own.lon, other.lat, other.lon) > SAME_PLACE_M) {
    const near = Math.abs(own.distanceM - other.distanceM) <= EQUALLY_NEAR * Math.max(own.distanceM, other.distanceM);
    return near ? "two streets equally near" : undefined;
  }
  // We let a bus at a junction stand at any of its kerbs, OSRM puts it on one of the streets and charges the turn out of it.
  return atJunction(own) ? "at a junction" : undefined;
}
