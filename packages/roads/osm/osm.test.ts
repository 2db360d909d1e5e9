import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { PbfWriter } from "pbf";
import { afterAll, describe, expect, test } from "vitest";
import type { OsmNode, OsmRelation, OsmWay } from "./entities.ts";
import { BLOB, BLOB_HEADER, BLOCK, GROUP, HEADER, NODE } from "./format.ts";
import { readOsmPbf } from "./read.ts";
import { type OsmContent, writeOsmPbf } from "./write.ts";

const folder = mkdtempSync(join(tmpdir(), "trivium-osm-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function saved(bytes: Uint8Array): string {
  const path = join(folder, `${files++}.osm.pbf`);
  writeFileSync(path, bytes);
  return path;
}

async function contentOf(bytes: Uint8Array) {
  const nodes: OsmNode[] = [];
  const ways: OsmWay[] = [];
  const relations: OsmRelation[] = [];
  await readOsmPbf(saved(bytes), {
    node: (node) => nodes.push(node),
    way: (way) => ways.push(way),
    relation: (relation) => relations.push(relation),
  });
  return { nodes, ways, relations };
}

const street: OsmContent = {
  nodes: [
    { id: 2, lat: 40.0000001, lon: -76.1234567, tags: { highway: "traffic_signals" } },
    { id: 1, lat: -33.5, lon: 151 },
  ],
  ways: [{ id: 9_000_000_000, refs: [1, 2, 1], tags: { name: "Bückeburger Straße 学", highway: "residential" } }],
  relations: [
    {
      id: 7,
      members: [
        { type: "way", ref: 9_000_000_000, role: "from" },
        { type: "node", ref: 2, role: "via" },
      ],
      tags: {},
    },
  ],
};

describe("an extract that was written", () => {
  test("is read back entity by entity, sorted by id", async () => {
    const read = await contentOf(writeOsmPbf(street));
    expect(read.nodes.map((node) => node.id)).toEqual([1, 2]);
    expect(read.nodes[1]).toEqual(street.nodes[0]);
    expect(read.ways).toEqual(street.ways);
    expect(read.relations).toEqual(street.relations);
  });

  test("has the same bytes in whatever order its nodes come", () => {
    const turned = { ...street, nodes: street.nodes.toReversed() };
    expect(Buffer.compare(writeOsmPbf(street), writeOsmPbf(turned))).toBe(0);
  });

  test("keeps any ids, coordinates and texts over several blocks", async () => {
    const id = fc.integer({ min: 0, max: 2 ** 52 });
    const tags = fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      fc.string(),
    );
    const degrees = (limit: number) => fc.integer({ min: -limit * 1e7, max: limit * 1e7 }).map((units) => units / 1e7);
    const content = fc.record({
      nodes: fc.uniqueArray(fc.record({ id, lat: degrees(90), lon: degrees(180), tags }), {
        selector: (node) => node.id,
      }),
      ways: fc.uniqueArray(fc.record({ id, refs: fc.array(id), tags }), { selector: (way) => way.id }),
    });
    await fc.assert(
      fc.asyncProperty(content, async ({ nodes, ways }) => {
        const read = await contentOf(writeOsmPbf({ nodes, ways }));
        const sorted = <T extends { id: number }>(list: T[]) => list.toSorted((a, b) => a.id - b.id);
        const rounded = (list: OsmNode[]) =>
          list.map((node) => [node.id, Math.round(node.lat * 1e7), Math.round(node.lon * 1e7)]);
        expect(rounded(read.nodes)).toEqual(rounded(sorted(nodes)));
        expect(read.nodes.map((node) => ({ ...node.tags }))).toEqual(sorted(nodes).map((node) => ({ ...node.tags })));
        expect(read.ways.map((way) => way.refs)).toEqual(sorted(ways).map((way) => way.refs));
      }),
      { numRuns: 50 },
    );
  });

  test("refuses ids and coordinates that no map has", () => {
    expect(() => writeOsmPbf({ nodes: [{ id: 1.5, lat: 0, lon: 0 }], ways: [] })).toThrow(/OSM id/);
    expect(() => writeOsmPbf({ nodes: [{ id: 1, lat: 100, lon: 0 }], ways: [] })).toThrow(/lat and lon/);
  });

  test("of 20,000 nodes takes several blocks and comes back whole", async () => {
    const nodes = Array.from({ length: 20_000 }, (_, i) => ({ id: i + 1, lat: i / 1000, lon: -i / 1000 }));
    expect((await contentOf(writeOsmPbf({ nodes, ways: [] }))).nodes).toHaveLength(20_000);
  });
});

test("plain nodes, another scale and blobs that are not packed are read as well", async () => {
  const strings = new PbfWriter();
  for (const text of ["", "highway", "crossing"]) strings.writeBytesField(1, Buffer.from(text));
  const node = new PbfWriter();
  node.writeTag(NODE.id, 0);
  node.writeSVarint(42);
  node.writePackedVarint(NODE.keys, [1]);
  node.writePackedVarint(NODE.values, [2]);
  node.writeTag(NODE.lat, 0);
  node.writeSVarint(-3000);
  node.writeTag(NODE.lon, 0);
  node.writeSVarint(7000);
  const group = new PbfWriter();
  group.writeBytesField(GROUP.nodes, node.finish());
  const block = new PbfWriter();
  block.writeBytesField(BLOCK.stringTable, strings.finish());
  block.writeBytesField(BLOCK.group, group.finish());
  block.writeVarintField(BLOCK.granularity, 1_000_000);
  block.writeVarintField(BLOCK.latOffset, -1_000_000_000);
  block.writeVarintField(BLOCK.lonOffset, 2_000_000_000);
  const file = Buffer.concat([rawBlob("OSMHeader", new Uint8Array()), rawBlob("OSMData", block.finish())]);
  const { nodes } = await contentOf(file);
  expect(nodes).toEqual([{ id: 42, lat: -4, lon: 9, tags: { highway: "crossing" } }]);
});

/** A blob that is not deflated. */
function rawBlob(type: string, content: Uint8Array): Buffer {
  const body = new PbfWriter();
  body.writeBytesField(BLOB.raw, content);
  const payload = body.finish();
  const head = new PbfWriter();
  head.writeStringField(BLOB_HEADER.type, type);
  head.writeVarintField(BLOB_HEADER.dataSize, payload.length);
  const bytes = head.finish();
  return Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes, payload]);
}

describe("a file that is no good map", () => {
  const good = writeOsmPbf(street);
  const codeOf = (bytes: Uint8Array) =>
    contentOf(bytes).then(
      () => "read",
      (error) => error.code,
    );

  test("cut off anywhere it is refused as truncated, or as no map when not even its head is there", async () => {
    for (let length = 0; length < good.length; length += 3) {
      const code = await codeOf(good.subarray(0, length));
      // A cut between two blocks leaves a valid, smaller file.
      expect(["map-truncated", "map-not-pbf", "read"]).toContain(code);
      if (code === "read") expect(blockEnds(good)).toContain(length);
    }
  });

  test("with a byte changed it is refused, or reads as another map of valid entities", async () => {
    const codes = new Set<string>();
    for (let i = 0; i < good.length; i++) {
      const damaged = Uint8Array.from(good);
      damaged[i]! ^= 0x5a;
      codes.add(await codeOf(damaged));
    }
    codes.delete("read");
    expect([...codes].sort()).toEqual(["map-corrupt", "map-not-pbf", "map-truncated"]);
  });

  test("with a byte of its packed content changed it is always refused", async () => {
    const damaged = Uint8Array.from(good);
    damaged[good.length - 20]! ^= 0xff;
    expect(await codeOf(damaged)).toBe("map-corrupt");
  });

  test("that is XML, or empty, or absent, is named as such", async () => {
    expect(await codeOf(Buffer.from('<?xml version="1.0"?><osm version="0.6"></osm>'))).toBe("map-not-pbf");
    expect(await codeOf(new Uint8Array())).toBe("map-not-pbf");
    await expect(readOsmPbf(join(folder, "none.osm.pbf"), {})).rejects.toMatchObject({ code: "map-missing" });
  });

  test("that needs what this reader does not understand is refused by name", async () => {
    const header = new PbfWriter();
    header.writeStringField(HEADER.requiredFeatures, "HistoricalInformation");
    expect(await codeOf(rawBlob("OSMHeader", header.finish()))).toBe("map-unsupported");
  });

  test("is not read on after a cancel", async () => {
    const cancelled = AbortSignal.abort(new Error("enough"));
    await expect(readOsmPbf(saved(good), {}, { signal: cancelled })).rejects.toThrow("enough");
  });
});

function blockEnds(bytes: Uint8Array): number[] {
  const file = readFileSync(saved(bytes));
  const ends: number[] = [];
  for (let at = 0; at < file.length; ) {
    const header = file.readUInt32BE(at);
    const sizeAt = file.indexOf(0x18, at + 4 + 2 + (file[at + 5] as number));
    let size = 0;
    for (let i = sizeAt + 1, shift = 0; ; i++, shift += 7) {
      size |= (file[i]! & 0x7f) << shift;
      if (file[i]! < 0x80) break;
    }
    at += 4 + header + size;
    ends.push(at);
  }
  return ends;
}
