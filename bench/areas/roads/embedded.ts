import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMap, prepareMap } from "@trivium/roads";
import { shared } from "../../instances.ts";
import type { BenchArea } from "../../measurement.ts";
import { MAPS, placesIn, seconds } from "./maps.ts";

const WHAT = "prepare, open, 1,000² matrix, one thread";

/** The embedded engine alone: preparing, opening, matrices. */
export const embeddedRows: BenchArea["rows"] = async function* () {
  for (const [name, box] of Object.entries(MAPS)) {
    const map = shared(`osm/${name}.osm.pbf`);
    if (!map) {
      yield { what: WHAT, instance: name, skipped: "the reference data is not beside the project" };
      continue;
    }
    const cacheDir = mkdtempSync(join(tmpdir(), "trivium-roads-"));
    const engine = { engine: "embedded" } as const;
    const prepareS = await seconds(() => prepareMap(map, { cacheDir, engine }));
    const openS = await seconds(() => openMap(map, { cacheDir, engine }));
    const network = await openMap(map, { cacheDir, engine });
    const points = await placesIn(box, 1000, network);
    await network.matrix(points.slice(0, 50), points.slice(0, 50), 43_200);
    const matrixS = await seconds(() => network.matrix(points, points, 43_200));
    rmSync(cacheDir, { recursive: true });
    yield {
      what: WHAT,
      instance: name,
      result: `${prepareS.toFixed(1)} s, ${(openS * 1000).toFixed(0)} ms, ${matrixS.toFixed(2)} s for ${points.length}²`,
      goal: "columbus ≤ 10 s prepared, matrix ≤ 0.2 s (the roads issue)",
      met: prepareS <= 10 && matrixS <= 0.2,
    };
  }
};
