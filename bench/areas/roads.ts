import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "@trivium/engine";
import type { LatLon } from "@trivium/model";
import { openMap, prepareMap } from "@trivium/roads";
import { shared } from "../instances.ts";
import type { BenchArea } from "../measurement.ts";

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

/** Rough boxes of the extracts, for points to measure with: south, west, north, east. */
const BOX: Readonly<Record<string, readonly [number, number, number, number]>> = {
  "harrisburg-pa": [40.21, -76.845, 40.31, -76.755],
  "columbus-oh": [39.9, -83.1, 40.05, -82.9],
  "porto-metro": [41.1, -8.7, 41.25, -8.5],
};

function pointsIn([south, west, north, east]: readonly [number, number, number, number], count: number): LatLon[] {
  const random = new Random(1);
  return Array.from({ length: count }, () => ({
    lat: south + random.unit() * (north - south),
    lon: west + random.unit() * (east - west),
  }));
}

/** The embedded engine alone: preparing, opening, matrices. Real OSRM comes beside it with the roads issue. */
export const roads: BenchArea = {
  name: "roads",
  async *rows() {
    for (const [name, box] of Object.entries(BOX)) {
      const map = shared(`osm/${name}.osm.pbf`);
      if (!map) {
        yield {
          what: "prepare, open, 1,000² matrix",
          instance: name,
          skipped: "the reference data is not beside the project",
        };
        continue;
      }
      const cacheDir = mkdtempSync(join(tmpdir(), "trivium-roads-"));
      const prepareS = await seconds(() => prepareMap(map, { cacheDir }));
      const openS = await seconds(() => openMap(map, { cacheDir }));
      const network = await openMap(map, { cacheDir });
      const asked = pointsIn(box, 6000);
      const snaps = await network.nearest(asked, "bus", 300);
      const points = asked.filter((_, i) => snaps[i] !== null).slice(0, 1000);
      await network.matrix(points.slice(0, 50), points.slice(0, 50), 43_200);
      const matrixS = await seconds(() => network.matrix(points, points, 43_200));
      rmSync(cacheDir, { recursive: true });
      yield {
        what: "prepare, open, 1,000² matrix, one thread",
        instance: name,
        result: `${prepareS.toFixed(1)} s, ${(openS * 1000).toFixed(0)} ms, ${matrixS.toFixed(2)} s for ${points.length}²`,
        goal: "columbus ≤ 10 s prepared, matrix ≤ 0.2 s (the roads issue)",
        met: prepareS <= 10 && matrixS <= 0.2,
      };
    }
  },
};
