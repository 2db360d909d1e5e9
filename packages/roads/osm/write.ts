import { deflateSync } from "node:zlib";
import { InputError } from "@trivium/model";
import { PbfWriter } from "pbf";
import type { OsmMemberType, OsmNode, OsmRelation, OsmTags, OsmWay } from "./entities.ts";
import { BLOB, BLOB_HEADER, BLOCK, DENSE, GROUP, HEADER, MAX_ID, MEMBER_TYPES, RELATION, WAY } from "./format.ts";

/** What `writeOsmPbf` writes. Tags may be left out where an entity has none. */
export interface OsmContent {
  readonly nodes: readonly (Omit<OsmNode, "tags"> & { readonly tags?: OsmTags })[];
  readonly ways: readonly (Omit<OsmWay, "tags"> & { readonly tags?: OsmTags })[];
  readonly relations?: readonly (Omit<OsmRelation, "tags"> & { readonly tags?: OsmTags })[];
}

/** Entities a block, as the format recommends: 8,000 stay far below the limit of 32 MiB. */
const ENTITIES_PER_BLOCK = 8000;

/**
 * An OpenStreetMap extract as `.osm.pbf` bytes: header, then nodes (dense), ways and relations, each sorted by id,
 * blobs deflated. Coordinates are rounded to 1e-7 degrees (about a centimetre), ids are whole numbers from 0 to 2⁵².
 * The same content gives the same bytes, in whatever order it comes.
 *
 * @throws InputError bad-osm-id, bad-osm-coordinate
 * @see https://wiki.openstreetmap.org/wiki/PBF_Format
 */
export function writeOsmPbf(content: OsmContent): Uint8Array {
  const parts = [blob("OSMHeader", headerBlock())];
  const add = <T extends { id: number; tags?: OsmTags }>(
    entities: readonly T[],
    write: (block: BlockWriter, chunk: T[]) => void,
  ) => {
    for (const { id } of entities) checkedId(id);
    const sorted = entities.toSorted((a, b) => a.id - b.id);
    for (let from = 0; from < sorted.length; from += ENTITIES_PER_BLOCK) {
      const block = new BlockWriter();
      write(block, sorted.slice(from, from + ENTITIES_PER_BLOCK));
      parts.push(blob("OSMData", block.finish()));
    }
  };
  add(content.nodes, (block, chunk) => block.denseNodes(chunk));
  add(content.ways, (block, chunk) => block.ways(chunk));
  add(content.relations ?? [], (block, chunk) => block.relations(chunk));
  return Buffer.concat(parts);
}

function headerBlock(): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeStringField(HEADER.requiredFeatures, "OsmSchema-V0.6");
  pbf.writeStringField(HEADER.requiredFeatures, "DenseNodes");
  pbf.writeStringField(HEADER.optionalFeatures, "Sort.Type_then_ID");
  pbf.writeStringField(HEADER.writingProgram, "trivium");
  return pbf.finish();
}

/** Length of the header (4 bytes, big-endian), header, deflated body. */
function blob(type: "OSMHeader" | "OSMData", body: Uint8Array): Uint8Array {
  const content = new PbfWriter();
  content.writeVarintField(BLOB.rawSize, body.length);
  content.writeBytesField(BLOB.zlibData, deflateSync(body, { level: 9 }));
  const payload = content.finish();
  const head = new PbfWriter();
  head.writeStringField(BLOB_HEADER.type, type);
  head.writeVarintField(BLOB_HEADER.dataSize, payload.length);
  const header = head.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, payload]);
}

/** One primitive block: its string table fills while its groups are written. */
class BlockWriter {
  /** Entry 0 of the table stands for "no more tags" and is never given out. */
  private readonly strings = new Map<string, number>();
  private readonly groups: Uint8Array[] = [];

  denseNodes(nodes: OsmContent["nodes"][number][]): void {
    const keysVals: number[] = [];
    for (const node of nodes) {
      for (const [key, value] of Object.entries(node.tags ?? {})) keysVals.push(this.string(key), this.string(value));
      keysVals.push(0);
    }
    const dense = new PbfWriter();
    dense.writePackedSVarint(DENSE.ids, deltas(nodes.map((node) => node.id)));
    dense.writePackedSVarint(DENSE.lats, deltas(nodes.map((node) => units(node.lat, 90, node.id))));
    dense.writePackedSVarint(DENSE.lons, deltas(nodes.map((node) => units(node.lon, 180, node.id))));
    if (keysVals.some((entry) => entry !== 0)) dense.writePackedVarint(DENSE.keysVals, keysVals);
    const group = new PbfWriter();
    group.writeBytesField(GROUP.dense, dense.finish());
    this.groups.push(group.finish());
  }

  ways(ways: OsmContent["ways"][number][]): void {
    const group = new PbfWriter();
    for (const way of ways) {
      const pbf = this.tagged(way, WAY);
      pbf.writePackedSVarint(WAY.refs, deltas(way.refs.map(checkedId)));
      group.writeBytesField(GROUP.ways, pbf.finish());
    }
    this.groups.push(group.finish());
  }

  relations(relations: NonNullable<OsmContent["relations"]>[number][]): void {
    const group = new PbfWriter();
    for (const relation of relations) {
      const pbf = this.tagged(relation, RELATION);
      const { members } = relation;
      pbf.writePackedVarint(
        RELATION.roles,
        members.map((member) => this.string(member.role)),
      );
      pbf.writePackedSVarint(RELATION.memberIds, deltas(members.map((member) => checkedId(member.ref))));
      pbf.writePackedVarint(
        RELATION.memberTypes,
        members.map((member) => MEMBER_TYPES.indexOf(member.type satisfies OsmMemberType)),
      );
      group.writeBytesField(GROUP.relations, pbf.finish());
    }
    this.groups.push(group.finish());
  }

  finish(): Uint8Array {
    const table = new PbfWriter();
    for (const text of ["", ...this.strings.keys()]) table.writeBytesField(1, Buffer.from(text, "utf8"));
    const pbf = new PbfWriter();
    pbf.writeBytesField(BLOCK.stringTable, table.finish());
    for (const group of this.groups) pbf.writeBytesField(BLOCK.group, group);
    return pbf.finish();
  }

  private tagged(
    entity: { id: number; tags?: OsmTags },
    field: { id: number; keys: number; values: number },
  ): PbfWriter {
    const pbf = new PbfWriter();
    const tags = Object.entries(entity.tags ?? {});
    pbf.writeVarintField(field.id, entity.id);
    if (tags.length === 0) return pbf;
    pbf.writePackedVarint(
      field.keys,
      tags.map(([key]) => this.string(key)),
    );
    pbf.writePackedVarint(
      field.values,
      tags.map(([, value]) => this.string(value)),
    );
    return pbf;
  }

  private string(text: string): number {
    const index = this.strings.get(text) ?? this.strings.size + 1;
    this.strings.set(text, index);
    return index;
  }
}

function deltas(values: readonly number[]): number[] {
  return values.map((value, index) => value - (index === 0 ? 0 : (values[index - 1] as number)));
}

/** Degrees → units of 1e-7 degree. */
function units(degrees: number, limit: number, id: number): number {
  if (Math.abs(degrees) <= limit) return Math.round(degrees * 1e7);
  throw new InputError(
    "bad-osm-coordinate",
    `Node ${id} has a coordinate of ${degrees}°. Maybe lat and lon are swapped?`,
    {
      values: { id, degrees },
    },
  );
}

function checkedId(id: number): number {
  if (Number.isSafeInteger(id) && id >= 0 && id <= MAX_ID) return id;
  throw new InputError(
    "bad-osm-id",
    `An OSM id is ${id}, not a whole number from 0 to 2^52. Maybe it was counted in fractions?`,
    {
      values: { id },
    },
  );
}
