import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { RoadEngine } from "@trivium/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OSRM_CACHE, realOsrm } from "../../../test/setup/osrm.ts";
import type { EngineChoice } from "../engine-choice.ts";
import { openMap, openRoads, prepareMap } from "../index.ts";
import { readyRoads } from "../ready.ts";
import { drawTown } from "../testing/drawn-town.ts";
import type { OsrmRoads } from "./engine.ts";
import { osrmExecutables } from "./executables.ts";

const osrm = await realOsrm();
const absent = "reason" in osrm ? osrm.reason : undefined;
const OWN: EngineChoice = { engine: "osrm", smallComponent: 4, ...("dir" in osrm ? { bin: osrm.dir } : {}) };
const at = (url: string): EngineChoice => ({ engine: "osrm", url });

const residential = { highway: "residential" };
const square = (east: number) =>
  drawTown({
    places: { A: [east, 0], B: [east + 500, 0], C: [east + 500, 500], D: [east, 500] },
    ways: { ring: ["A B C D A", residential], middle: ["A C", residential] },
  });
const town = square(0);
const elsewhere = square(40_000);

const scratch = mkdtempSync(join(tmpdir(), "trivium-osrm-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Address of the server that an engine of ours runs, and its process id. */
async function serverOf(roads: RoadEngine): Promise<{ url: string; pid: number }> {
  return serverAt((await (roads as OsrmRoads).clientAt(0)).url);
}

function serverAt(url: string): { url: string; pid: number } {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const pid = pids.find((each) => {
    try {
      const line = readFileSync(`/proc/${each}/cmdline`, "utf8").split("\0");
      return line[0]!.endsWith("osrm-routed") && line.includes(new URL(url).port);
    } catch {
      return false;
    }
  });
  return { url, pid: Number(pid) };
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process whose parent has not asked for its end yet is a name without a process.
  return !statOf(pid).includes(") Z ");
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return ") Z ";
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let i = 0; i < 200 && alive(pid); i++) await sleep(50);
  return !alive(pid);
}

describe.skipIf(absent !== undefined)(`OSRM${absent === undefined ? "" : ` (${absent})`}`, () => {
  let own: RoadEngine;
  let url: string;
  beforeAll(async () => {
    own = await openMap(town.path, { engine: OWN, cacheDir: OSRM_CACHE });
    ({ url } = await serverOf(own));
  });
  afterAll(() => own?.close());

  test("started by us says its version, and what the embedded engine answers in its place", () => {
    expect(own.identity).toMatchObject({ engine: "osrm", engine_version: expect.stringMatching(/^v\d+\.\d+/) });
    expect(own.identity.embedded_for).toContain("walk");
  });

  test("at an address answers drives, and is checked against the district's map", async () => {
    const roads = await openRoads(town.district(), { engine: at(url) });
    const { distancesM } = await roads.matrix([town.point(50, 0)], [town.point(350, 0)], 0);
    expect(distancesM[0]).toBeCloseTo(300, -1);
    expect(roads.cannot["speed-factors"]).toContain("ROADS_ENGINE=osrm");
    await expect(openRoads(elsewhere.district(), { engine: at(url) })).rejects.toMatchObject({
      code: "osrm-wrong-map",
    });
  });

  test("at an address cannot be told of closures and traffic: the embedded engine stands in for all of the plan, and says why", async () => {
    const tables = {
      closures: [{ osm_way_id: town.wayId("middle") }],
      speed_factors: [{ from: 0, to: 3600, factor: 0.5 }],
    };
    const roads = await openRoads(town.district(tables), { engine: at(url) });
    expect(roads.identity).toMatchObject({
      engine: "embedded",
      instead_of_osrm: expect.stringContaining("1 closures and 1 speed factors"),
    });
    const { map: _, ...without } = town.district(tables);
    await expect(openRoads(without, { engine: at(url) })).rejects.toMatchObject({ code: "osrm-conditions" });
  });

  test("without an extract drives all the same, and declares what it cannot: no walk is guessed", async () => {
    const { map: _, ...district } = town.district();
    const roads = await openRoads(district, { engine: at(url) });
    const { distancesM } = await roads.matrix([town.point(50, 0)], [town.point(350, 0)], 0);
    expect(distancesM[0]).toBeCloseTo(300, -1);
    expect(roads.cannot.walk).toContain("extract");
    const walk = roads.walk(town.at("A"), [town.at("B")], { limitM: 1000, mayCross: "arterial" });
    await expect(walk).rejects.toMatchObject({ code: "cannot", values: { ability: "walk" } });
    await expect(roads.stopPlaces([town.at("A")], 100)).rejects.toMatchObject({ code: "cannot" });
    const [snap] = await roads.nearest([town.point(50, 5)], "bus", 100);
    expect(snap).toMatchObject({ street: "ring", roadClass: "", osmWayId: "" });
  });

  test("without an extract on another place is told by the district's schools", async () => {
    const school = { school_id: "S", name: "S", lat: elsewhere.at("A").lat, lon: elsewhere.at("A").lon };
    const { map: _, ...district } = town.district({ schools: [school] as never });
    await expect(openRoads(district, { engine: at(url) })).rejects.toMatchObject({ code: "osrm-wrong-map" });
  });

  test("that dies under way is an error, never an estimate", async () => {
    const roads = await openMap(elsewhere.path, { engine: OWN, cacheDir: OSRM_CACHE });
    const { pid } = await serverOf(roads);
    const pair = [[elsewhere.at("A")], [elsewhere.at("C")], 0] as const;
    expect((await roads.matrix(...pair)).durationsS[0]).toBeGreaterThan(0);
    process.kill(pid, "SIGKILL");
    expect(await gone(pid)).toBe(true);
    await expect(roads.matrix(...pair)).rejects.toMatchObject({ code: "osrm-unreachable" });
    await roads.close();
  });

  test("leaves no process behind when it is closed", async () => {
    const roads = await openMap(elsewhere.path, { engine: OWN, cacheDir: OSRM_CACHE });
    const { pid } = await serverOf(roads);
    expect(alive(pid)).toBe(true);
    await roads.close();
    await roads.close();
    expect(await gone(pid)).toBe(true);
  });

  test("leaves no process behind when the one that started it is killed", async () => {
    const script = join(scratch, "starts.ts");
    const index = fileURLToPath(new URL("../index.ts", import.meta.url));
    writeFileSync(
      script,
      `const { openMap } = await import(${JSON.stringify(index)});
       const roads = await openMap(${JSON.stringify(town.path)}, { engine: ${JSON.stringify(OWN)}, cacheDir: ${JSON.stringify(OSRM_CACHE)} });
       console.log("url", (await roads.clientAt(0)).url);
       setInterval(() => {}, 1000);`,
    );
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const said = await new Promise<string>((resolve) =>
      child.stdout.once("data", (text: Buffer) => resolve(text.toString())),
    );
    const { pid } = serverAt(said.trim().split(" ")[1]!);
    expect(alive(pid)).toBe(true);
    child.kill("SIGKILL");
    expect(await gone(pid)).toBe(true);
  });

  test("prepared is cancelled when asked, and leaves nothing half-made", async () => {
    const dir = mkdtempSync(join(scratch, "cancel-"));
    const controller = new AbortController();
    const preparing = prepareMap(town.path, {
      engine: OWN,
      cacheDir: dir,
      signal: controller.signal,
      // The embedded map is ready at a half: OSRM's programs are at work then.
      onProgress: (share) => share >= 0.5 && controller.abort(new Error("enough")),
    });
    await expect(preparing).rejects.toThrow();
    expect(readdirSync(dir).filter((name) => name.startsWith("osrm-"))).toEqual([]);
  });

  test("bands with the same speeds share one server, others have their own", async () => {
    const roads = await openRoads(
      town.district({
        speed_factors: [
          { from: 7 * 3600, to: 8 * 3600, factor: 0.5 },
          { from: 15 * 3600, to: 16 * 3600, factor: 0.5 },
        ],
      }),
      { engine: OWN, cacheDir: OSRM_CACHE },
    );
    const clientAt = (hour: number) => (roads as OsrmRoads).clientAt(hour * 3600);
    const urls = await Promise.all([0, 7, 8, 15, 16].map(async (hour) => (await clientAt(hour)).url));
    expect([urls[2], urls[4]]).toEqual([urls[0], urls[0]]);
    expect(urls[3]).toBe(urls[1]);
    expect(urls[1]).not.toBe(urls[0]);
    await roads.close();
  });
});

test("a folder that holds no programs of OSRM's is refused, not passed over", async () => {
  await expect(osrmExecutables({ bin: scratch, cacheDir: scratch })).rejects.toMatchObject({
    code: "osrm-bin",
    path: scratch,
  });
});

test("programs that do not run are refused with the reason", async () => {
  const dir = mkdtempSync(join(scratch, "broken-"));
  for (const name of ["osrm-extract", "osrm-partition", "osrm-customize", "osrm-routed"])
    writeFileSync(join(dir, name), "#!/bin/sh\necho no such library >&2\nexit 127\n", { mode: 0o755 });
  await expect(osrmExecutables({ bin: dir, cacheDir: scratch })).rejects.toMatchObject({ code: "osrm-broken" });
});

test("a server that is not there is known when work begins", async () => {
  await expect(readyRoads(at("http://127.0.0.1:6"), scratch)).rejects.toMatchObject({ code: "osrm-unreachable" });
  expect(await readyRoads({ engine: "embedded" }, scratch)).toBe("the embedded engine");
});
