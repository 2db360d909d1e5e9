import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Dataset, type RoadEngine, RoadError } from "@trivium/model";
import { type Conditions, conditionsOf, noConditions } from "./conditions/conditions.ts";
import { EmbeddedRoads } from "./embedded.ts";
import { type EngineChoice, engineChoice } from "./engine-choice.ts";
import type { KernelName } from "./kernel/kernel.ts";
import { buildRoadMap } from "./map/build.ts";
import { cachePath, decodeRoadMap, encodeRoadMap, readCache, writeCache } from "./map/cache.ts";
import type { MapReport, RoadMap } from "./map/road-map.ts";
import { type LocalRoads, openOsrmAt, openOwnOsrm, prepareOsrm } from "./osrm/open-osrm.ts";
import { SegmentIndex } from "./snap/segment-index.ts";

export interface OpenOptions {
  /** Where prepared maps are kept; without it the map is built each time. */
  readonly cacheDir?: string;
  readonly signal?: AbortSignal;
  /** Share of the preparation that is done, 0 to 1; not called when the cache is used. */
  readonly onProgress?: (share: number) => void;
  /** Which engine answers; where it is not given, as the environment says. */
  readonly engine?: EngineChoice;
  /** A prepared map in memory, as `sharedMap` gives it: nothing is read then, and threads that open it hold it once between them. */
  readonly shared?: SharedArrayBuffer;
  /** The embedded engine's inner loops in WebAssembly or in JavaScript, with the same results; the fastest that runs here when it is not given. */
  readonly kernel?: KernelName;
}

/**
 * The roads of a district: its map (or the one at `mapPath`) with its closures, hazard roads and speed factors laid on.
 *
 * @throws RoadError no-map, map-changed, and those of `readOsmPbf`, `openOsrmAt` and `openOwnOsrm`; InputError unknown-area
 */
export async function openRoads(
  dataset: Dataset,
  options: OpenOptions & { readonly mapPath?: string } = {},
): Promise<RoadEngine> {
  const choice = options.engine ?? engineChoice();
  const path = options.mapPath ?? dataset.map?.path;
  if (path === undefined) {
    if (choice.engine === "osrm" && choice.url !== undefined)
      return openOsrmAt(undefined, atOptions(choice.url, dataset));
    throw new RoadError(
      "no-map",
      "The district has no road map. Maybe roads/map.osm.pbf is missing, or give one with --roads?",
      {
        path: "roads/map.osm.pbf",
      },
    );
  }
  const map = await preparedMap(path, options);
  if (options.mapPath === undefined && dataset.map !== undefined && map.mapHash !== dataset.map.sha256) {
    throw new RoadError(
      "map-changed",
      `The road map ${path} is not the one that the dataset was read with. Maybe it was updated since? Read the district again.`,
      {
        path,
        values: { expected: dataset.map.sha256, found: map.mapHash },
      },
    );
  }
  return chosen(
    choice,
    embedded(path, map, (index) => conditionsOf(dataset, map, index), options.kernel),
    options,
    dataset,
  );
}

/** Roads of a bare map file, without any district's conditions. */
export async function openMap(path: string, options: OpenOptions = {}): Promise<RoadEngine> {
  const map = await preparedMap(path, options);
  return chosen(
    options.engine ?? engineChoice(),
    embedded(path, map, () => noConditions(map), options.kernel),
    options,
  );
}

/** Builds a map into the cache, where `openRoads` and `openMap` find it. @returns what was read and what was left out */
export async function prepareMap(path: string, options: OpenOptions = {}): Promise<MapReport> {
  const { engine = engineChoice(), onProgress } = options;
  if (engine.engine === "embedded") return (await preparedMap(path, options)).report;
  const map = await preparedMap(path, { ...options, onProgress: (share) => onProgress?.(share / 2) });
  const ready = { mapPath: path, map, conditions: noConditions(map) };
  await prepareOsrm(ready, { ...own(engine, options), onProgress: (share) => onProgress?.(0.5 + share / 2) });
  return map.report;
}

/**
 * A prepared map to hand to other threads (`OpenOptions.shared`), made where it is not in the cache yet.
 *
 * @throws RoadError as `openMap`
 */
export async function sharedMap(path: string, options: OpenOptions = {}): Promise<SharedArrayBuffer> {
  const bytes = encodeRoadMap(await preparedMap(path, options));
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return shared;
}

function embedded(
  mapPath: string,
  map: RoadMap,
  laid: (index: SegmentIndex) => Conditions,
  kernel: KernelName | undefined,
): LocalRoads {
  const busIndex = new SegmentIndex(map.bus, map.busSegments);
  const walkIndex = new SegmentIndex(map.walk, map.walkSegments);
  const conditions = laid(busIndex);
  const engine = (insteadOfOsrm?: string) =>
    new EmbeddedRoads(map, conditions, busIndex, walkIndex, kernel, insteadOfOsrm);
  return { mapPath, map, conditions, engine: engine(), standIn: engine };
}

async function chosen(
  choice: EngineChoice,
  local: LocalRoads,
  options: OpenOptions,
  dataset?: Dataset,
): Promise<RoadEngine> {
  if (choice.engine === "embedded") return local.engine;
  if (choice.url !== undefined) return openOsrmAt(local, atOptions(choice.url, dataset));
  return openOwnOsrm(local, own(choice, options));
}

function own(choice: EngineChoice & { engine: "osrm" }, { cacheDir, signal }: OpenOptions) {
  return {
    cacheDir: cacheDir ?? join(tmpdir(), "trivium-osrm"),
    ...(signal ? { signal } : {}),
    ...(choice.bin === undefined ? {} : { bin: choice.bin }),
    ...(choice.path === undefined ? {} : { path: choice.path }),
    ...(choice.smallComponent === undefined ? {} : { smallComponent: choice.smallComponent }),
  };
}

/** What a district lays on its map, and where its schools are, for a server that is there already. */
function atOptions(url: string, dataset?: Dataset) {
  const { closures = [], hazards = [], speed_factors = [], schools = [] } = dataset?.tables ?? {};
  const barred = hazards.filter(({ kind }) => kind === "no_bus").length;
  const conditions = [
    [closures.length, "closures"],
    [barred, "roads barred to buses"],
    [speed_factors.length, "speed factors"],
  ] as const;
  return {
    url,
    places: schools.flatMap(({ lat, lon }) => (lat === undefined || lon === undefined ? [] : [{ lat, lon }])),
    conditions: conditions.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
  };
}

/** The built map of a file, out of the cache where it is there. @throws RoadError as `openMap` */
export async function preparedMap(path: string, options: OpenOptions): Promise<RoadMap> {
  if (options.shared) return decodeRoadMap(new Uint8Array(options.shared), path);
  const hash = await hashOf(path);
  const cache = options.cacheDir === undefined ? undefined : cachePath(options.cacheDir, hash);
  const known = cache === undefined ? null : await readCache(cache, hash);
  if (known) return known;
  const map = await buildRoadMap(path, hash, options);
  if (map.report.busStreets === 0) {
    throw new RoadError(
      "map-without-roads",
      `The road map ${path} holds no roads that a bus may use. Maybe it was filtered to something else?`,
      { path },
    );
  }
  if (cache !== undefined) await writeCache(cache, map);
  return map;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new RoadError("map-missing", `The road map ${path} cannot be read (${reason}). Maybe the path is wrong?`, {
      path,
      values: { reason },
    });
  }
  return hash.digest("hex");
}
