import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { LatLon } from "@trivium/model";
import { busProfileLua, type EngineChoice, type OsrmExecutables, openMap, osrmExecutables } from "@trivium/roads";
import { noConditions } from "../../../packages/roads/conditions/conditions.ts";
import { buildRoadMap } from "../../../packages/roads/map/build.ts";
import type { OsrmRoads } from "../../../packages/roads/osrm/engine.ts";
import { segmentSpeeds, shapeNodes } from "../../../packages/roads/osrm/speed-files.ts";
import { shared } from "../../instances.ts";
import type { BenchArea } from "../../measurement.ts";
import { measuredOnce } from "../../peers.ts";
import { MAPS, placesIn, seconds } from "./maps.ts";

const run = promisify(execFile);

/** The checkout's cache, where programs and prepared maps of the bench lie. */
export const CACHE = fileURLToPath(new URL("../../../.cache/", import.meta.url));
export const OSRM: EngineChoice = { engine: "osrm", path: process.env.PATH ?? "", bin: process.env.OSRM_BIN };
export const EMBEDDED: EngineChoice = { engine: "embedded" };

/** Real OSRM alone, on the extracts and with the bus profile that the embedded engine is measured on. */
export const osrmRows: BenchArea["rows"] = async function* (say) {
  const osrm = await osrmExecutables({ path: process.env.PATH ?? "", bin: process.env.OSRM_BIN, cacheDir: CACHE });
  for (const [name, box] of Object.entries(MAPS)) {
    const map = shared(`osm/${name}.osm.pbf`);
    const peer = `real OSRM ${osrm.version}`;
    if (!map) {
      yield { what: peer, instance: name, skipped: "the reference data is not beside the project" };
      continue;
    }
    say(`roads: preparing ${name} for OSRM`);
    const prepared = await measuredOnce(`osrm-${osrm.version}-${name}`, () => prepareTimes(osrm, map));
    yield {
      what: `${peer} prepared: multi-level Dijkstra, contraction hierarchy; new traffic customized`,
      instance: name,
      result: `${prepared.mldS!.toFixed(1)} s, ${prepared.chS!.toFixed(1)} s; ${prepared.trafficS!.toFixed(2)} s`,
      goal: "a peer's figures",
      met: true,
    };
    const [embedded, network] = [
      await openMap(map, { cacheDir: CACHE, engine: EMBEDDED }),
      (await openMap(map, { cacheDir: CACHE, engine: OSRM })) as OsrmRoads,
    ];
    try {
      for (const count of [1000, 3000]) {
        const points = await placesIn(box, count, embedded);
        await Promise.all([embedded, network].map((each) => each.matrix(points.slice(0, 50), points.slice(0, 50), 0)));
        const osrmS = await seconds(() => network.matrix(points, points, 0));
        const oursS = await seconds(() => embedded.matrix(points, points, 0));
        yield {
          what: `matrix ${count.toLocaleString("en")}², durations and distances: embedded engine, ${peer} (MLD) over HTTP`,
          instance: name,
          result: `${oursS.toFixed(2)} s, ${osrmS.toFixed(2)} s${count > 1000 ? "" : ` (durations alone ${(await aloneS(network, points)).toFixed(2)} s)`}`,
          goal: "faster than OSRM",
          met: oursS < osrmS,
        };
      }
    } finally {
      await network.close();
    }
  }
};

/** Seconds for a table without distances, for which OSRM unpacks the road of each pair. */
async function aloneS(network: OsrmRoads, points: readonly LatLon[]): Promise<number> {
  const client = await network.clientAt(0);
  const coordinates = points.map(({ lat, lon }) => [lat, lon] as const);
  return seconds(() => client.ask("table", { coordinates, annotations: "duration", generate_hints: false }));
}

/** Seconds of preparing an extract both ways, and of customizing it to speeds that are all new. */
async function prepareTimes(osrm: OsrmExecutables, map: string): Promise<Record<string, number>> {
  const dir = mkdtempSync(join(tmpdir(), "trivium-osrm-"));
  const [base, profile, speeds] = [join(dir, "map.osrm"), join(dir, "bus.lua"), join(dir, "speeds.csv")];
  const osrmRun = (program: string, ...args: string[]) =>
    seconds(() => run(join(osrm.dir, program), args, { maxBuffer: 2 ** 28 }));
  try {
    writeFileSync(profile, busProfileLua());
    const extractS = await osrmRun("osrm-extract", "-p", profile, "-o", base, map);
    const chS = await osrmRun("osrm-contract", base);
    const mldS = (await osrmRun("osrm-partition", base)) + (await osrmRun("osrm-customize", base));
    const built = await buildRoadMap(map, "");
    const slower = { ...noConditions(built), factors: () => new Float64Array(built.bus.from.length).fill(0.8) };
    writeFileSync(speeds, segmentSpeeds(built, await shapeNodes(map), slower, 0));
    const trafficS = await osrmRun("osrm-customize", "--segment-speed-file", speeds, base);
    return { chS: extractS + chS, mldS: extractS + mldS, trafficS };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
