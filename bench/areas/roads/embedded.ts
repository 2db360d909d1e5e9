import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Dataset, emptyTables, type LatLon, SETTINGS_SCHEMA, sealDataset } from "@trivium/model";
import { openMap, openRoads, sharedMap } from "@trivium/roads";
import { shared } from "../../instances.ts";
import type { Row } from "../../measurement.ts";
import { fastest, MAPS, placesIn, seconds } from "./maps.ts";

const ENGINE = { engine: "embedded" } as const;
const NO_GOAL = "for comparison";
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const ms = (s: number) => `${(s * 1000).toFixed(0)} ms`;

/** The embedded engine alone: every figure of the roads issue on four extracts, nyc for scale. */
export async function* embeddedRows(say: (text: string) => void): AsyncGenerator<Row> {
  for (const [instance, box] of Object.entries(MAPS)) {
    const map = shared(`osm/${instance}.osm.pbf`);
    if (!map) {
      yield { what: "embedded engine", instance, skipped: "the reference data is not beside the project" };
      continue;
    }
    const cacheDir = mkdtempSync(join(tmpdir(), "trivium-roads-"));
    say(`preparing ${instance}`);
    try {
      yield prepared(instance, map, cacheDir);
      yield await opened(instance, map, cacheDir);
      const points = await placesIn(box, 3000, await openMap(map, { cacheDir, engine: ENGINE }), 300, false);
      yield await customized(instance, map, cacheDir, points);
      yield await thousand(instance, map, cacheDir, points.slice(0, 1000));
      yield await threeThousand(instance, map, cacheDir, points);
      yield await single(instance, map, cacheDir, points);
    } finally {
      rmSync(cacheDir, { recursive: true });
    }
  }
}

function prepared(instance: string, map: string, cacheDir: string): Row {
  const out = execFileSync(process.execPath, [here("./preparing.ts"), map, cacheDir], { encoding: "utf8" });
  const { preparedS, peakMb } = JSON.parse(out) as { preparedS: number; peakMb: number };
  const mb = statSync(join(cacheDir, readdirSync(cacheDir)[0]!)).size / 2 ** 20;
  const goals: Readonly<Record<string, [string, number]>> = {
    "columbus-oh": ["≤ 10 s (real OSRM 64 s with CH, 2 s with MLD)", 10],
    "porto-metro": ["≤ 15 s, 1 GB (real OSRM 36 s with CH)", 15],
  };
  const [goal, limitS] = goals[instance] ?? [NO_GOAL, Infinity];
  return {
    what: "embedded: prepared from the extract, a process of its own",
    instance,
    result: `${preparedS.toFixed(1)} s, ${peakMb.toFixed(0)} MB at most, ${mb.toFixed(1)} MB on disk`,
    goal,
    met: preparedS <= limitS && (limitS === Infinity || peakMb <= 1024),
  };
}

async function opened(instance: string, map: string, cacheDir: string): Promise<Row> {
  const first = await seconds(() => openMap(map, { cacheDir, engine: ENGINE }));
  const again = await fastest(3, () => openMap(map, { cacheDir, engine: ENGINE }));
  return {
    what: "embedded: opened, prepared before",
    instance,
    result: `${ms(first)} at first, ${ms(again)} again`,
    goal: "in milliseconds",
    met: again < 0.1,
  };
}

/** A district whose speed factors change eleven times a day, so that there are twelve bands; a band is customized when it is first asked for. */
function withBands(map: string): Dataset {
  const hour = 3600;
  const speed_factors = Array.from({ length: 11 }, (_, i) => ({
    from: (6 + i) * hour,
    to: (7 + i) * hour,
    factor: 0.7 + 0.02 * i,
  }));
  return sealDataset({
    district: { name: "Bench", timezone: "UTC", school_year: "2027-28" },
    tables: {
      ...emptyTables(),
      speed_factors: speed_factors.slice(0, 10).concat({ from: 16 * hour, to: 24 * hour, factor: 0.9 }),
    },
    present: new Set(),
    settings: {
      scheduling: SETTINGS_SCHEMA.scheduling.parse({}),
      routing: SETTINGS_SCHEMA.routing.parse({}),
      facilities: SETTINGS_SCHEMA.facilities.parse({ as_of_date: "2027-07-01" }),
    },
    map: { path: map, sha256: "", bytes: 0 },
    areasGeojson: undefined,
  });
}

async function customized(instance: string, map: string, cacheDir: string, points: readonly LatLon[]): Promise<Row> {
  const roads = await openRoads(withBands(map), { cacheDir, mapPath: map, engine: ENGINE });
  const { bands } = roads.identity;
  const times: number[] = [];
  for (const band of bands) {
    const [hours, minutes] = band.split(":").map(Number) as [number, number];
    times.push(await seconds(() => roads.matrix(points.slice(0, 1), points.slice(1, 2), hours * 3600 + minutes * 60)));
  }
  const all = times.reduce((sum, time) => sum + time, 0);
  const typical = times.toSorted((a, b) => a - b)[times.length >> 1]!;
  return {
    what: "embedded: new traffic customized, with one drive",
    instance,
    result: `${ms(typical)} a band, ${all.toFixed(2)} s for ${bands.length} bands`,
    goal: instance === "columbus-oh" ? "≤ 50 ms, 12 bands ≤ 1 s" : NO_GOAL,
    met: instance !== "columbus-oh" || (typical <= 0.05 && all <= 1),
  };
}

async function thousand(instance: string, map: string, cacheDir: string, points: readonly LatLon[]): Promise<Row> {
  const [simd, plain] = [
    await oneThread(map, cacheDir, points, "simd"),
    await oneThread(map, cacheDir, points, "plain"),
  ];
  return {
    what: "embedded: matrix 1,000², durations and distances, snapping and turns, one thread",
    instance,
    result: `${simd.toFixed(2)} s, plain kernel ${plain.toFixed(2)} s`,
    goal: instance === "columbus-oh" ? "≤ 0.2 s (real OSRM 1.2–1.7 s over HTTP)" : NO_GOAL,
    met: instance !== "columbus-oh" || simd <= 0.2,
  };
}

async function oneThread(map: string, cacheDir: string, points: readonly LatLon[], kernel: "simd" | "plain") {
  const roads = await openMap(map, { cacheDir, engine: ENGINE, kernel });
  await roads.matrix(points.slice(0, 100), points.slice(0, 100), 0);
  return fastest(3, () => roads.matrix(points, points, 0));
}

async function threeThousand(instance: string, map: string, cacheDir: string, points: readonly LatLon[]): Promise<Row> {
  const simd = await oneThread(map, cacheDir, points, "simd");
  const plain = await oneThread(map, cacheDir, points, "plain");
  const shared = await sharedMap(map, { cacheDir, engine: ENGINE });
  const half = Math.ceil(points.length / 2);
  const threads = [points.slice(0, half), points.slice(half)].map(
    (sources) => new Worker(here("./half.ts"), { workerData: { map, shared, sources, targets: points } }),
  );
  const all = () => Promise.all(threads.map((thread) => once(thread, "message")));
  await all();
  const two = await fastest(3, async () => {
    for (const thread of threads) thread.postMessage("go");
    await all();
  });
  for (const thread of threads) await thread.terminate();
  return {
    what: "embedded: matrix 3,000², durations and distances, snapping and turns",
    instance,
    result: `two threads ${two.toFixed(2)} s; one thread ${simd.toFixed(2)} s, plain kernel ${plain.toFixed(2)} s`,
    goal:
      instance === "columbus-oh" ? "≤ 0.5 s on two threads, ≤ 1.5 s plain (real OSRM 9.8 s + 0.7 s parsing)" : NO_GOAL,
    met: instance !== "columbus-oh" || (two <= 0.5 && plain <= 1.5),
  };
}

async function single(instance: string, map: string, cacheDir: string, points: readonly LatLon[]): Promise<Row> {
  const roads = await openMap(map, { cacheDir, engine: ENGINE });
  const pairs = Array.from(
    { length: 1000 },
    (_, i) => [points[i % points.length]!, points[(i * 7 + 1) % points.length]!] as const,
  );
  const rate = async (drive: (pair: readonly [LatLon, LatLon]) => Promise<unknown>) => {
    for (const pair of pairs.slice(0, 50)) await drive(pair);
    const time = await seconds(async () => {
      for (const pair of pairs) await drive(pair);
    });
    return Math.round(pairs.length / time);
  };
  const times = await rate(([from, to]) => roads.matrix([from], [to], 0));
  const lines = await rate((pair) => roads.drive(pair, 0));
  const sheets = await rate((pair) => roads.drive(pair, 0, { steps: true }));
  return {
    what: "embedded: single drives a second, one thread",
    instance,
    result: `${times} without geometry, ${lines} with it, ${sheets} with steps; ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB in use by the bench`,
    goal: NO_GOAL,
    met: true,
  };
}
