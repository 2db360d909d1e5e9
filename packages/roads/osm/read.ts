import { type FileHandle, open } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import { RoadError } from "@trivium/model";
import { PbfReader } from "pbf";
import type { OsmNode, OsmRelation, OsmWay } from "./entities.ts";
import {
  BLOB,
  BLOB_HEADER,
  BLOCK,
  DENSE,
  GROUP,
  HEADER,
  MAX_BLOB_BYTES,
  MAX_BLOB_HEADER_BYTES,
  MEMBER_TYPES,
  NODE,
  RELATION,
  WAY,
} from "./format.ts";

/** What to do with each entity. Kinds that are left out are not decoded. */
export interface OsmVisitor {
  node?(node: OsmNode): void;
  way?(way: OsmWay): void;
  relation?(relation: OsmRelation): void;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Share of the file that has been read, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Features that this reader understands; a file that requires another is refused. */
const UNDERSTOOD = new Set(["OsmSchema-V0.6", "DenseNodes"]);

/**
 * Streams an `.osm.pbf` file, blob by blob, in file order; never holds more than one block.
 *
 * @throws RoadError map-missing, map-not-pbf, map-truncated, map-corrupt, map-unsupported; the reason of `signal` when cancelled
 * @see https://wiki.openstreetmap.org/wiki/PBF_Format
 */
export async function readOsmPbf(path: string, visitor: OsmVisitor, options: ReadOptions = {}): Promise<void> {
  const file = await openMap(path);
  try {
    const { size } = await file.stat();
    let offset = 0;
    for (let index = 0; offset < size; index++) {
      options.signal?.throwIfAborted();
      const blob = await readBlob(file, path, offset, size, index);
      decode(path, offset, () => (index === 0 ? checkHeader(blob.body, path) : readBlock(blob, visitor)));
      offset = blob.end;
      options.onProgress?.(offset / size);
    }
    if (size === 0) throw notPbf(path);
  } finally {
    await file.close();
  }
}

async function openMap(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new RoadError("map-missing", `The road map ${path} cannot be opened (${reason}). Maybe the path is wrong?`, {
      path,
      values: { reason },
    });
  }
}

interface Blob {
  readonly type: string;
  readonly body: Uint8Array;
  readonly end: number;
}

async function readBlob(file: FileHandle, path: string, offset: number, size: number, index: number): Promise<Blob> {
  const headerBytes = new DataView((await read(file, path, offset, 4, size)).buffer).getUint32(0);
  if (headerBytes === 0 || headerBytes > MAX_BLOB_HEADER_BYTES)
    throw index === 0 ? notPbf(path) : corrupt(path, offset);
  if (index === 0 && offset + 4 + headerBytes > size) throw notPbf(path);
  const header = await read(file, path, offset + 4, headerBytes, size);
  const { type, bytes } = decode(path, offset, () => blobHeader(header));
  if (index === 0 && type !== "OSMHeader") throw notPbf(path);
  if (bytes <= 0 || bytes > MAX_BLOB_BYTES) throw corrupt(path, offset);
  const start = offset + 4 + headerBytes;
  const content = await read(file, path, start, bytes, size);
  return { type, body: decode(path, offset, () => blobBody(content)), end: start + bytes };
}

async function read(file: FileHandle, path: string, offset: number, bytes: number, size: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, offset);
  if (bytesRead === bytes) return buffer;
  throw new RoadError(
    "map-truncated",
    `The road map ${path} ends at byte ${size} in the middle of a block that began at ${offset}. Maybe its download broke off?`,
    { path, values: { offset, size } },
  );
}

/** Whatever goes wrong in decoding says the same: these bytes are not what they should be. */
function decode<T>(path: string, offset: number, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    if (cause instanceof RoadError) throw cause;
    throw corrupt(path, offset, cause);
  }
}

const corrupt = (path: string, offset: number, cause?: unknown) =>
  new RoadError(
    "map-corrupt",
    `The road map ${path} is damaged in the block at byte ${offset}. Maybe it was changed by a transfer in text mode?`,
    { path, values: { offset, ...(cause instanceof Error ? { reason: cause.message } : {}) } },
  );

const notPbf = (path: string) =>
  new RoadError("map-not-pbf", `${path} is not an .osm.pbf file. Maybe it is .osm XML, or was unpacked wrongly?`, {
    path,
  });

function blobHeader(bytes: Uint8Array): { type: string; bytes: number } {
  const header = { type: "", bytes: 0 };
  new PbfReader(bytes).readFields((tag, result, pbf) => {
    if (tag === BLOB_HEADER.type) result.type = pbf.readString();
    else if (tag === BLOB_HEADER.dataSize) result.bytes = pbf.readVarint();
  }, header);
  return header;
}

function blobBody(bytes: Uint8Array): Uint8Array {
  const parts: { raw?: Uint8Array; zlib?: Uint8Array; rawSize: number } = { rawSize: 0 };
  new PbfReader(bytes).readFields((tag, result, pbf) => {
    if (tag === BLOB.raw) result.raw = pbf.readBytes();
    else if (tag === BLOB.rawSize) result.rawSize = pbf.readVarint();
    else if (tag === BLOB.zlibData) result.zlib = pbf.readBytes();
  }, parts);
  if (parts.raw) return parts.raw;
  if (!parts.zlib) throw new RangeError("a blob that is neither raw nor zlib");
  const body = inflateSync(parts.zlib, { maxOutputLength: MAX_BLOB_BYTES });
  if (body.length !== parts.rawSize) throw new RangeError("a blob of another size than it says");
  return body;
}

function checkHeader(body: Uint8Array, path: string): void {
  const required: string[] = [];
  new PbfReader(body).readFields((tag, result, pbf) => {
    if (tag === HEADER.requiredFeatures) result.push(pbf.readString());
  }, required);
  const unknown = required.filter((feature) => !UNDERSTOOD.has(feature));
  if (unknown.length === 0) return;
  throw new RoadError(
    "map-unsupported",
    `The road map ${path} requires ${unknown.join(", ")}. Maybe it holds history? Export it without.`,
    { path, values: { unknown } },
  );
}

/** One primitive block: strings, scale and groups. */
interface Block {
  readonly strings: string[];
  readonly groups: Uint8Array[];
  granularity: number;
  latOffset: number;
  lonOffset: number;
}

function readBlock(blob: Blob, visitor: OsmVisitor): void {
  if (blob.type !== "OSMData") return;
  const block: Block = { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 };
  new PbfReader(blob.body).readFields((tag, result, pbf) => {
    if (tag === BLOCK.stringTable) readStrings(pbf.readBytes(), result.strings);
    else if (tag === BLOCK.group) result.groups.push(pbf.readBytes());
    else if (tag === BLOCK.granularity) result.granularity = pbf.readVarint();
    else if (tag === BLOCK.latOffset) result.latOffset = pbf.readVarint(true);
    else if (tag === BLOCK.lonOffset) result.lonOffset = pbf.readVarint(true);
  }, block);
  for (const group of block.groups) {
    new PbfReader(group).readFields((tag, _, pbf) => {
      if (tag === GROUP.dense && visitor.node) readDense(pbf.readBytes(), block, visitor.node);
      else if (tag === GROUP.nodes && visitor.node) visitor.node(readNode(pbf.readBytes(), block));
      else if (tag === GROUP.ways && visitor.way) visitor.way(readWay(pbf.readBytes(), block));
      else if (tag === GROUP.relations && visitor.relation) visitor.relation(readRelation(pbf.readBytes(), block));
    }, undefined);
  }
}

const utf8 = new TextDecoder();

function readStrings(bytes: Uint8Array, strings: string[]): void {
  new PbfReader(bytes).readFields((tag, result, pbf) => {
    if (tag === 1) result.push(utf8.decode(pbf.readBytes()));
  }, strings);
}

function text(block: Block, index: number): string {
  const string = block.strings[index];
  if (string === undefined) throw new RangeError(`string ${index} of ${block.strings.length}`);
  return string;
}

function tagsOf(keys: readonly number[], values: readonly number[], block: Block): Record<string, string> {
  if (keys.length !== values.length) throw new RangeError("keys and values differ in number");
  const tags: Record<string, string> = {};
  for (let i = 0; i < keys.length; i++) tags[text(block, keys[i]!)] = text(block, values[i]!);
  return tags;
}

const NO_TAGS: Readonly<Record<string, string>> = {};

/** Raw units → degrees, exact to 1e-9; outside the globe = damaged. */
function degrees(raw: number, granularity: number, offset: number, limit: number): number {
  const value = (offset + granularity * raw) / 1e9;
  if (!(Math.abs(value) <= limit)) throw new RangeError(`a coordinate of ${value}°`);
  return value;
}

function readDense(bytes: Uint8Array, block: Block, visit: (node: OsmNode) => void): void {
  const dense = { ids: [] as number[], lats: [] as number[], lons: [] as number[], keysVals: [] as number[] };
  new PbfReader(bytes).readFields((tag, result, pbf) => {
    if (tag === DENSE.ids) pbf.readPackedSVarint(result.ids);
    else if (tag === DENSE.lats) pbf.readPackedSVarint(result.lats);
    else if (tag === DENSE.lons) pbf.readPackedSVarint(result.lons);
    else if (tag === DENSE.keysVals) pbf.readPackedVarint(result.keysVals);
  }, dense);
  const { ids, lats, lons, keysVals } = dense;
  if (lats.length !== ids.length || lons.length !== ids.length) throw new RangeError("dense nodes of unequal columns");
  let id = 0;
  let lat = 0;
  let lon = 0;
  let cursor = 0;
  for (let i = 0; i < ids.length; i++) {
    id += ids[i]!;
    lat += lats[i]!;
    lon += lons[i]!;
    let tags: Record<string, string> | undefined;
    while (cursor < keysVals.length && keysVals[cursor] !== 0) {
      tags ??= {};
      tags[text(block, keysVals[cursor]!)] = text(block, keysVals[cursor + 1]!);
      cursor += 2;
    }
    cursor++;
    visit({
      id,
      lat: degrees(lat, block.granularity, block.latOffset, 90),
      lon: degrees(lon, block.granularity, block.lonOffset, 180),
      tags: tags ?? NO_TAGS,
    });
  }
}

function readNode(bytes: Uint8Array, block: Block): OsmNode {
  const node = { id: 0, lat: 0, lon: 0, keys: [] as number[], values: [] as number[] };
  new PbfReader(bytes).readFields((tag, result, pbf) => {
    if (tag === NODE.id) result.id = pbf.readSVarint();
    else if (tag === NODE.lat) result.lat = pbf.readSVarint();
    else if (tag === NODE.lon) result.lon = pbf.readSVarint();
    else if (tag === NODE.keys) pbf.readPackedVarint(result.keys);
    else if (tag === NODE.values) pbf.readPackedVarint(result.values);
  }, node);
  return {
    id: node.id,
    lat: degrees(node.lat, block.granularity, block.latOffset, 90),
    lon: degrees(node.lon, block.granularity, block.lonOffset, 180),
    tags: tagsOf(node.keys, node.values, block),
  };
}

function readWay(bytes: Uint8Array, block: Block): OsmWay {
  const way = { id: 0, keys: [] as number[], values: [] as number[], refs: [] as number[] };
  new PbfReader(bytes).readFields((tag, result, pbf) => {
    if (tag === WAY.id) result.id = pbf.readVarint();
    else if (tag === WAY.keys) pbf.readPackedVarint(result.keys);
    else if (tag === WAY.values) pbf.readPackedVarint(result.values);
    else if (tag === WAY.refs) pbf.readPackedSVarint(result.refs);
  }, way);
  return { id: way.id, refs: summed(way.refs), tags: tagsOf(way.keys, way.values, block) };
}

function readRelation(bytes: Uint8Array, block: Block): OsmRelation {
  const relation = {
    id: 0,
    keys: [] as number[],
    values: [] as number[],
    roles: [] as number[],
    ids: [] as number[],
    types: [] as number[],
  };
  new PbfReader(bytes).readFields((tag, result, pbf) => {
    if (tag === RELATION.id) result.id = pbf.readVarint();
    else if (tag === RELATION.keys) pbf.readPackedVarint(result.keys);
    else if (tag === RELATION.values) pbf.readPackedVarint(result.values);
    else if (tag === RELATION.roles) pbf.readPackedVarint(result.roles);
    else if (tag === RELATION.memberIds) pbf.readPackedSVarint(result.ids);
    else if (tag === RELATION.memberTypes) pbf.readPackedVarint(result.types);
  }, relation);
  const members = summed(relation.ids).map((ref, i) => {
    const type = MEMBER_TYPES[relation.types[i] ?? -1];
    if (type === undefined) throw new RangeError("a relation member of unknown type");
    return { type, ref, role: text(block, relation.roles[i] ?? -1) };
  });
  return { id: relation.id, members, tags: tagsOf(relation.keys, relation.values, block) };
}

/** Differences → values, in place. */
function summed(deltas: number[]): number[] {
  for (let i = 1; i < deltas.length; i++) deltas[i]! += deltas[i - 1]!;
  return deltas;
}
