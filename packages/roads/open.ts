import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type Dataset, RoadError, type RoadNetwork } from "@trivium/model";
import { type Conditions, conditionsOf, noConditions } from "./conditions/conditions.ts";
import { EmbeddedRoads } from "./embedded.ts";
import { buildRoadMap } from "./map/build.ts";
import { cachePath, readCache, writeCache } from "./map/cache.ts";
import type { MapReport, RoadMap } from "./map/road-map.ts";
import { SegmentIndex } from "./snap/segment-index.ts";

export interface OpenOptions {
  /** Where prepared maps are kept; without it the map is built each time. */
  readonly cacheDir?: string;
  readonly signal?: AbortSignal;
  /** Share of the preparation that is done, 0 to 1; not called when the cache is used. */
  readonly onProgress?: (share: number) => void;
}

/**
 * The roads of a district: its map (or the one at `mapPath`) with its closures, hazard roads and speed factors laid on.
 *
 * @throws RoadError no-map, map-changed, and those of `readOsmPbf`; InputError unknown-area
 */
export async function openRoads(
  dataset: Dataset,
  options: OpenOptions & { readonly mapPath?: string } = {},
): Promise<RoadNetwork> {
  const path = options.mapPath ?? dataset.map?.path;
  if (path === undefined) {
    throw new RoadError(
      "no-map",
      "The district has no road map. Maybe roads/map.osm.pbf is missing, or give one with --roads?",
      {
        path: "roads/map.osm.pbf",
      },
    );
  }
  const map = await prepared(path, options);
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
  return network(map, (index) => conditionsOf(dataset, map, index));
}

/** Roads of a bare map file, without any district's conditions. */
export async function openMap(path: string, options: OpenOptions = {}): Promise<RoadNetwork> {
  const map = await prepared(path, options);
  return network(map, () => noConditions(map));
}

/** Builds a map into the cache, where `openRoads` and `openMap` find it. @returns what was read and what was left out */
export async function prepareMap(path: string, options: OpenOptions = {}): Promise<MapReport> {
  return (await prepared(path, options)).report;
}

function network(map: RoadMap, conditions: (index: SegmentIndex) => Conditions): RoadNetwork {
  const { bus, walk } = map;
  const busIndex = new SegmentIndex(bus, (street) => bus.alive[2 * street] === 1 || bus.alive[2 * street + 1] === 1);
  const walkIndex = new SegmentIndex(walk, (street) => walk.usable[street] === 1);
  return new EmbeddedRoads(map, conditions(busIndex), busIndex, walkIndex);
}

async function prepared(path: string, options: OpenOptions): Promise<RoadMap> {
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
