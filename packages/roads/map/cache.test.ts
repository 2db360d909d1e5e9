import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, expect, test } from "vitest";
import { openMap, prepareMap, sharedMap } from "../index.ts";
import { drawTown } from "../testing/drawn-town.ts";
import { buildRoadMap } from "./build.ts";
import { cachePath, decodeRoadMap, encodeRoadMap, readCache, writeCache } from "./cache.ts";

const folder = mkdtempSync(join(tmpdir(), "trivium-cache-"));
afterAll(() => rmSync(folder, { recursive: true }));

const town = drawTown({
  places: { A: [0, 0], B: [400, 0], C: [400, 400] },
  ways: { ring: ["A B C A", { highway: "residential" }], spur: ["B C", { highway: "primary", name: "Straße" }] },
});
const built = await buildRoadMap(town.path, "abc");

test("a map comes out of the cache as it went in, over shared memory", async () => {
  const dir = mkdtempSync(join(folder, "cache-"));
  const path = cachePath(dir, "abc");
  await writeCache(path, built);
  const opened = await readCache(path, "abc");
  expect(opened).toEqual(built);
  expect(opened!.bus.lengthM.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(await readCache(path, "of another map")).toBeNull();
});

test("threads that open a shared map answer as one that read the file, and hold its bytes once", async () => {
  const shared = await sharedMap(town.path);
  const points = [town.at("A"), town.point(300, 0), town.point(400, 200)];
  const threads = [1, 2].map(
    () =>
      new Worker(new URL("../testing/matrix-thread.ts", import.meta.url), {
        workerData: { path: town.path, shared, points },
      }),
  );
  const answers = await Promise.all(threads.map((thread) => once(thread, "message")));
  await Promise.all(threads.map((thread) => thread.terminate()));
  const own = await (await openMap(town.path)).matrix(points, points, 0);
  for (const [answer] of answers) expect(answer).toEqual(own);
  expect(decodeRoadMap(new Uint8Array(shared), "shared").hierarchy.heads.buffer).toBe(shared);
});

test("the same map gives the same bytes", async () => {
  const again = await buildRoadMap(town.path, "abc");
  expect(Buffer.compare(encodeRoadMap(built), encodeRoadMap(again))).toBe(0);
});

test("a cache file with any byte changed, or cut off anywhere, is refused", () => {
  const good = encodeRoadMap(built);
  expect(decodeRoadMap(good, "good")).toEqual(built);
  const refusal = (bytes: Uint8Array) => {
    try {
      return decodeRoadMap(bytes, "bad") && "accepted";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  for (let i = 0; i < good.length; i += 7) {
    const damaged = Uint8Array.from(good);
    damaged[i]! ^= 0xff;
    expect(refusal(damaged)).toMatch(/^cache-/);
  }
  for (let length = 0; length < good.length; length += 11) {
    expect(refusal(good.slice(0, length))).toMatch(/^cache-/);
  }
});

test.each([0.1, 0.5, 0.7, 0.8, 0.85])(
  "a cancel at share %d of the preparation is heard, and leaves nothing in the cache",
  async (at) => {
    const cacheDir = mkdtempSync(join(folder, "cache-"));
    const cancel = new AbortController();
    const onProgress = (share: number) => {
      if (share >= at) cancel.abort(new Error("enough"));
    };
    await expect(prepareMap(town.path, { cacheDir, signal: cancel.signal, onProgress })).rejects.toThrow("enough");
    expect(readdirSync(cacheDir)).toEqual([]);
  },
);

test("a damaged cache is made anew, and answers the same", async () => {
  const cacheDir = mkdtempSync(join(folder, "cache-"));
  const report = await prepareMap(town.path, { cacheDir });
  const [file] = readdirSync(cacheDir) as [string];
  const good = readFileSync(join(cacheDir, file));
  writeFileSync(join(cacheDir, file), good.subarray(0, 200));
  const roads = await openMap(town.path, { cacheDir });
  expect(Buffer.compare(readFileSync(join(cacheDir, file)), good)).toBe(0);
  expect(await prepareMap(town.path, { cacheDir })).toEqual(report);
  expect((await roads.nearest([town.at("A")], "bus", 10))[0]!.street).toBe("ring");
});
