import type { Dataset, RoadEngine } from "@trivium/model";
import { afterAll, describe, test } from "vitest";
import { OSRM_CACHE, realOsrm } from "../../test/setup/osrm.ts";
import type { EngineChoice } from "./engine-choice.ts";
import { openRoads } from "./index.ts";
import { CASES, type Open } from "./testing/conformance.ts";

/** Smaller than any town that is drawn, so that its streets are a large part of the map to OSRM too. */
const SMALL_COMPONENT = 8;

const osrm = await realOsrm();
const opened = new Map<string, Promise<RoadEngine>>();
afterAll(async () => {
  for (const roads of await Promise.allSettled(opened.values()))
    if (roads.status === "fulfilled") await roads.value.close();
});

/** Opens a town with its tables once in each engine. */
const opener =
  (engine: EngineChoice): Open =>
  (town, tables: Partial<Dataset["tables"]> = {}) => {
    const key = JSON.stringify([engine, town.path, tables]);
    const roads = opened.get(key) ?? openRoads(town.district(tables), { engine, cacheDir: OSRM_CACHE });
    opened.set(key, roads);
    return roads;
  };

const ENGINES = [
  { name: "the embedded engine", engine: { engine: "embedded" } as EngineChoice, absent: undefined },
  "reason" in osrm
    ? { name: "real OSRM", engine: { engine: "osrm" } as EngineChoice, absent: osrm.reason }
    : {
        name: "real OSRM",
        engine: { engine: "osrm", bin: osrm.dir, smallComponent: SMALL_COMPONENT } as EngineChoice,
        absent: undefined,
      },
];

describe.each(ENGINES)("$name", ({ engine, absent }) => {
  test.for(CASES)("$name", async ({ needs = [], run }, { skip }) => {
    if (absent !== undefined) skip(absent);
    const open: Open = async (town, tables) => {
      const roads = await opener(engine)(town, tables);
      for (const ability of needs)
        if (roads.cannot[ability] !== undefined) skip(`${ability}: ${roads.cannot[ability]}`);
      return roads;
    };
    await run(open);
  });
});
