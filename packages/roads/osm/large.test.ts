import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sha256 } from "@trivium/model";
import { expect, test } from "vitest";
import { prepareMap } from "../index.ts";
import { drawTown } from "../testing/drawn-town.ts";
import { writeOsmPbf } from "./write.ts";

const LARGE_MB = 60;
/** Neither the file nor what it unpacks to would fit into a heap of this size. */
const HEAP_MB = 96;

/** Text that does not pack well, so that few entities make a large file. */
const digest = (i: number) => [0, 1, 2, 3, 4].map((part) => sha256(`${i}/${part}`)).join("");

/** Footprints of buildings, as most of a raw extract is: bytes of data blocks, without a file's header. */
function buildings(count: number): Uint8Array {
  const corners = [
    [0, 0],
    [12, 0],
    [12, 9],
    [0, 9],
  ] as const;
  const first = 10_000_000;
  const file = writeOsmPbf({
    nodes: Array.from({ length: count * 4 }, (_, i) => ({
      id: first + i,
      lat: 40 + ((i >> 2) % 997) * 3e-4 + corners[i % 4]![1] * 9.1e-6,
      lon: -76 + ((i >> 2) % 1009) * 4e-4 + corners[i % 4]![0] * 7.7e-6,
    })),
    ways: Array.from({ length: count }, (_, i) => ({
      id: first + i,
      refs: [0, 1, 2, 3, 0].map((corner) => first + 4 * i + corner),
      tags: { building: "yes", "addr:street": `Street ${i % 311}`, source: digest(i) },
    })),
  });
  const head = Buffer.from(writeOsmPbf({ nodes: [], ways: [] })).length;
  return file.subarray(head);
}

test(`an extract of ${LARGE_MB} MB is read in little memory, and its roads are those of the extract without the rest`, async () => {
  const town = drawTown({
    places: { A: [0, 0], B: [400, 0], C: [400, 400], D: [0, 400] },
    ways: { ring: ["A B C D A", { highway: "residential" }], across: ["A C", { highway: "tertiary" }] },
  });
  const expected = await prepareMap(town.path, { engine: { engine: "embedded" } });
  const filler = buildings(20_000);
  const path = `${town.path}.large.osm.pbf`;
  const file = openSync(path, "w");
  writeSync(file, readFileSync(town.path));
  for (let bytes = 0; bytes < LARGE_MB * 1e6; bytes += filler.length) writeSync(file, filler);
  closeSync(file);
  expect(statSync(path).size).toBeGreaterThanOrEqual(LARGE_MB * 1e6);
  const child = fileURLToPath(new URL("../testing/prepare-large.ts", import.meta.url));
  const out = JSON.parse(
    execFileSync(process.execPath, [`--max-old-space-size=${HEAP_MB}`, child, path], { encoding: "utf8" }),
  ) as {
    report: object;
    beforeMb: number;
    peakMb: number;
  };
  expect(out.report).toEqual(expected);
  expect(out.peakMb - out.beforeMb).toBeLessThan(400);
}, 120_000);
