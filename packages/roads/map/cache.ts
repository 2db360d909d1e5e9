import { randomUUID } from "node:crypto";
import { mkdir, open, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { RoadError } from "@trivium/model";
import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import { PROFILE } from "../profile.ts";
import type { Segments } from "../snap/segment-index.ts";
import type { BusNet, MapReport, RoadMap, WalkNet, WayTable } from "./road-map.ts";

/**
 * A prepared map on disk, opened without parsing: 24 bytes of head, a table of contents as JSON, then the arrays, each on a multiple of
 * 8 bytes, little-endian. The head is the magic, the CRC-32 of all that follows it, the version and the length of the contents. In memory it is one
 * SharedArrayBuffer that threads may share.
 */
const MAGIC = "TRIVROAD";
/** Counts up whenever what a map file holds, or how it is made from an extract, changes. */
const CACHE_VERSION = 7;
const HEAD_BYTES = 24;

const TYPES = { Float64Array, Uint32Array, Uint8Array } as const;
type TypeName = keyof typeof TYPES;
type Flat = InstanceType<(typeof TYPES)[TypeName]>;

interface Contents {
  readonly profile: string;
  readonly mapHash: string;
  readonly report: MapReport;
  readonly names: readonly string[];
  readonly classes: readonly string[];
  /** By part (`PARTS`) and field: type, byte offset from the first array, length in entries. */
  readonly arrays: readonly { part: Part; field: string; type: TypeName; offset: number; length: number }[];
}

const PARTS = ["ways", "bus", "walk", "busSegments", "walkSegments", "hierarchy"] as const;
type Part = (typeof PARTS)[number];

export function cachePath(dir: string, mapHash: string): string {
  return join(dir, `${mapHash.slice(0, 24)}-${PROFILE}-v${CACHE_VERSION}.roads`);
}

/** Writes beside and renames, so that a reader never sees half a file. */
export async function writeCache(path: string, map: RoadMap): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  const beside = `${path}.${process.pid}-${randomUUID()}`;
  await writeFile(beside, encodeRoadMap(map));
  await rename(beside, path);
}

/** The map in the cache; null where there is none of this map, profile and version, or it is damaged: then it is built again. */
export async function readCache(path: string, mapHash: string): Promise<RoadMap | null> {
  const bytes = await readShared(path);
  if (bytes === null) return null;
  try {
    const map = decodeRoadMap(bytes, path);
    return map.mapHash === mapHash ? map : null;
  } catch (cause) {
    if (cause instanceof RoadError) return null;
    throw cause;
  }
}

async function readShared(path: string): Promise<Uint8Array | null> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    await file.read(bytes, 0, size, 0);
    return bytes;
  } finally {
    await file.close();
  }
}

export function encodeRoadMap(map: RoadMap): Uint8Array {
  const arrays: { part: Part; field: string; type: TypeName; offset: number; length: number; values: Flat }[] = [];
  let offset = 0;
  for (const part of PARTS) {
    for (const [field, values] of Object.entries(map[part])) {
      if (!ArrayBuffer.isView(values)) continue;
      const flat = values as Flat;
      arrays.push({ part, field, type: flat.constructor.name as TypeName, offset, length: flat.length, values: flat });
      offset += aligned(flat.byteLength);
    }
  }
  const contents: Contents = {
    profile: PROFILE,
    mapHash: map.mapHash,
    report: map.report,
    names: map.ways.names,
    classes: map.ways.classes,
    arrays: arrays.map(({ values: _, ...rest }) => rest),
  };
  const json = Buffer.from(JSON.stringify(contents));
  const start = aligned(HEAD_BYTES + json.length);
  const bytes = new Uint8Array(start + offset);
  bytes.set(Buffer.from(MAGIC));
  bytes.set(json, HEAD_BYTES);
  for (const { values, offset: at } of arrays) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start + at);
  }
  const head = new DataView(bytes.buffer);
  head.setUint32(12, CACHE_VERSION, true);
  head.setUint32(16, json.length, true);
  head.setUint32(8, crc32(bytes.subarray(12)), true);
  return bytes;
}

/**
 * Lays arrays over the bytes, copying none.
 * @throws RoadError cache-not-roads, cache-version, cache-corrupt
 */
export function decodeRoadMap(bytes: Uint8Array, path: string): RoadMap {
  if (bytes.length < HEAD_BYTES || Buffer.from(bytes.subarray(0, 8)).toString("latin1") !== MAGIC) {
    throw new RoadError("cache-not-roads", `${path} is not a prepared road map. Maybe another file took its name?`, {
      path,
    });
  }
  const head = new DataView(bytes.buffer, bytes.byteOffset);
  const version = head.getUint32(12, true);
  if (version !== CACHE_VERSION) {
    throw new RoadError(
      "cache-version",
      `${path} is a prepared road map of version ${version}, not ${CACHE_VERSION}. Maybe Trivium was updated? Prepare it again.`,
      {
        path,
        values: { version },
      },
    );
  }
  if (crc32(bytes.subarray(12)) !== head.getUint32(8, true)) {
    throw new RoadError(
      "cache-corrupt",
      `The prepared road map ${path} is damaged. Maybe the disk was full? Delete it, it is made again.`,
      { path },
    );
  }
  const jsonBytes = head.getUint32(16, true);
  const contents = JSON.parse(
    Buffer.from(bytes.slice(HEAD_BYTES, HEAD_BYTES + jsonBytes)).toString("utf8"),
  ) as Contents;
  const start = bytes.byteOffset + aligned(HEAD_BYTES + jsonBytes);
  const part = (name: Part) =>
    Object.fromEntries(
      contents.arrays
        .filter((array) => array.part === name)
        .map(({ field, type, offset, length }) => [
          field,
          new TYPES[type](bytes.buffer as ArrayBuffer, start + offset, length),
        ]),
    );
  return {
    mapHash: contents.mapHash,
    report: contents.report,
    ways: { ...part("ways"), names: contents.names, classes: contents.classes } as unknown as WayTable,
    bus: part("bus") as unknown as BusNet,
    walk: part("walk") as unknown as WalkNet,
    busSegments: part("busSegments") as unknown as Segments,
    walkSegments: part("walkSegments") as unknown as Segments,
    hierarchy: part("hierarchy") as unknown as Hierarchy,
  };
}

const aligned = (bytes: number): number => (bytes + 7) & ~7;
