import { readFileSync, realpathSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import OSRM from "osrm-client";
import { afterEach, describe, expect, test } from "vitest";
import { OsrmClient } from "./client.ts";
import { osrmMatrix, osrmSnaps } from "./tables.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that answers as it is told; `asked` are the addresses that came. */
async function serverWith(answer: (request: IncomingMessage, response: ServerResponse, count: number) => void) {
  const asked: string[] = [];
  const sockets = new Set<unknown>();
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    sockets.add(request.socket);
    answer(request, response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, sockets };
}

const json =
  (body: unknown, status = 200) =>
  (_: IncomingMessage, response: ServerResponse) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const ok = json({ code: "Ok" });
const point = { lat: 40, lon: -76 };

describe("osrm-client over OSRM's v1 API", () => {
  test("is the package's own class, whose abandoned HTTP package is neither installed nor loaded", () => {
    expect(new OsrmClient("http://x")).toBeInstanceOf(OSRM);
    const require = createRequire(import.meta.url);
    const stub = realpathSync(createRequire(require.resolve("osrm-client")).resolve("request"));
    expect(stub).toMatch(/packages[\\/]roads[\\/]osrm[\\/]no-request[\\/]index\.cjs$/);
    const lock = JSON.parse(readFileSync(new URL("../../../package-lock.json", import.meta.url), "utf8"));
    const installed = Object.entries(lock.packages as Record<string, { resolved?: string; link?: boolean }>);
    expect(installed.filter(([path]) => /(^|\/)node_modules\/request$/.test(path)).map(([, entry]) => entry)).toEqual([
      { resolved: "packages/roads/osrm/no-request", link: true },
    ]);
    expect(() => require("request").get({})).toThrow("must be overridden");
  });

  test.each([
    [
      "nearest",
      (c: OsrmClient, done: () => void) => c.nearest([40.1, -76.2], done),
      "/nearest/v1/driving/-76.200000,40.100000",
    ],
    [
      "locate",
      (c: OsrmClient, done: () => void) => c.locate([40.1, -76.2], done),
      "/nearest/v1/driving/-76.200000,40.100000",
    ],
    [
      "route",
      (c: OsrmClient, done: () => void) =>
        c.route(
          {
            coordinates: [
              [40, -76],
              [41, -77],
            ],
            steps: true,
          },
          done,
        ),
      "/route/v1/driving/-76.000000,40.000000;-77.000000,41.000000?steps=true",
    ],
    [
      "table",
      (c: OsrmClient, done: () => void) =>
        c.table(
          {
            coordinates: [
              [40, -76],
              [41, -77],
            ],
            sources: [0],
          },
          done,
        ),
      "/table/v1/driving/-76.000000,40.000000;-77.000000,41.000000?sources=0",
    ],
    [
      "match",
      (c: OsrmClient, done: () => void) =>
        c.match(
          {
            coordinates: [
              [40, -76],
              [41, -77],
            ],
            timestamps: [5, 9],
            steps: true,
          },
          done,
        ),
      "/match/v1/driving/-76.000000,40.000000;-77.000000,41.000000?timestamps=5;9&steps=true",
    ],
  ] as const)("%s asks in lon,lat", async (_, ask, path) => {
    const { url, asked } = await serverWith(ok);
    await new Promise<void>((resolve) => ask(new OsrmClient(`${url}/`), resolve));
    expect(asked).toEqual([path]);
  });

  test("keeps its connection alive from one request to the next", async () => {
    const { url, sockets } = await serverWith(ok);
    const client = new OsrmClient(url);
    for (let i = 0; i < 5; i++) await client.ask("nearest", [40, -76]);
    // The second request may be sent before the first connection is free again.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  test("asks again when a server fails for a moment, and says so when it goes on failing", async () => {
    const flaky = await serverWith((request, response, count) =>
      count < 3 ? response.writeHead(503).end() : ok(request, response),
    );
    expect(await new OsrmClient(flaky.url).ask("nearest", [40, -76])).toMatchObject({ code: "Ok" });
    expect(flaky.asked).toHaveLength(3);
    const down = await serverWith((_, response) => response.writeHead(502).end("bad gateway"));
    await expect(new OsrmClient(down.url, { retries: 1 }).ask("nearest", [40, -76])).rejects.toMatchObject({
      code: "osrm-unreachable",
      values: { reason: "HTTP 502" },
    });
    expect(down.asked).toHaveLength(2);
  });

  test("a server that is not there is unreachable, with the reason", async () => {
    const gone = await serverWith(ok);
    for (const close of closing.splice(0)) close();
    await expect(new OsrmClient(gone.url, { retries: 1 }).ask("nearest", [40, -76])).rejects.toMatchObject({
      name: "RoadError",
      code: "osrm-unreachable",
      values: { reason: "ECONNREFUSED" },
    });
  });

  test("a server that is slow is given up, and not asked again", async () => {
    const { url, asked } = await serverWith(() => {});
    await expect(new OsrmClient(url, { timeoutMs: 60 }).ask("nearest", [40, -76])).rejects.toMatchObject({
      code: "osrm-slow",
    });
    expect(asked).toHaveLength(1);
  });

  test("OSRM's refusals keep their code", async () => {
    const { url, asked } = await serverWith(json({ code: "InvalidQuery", message: "query string malformed" }, 400));
    await expect(new OsrmClient(url).ask("nearest", [40, -76])).rejects.toMatchObject({
      code: "osrm-InvalidQuery",
      message: expect.stringContaining("query string malformed"),
    });
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["a page", (_: IncomingMessage, response: ServerResponse) => response.end("<html>Welcome</html>")],
    ["JSON without a code", json({ hello: 1 })],
    ["half an answer", (_: IncomingMessage, response: ServerResponse) => response.end('{"code":"Ok","durat')],
    ["a list", json([1, 2])],
    ["null", json(null)],
  ] as const)("%s is no OSRM", async (_, answer) => {
    const { url } = await serverWith(answer);
    await expect(new OsrmClient(url).ask("nearest", [40, -76])).rejects.toMatchObject({ code: "osrm-answer" });
  });

  test("an answer from another address is not followed", async () => {
    const { url } = await serverWith((_, response) =>
      response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    );
    await expect(new OsrmClient(url, { retries: 0 }).ask("nearest", [40, -76])).rejects.toMatchObject({
      code: "osrm-unreachable",
    });
  });
});

describe("a table", () => {
  const snap = { location: [-76, 40], name: "", distance: 3 };
  const table = { code: "Ok", durations: [[5]], distances: [[50]], sources: [snap], destinations: [snap] };

  test("reads null as no way", async () => {
    const { url } = await serverWith(json({ ...table, durations: [[null]], distances: [[null]] }));
    const { durationsS, distancesM } = await osrmMatrix(new OsrmClient(url), [point], [{ ...point }], {
      offMapM: 1000,
    });
    expect([durationsS[0], distancesM[0]]).toEqual([Number.NaN, Number.NaN]);
  });

  test.each([
    ["too few rows", { durations: [] }],
    ["too few columns", { durations: [[]] }],
    ["text for a number", { durations: [["5"]] }],
    ["a negative time", { durations: [[-10]] }],
    ["an endless distance", { distances: [[Infinity]] }],
    ["no distances", { distances: undefined }],
    ["no places", { sources: undefined }],
    ["a place without its distance", { destinations: [{ location: [0, 0] }] }],
  ])("with %s is refused", async (_, changed) => {
    const { url } = await serverWith((__, response) => {
      // JSON has no word for infinity, but 1e999 is read as it.
      const text = JSON.stringify({ ...table, ...changed }).replace('"distances":[[null]]', '"distances":[[1e999]]');
      response.end(text);
    });
    await expect(osrmMatrix(new OsrmClient(url), [point], [{ ...point }], { offMapM: 1000 })).rejects.toMatchObject({
      code: "osrm-answer",
    });
  });

  test("too slow for the server is asked in smaller blocks, and given up when the smallest are too slow", async () => {
    const quickUpTo = async (limit: number) =>
      serverWith((request, response) => {
        const { pathname, searchParams } = new URL(request.url!, "http://x");
        const count = pathname.split("/").at(-1)!.split(";").length;
        if (count > limit) return;
        const [rows, columns] = ["sources", "destinations"].map(
          (name) => searchParams.get(name)?.split(";").length ?? count,
        );
        const cells = Array.from({ length: rows! }, () => new Array(columns).fill(1));
        const places = (length: number) => new Array(length).fill(snap);
        json({
          code: "Ok",
          durations: cells,
          distances: cells,
          sources: places(rows!),
          destinations: places(columns!),
        })(request, response);
      });
    const points = Array.from({ length: 120 }, (_, i) => ({ lat: 40, lon: -76 + i / 1000 }));
    const matrix = (url: string) =>
      osrmMatrix(new OsrmClient(url, { timeoutMs: 200 }), points, points, { offMapM: 1000 });
    expect((await matrix((await quickUpTo(100)).url)).durationsS.every((seconds) => seconds === 1)).toBe(true);
    await expect(matrix((await quickUpTo(20)).url)).rejects.toMatchObject({ code: "osrm-slow" });
  });

  test("too big for the server is asked in smaller blocks, each cell once", async () => {
    const LIMIT = 400;
    const { url, asked } = await serverWith((request, response) => {
      const { pathname, searchParams } = new URL(request.url!, "http://x");
      const lons = pathname
        .split("/")
        .at(-1)!
        .split(";")
        .map((each) => Number(each.split(",")[0]));
      if (lons.length > LIMIT)
        return json({ code: "TooBig", message: "too many table coordinates" }, 400)(request, response);
      const pick = (name: string) => searchParams.get(name)?.split(";").map(Number) ?? lons.map((__, i) => i);
      const [from, to] = [pick("sources"), pick("destinations")];
      const cells = from.map((i) => to.map((j) => Math.abs(lons[i]! - lons[j]!) * 1000));
      const places = (list: number[]) => list.map(() => snap);
      return json({ code: "Ok", durations: cells, distances: cells, sources: places(from), destinations: places(to) })(
        request,
        response,
      );
    });
    const points = Array.from({ length: 700 }, (_, i) => ({ lat: 40, lon: -76 + i / 1000 }));
    const client = new OsrmClient(url);
    const { durationsS } = await osrmMatrix(client, points, points, { offMapM: 1000 });
    for (const [i, j] of [
      [0, 0],
      [3, 699],
      [699, 1],
      [350, 349],
    ] as const)
      expect(durationsS[i * 700 + j]).toBeCloseTo(Math.abs(i - j), 2);
    expect(durationsS.some(Number.isNaN)).toBe(false);
    expect(asked.length).toBeGreaterThan(10);
    expect(await osrmSnaps(client, points, undefined)).toHaveLength(700);
  });
});
