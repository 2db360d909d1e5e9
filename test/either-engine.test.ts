import { fileURLToPath } from "node:url";
import { readDistrict } from "@trivium/intake";
import { type Dataset, type Plan, planHash, type RoadEngine, scenarioSchema } from "@trivium/model";
import { type EngineChoice, openRoads } from "@trivium/roads";
import { verifyPlan } from "@trivium/verify";
import { solvePlan } from "@trivium/worker";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { OSRM_CACHE, realOsrm } from "./setup/osrm.ts";

const osrm = await realOsrm();
const absent = "reason" in osrm ? osrm.reason : undefined;
const SAMPLE = fileURLToPath(new URL("../data/sample", import.meta.url));
const scenario = scenarioSchema.parse({ settings: { iterations: 50, seed: 3, threads: 1 } });

type Stay = { run_id: string; leg_s: number; leg_m: number };
type Loose = { -readonly [K in keyof Plan<"routing">]: Plan<"routing">[K] };

/** The sample's service, planned on an engine. */
async function plannedOn(engine: "embedded" | "osrm", dataset: Dataset): Promise<Plan<"routing">> {
  vi.stubEnv("ROADS_ENGINE", engine);
  if ("dir" in osrm) vi.stubEnv("OSRM_BIN", osrm.dir);
  try {
    return (await solvePlan({ dataset, area: "routing", scenario }, { cacheDir: OSRM_CACHE })) as Plan<"routing">;
  } finally {
    vi.unstubAllEnvs();
  }
}

describe("a plan of the sample's routes made on one road engine and verified on the other", () => {
  let dataset: Dataset;
  let roads: Record<"embedded" | "osrm", RoadEngine>;
  let plans: Record<"embedded" | "osrm", Plan<"routing">>;

  beforeAll(async () => {
    if (absent !== undefined) return;
    dataset = (await readDistrict(SAMPLE)).dataset as Dataset;
    const opened = (engine: EngineChoice) => openRoads(dataset, { engine, cacheDir: OSRM_CACHE });
    const bin = "dir" in osrm ? osrm.dir : undefined;
    roads = {
      embedded: await opened({ engine: "embedded" }),
      osrm: await opened({ engine: "osrm", bin }),
    };
    plans = { embedded: await plannedOn("embedded", dataset), osrm: await plannedOn("osrm", dataset) };
  }, 240_000);

  afterAll(async () => {
    await roads?.osrm.close();
  });

  /** Rules that refuse a plan after its legs were changed, with how many rows they refuse. */
  async function refused(plan: Plan<"routing">, judge: RoadEngine, change: (stays: Stay[], copy: Loose) => void) {
    const copy: Loose = structuredClone(plan);
    change(copy.decisions.run_stops as unknown as Stay[], copy);
    const plan_hash = planHash(copy.decisions, copy.metrics);
    const found = await verifyPlan(
      dataset,
      { ...copy, provenance: { ...copy.provenance, plan_hash } },
      { roads: judge },
    );
    const rows = Map.groupBy(found.violations, ({ rule }) => rule);
    return Object.fromEntries([...rows].map(([rule, { length }]) => [rule, length]));
  }
  const unchanged = () => {};
  /** One leg of every run in ten, its second. */
  const some = (stays: readonly Stay[]) =>
    [...Map.groupBy(stays, ({ run_id }) => run_id).values()].filter((_, i) => i % 10 === 0).map((run) => run[1]!);

  test.for([
    ["osrm", "embedded"],
    ["embedded", "osrm"],
  ] as const)("made on %s, judged by %s: it holds", async ([maker, judge], { skip }) => {
    if (absent !== undefined) skip(absent);
    expect(plans[maker].provenance.roads?.engine).toBe(maker);
    expect(await refused(plans[maker], roads[judge], unchanged)).toEqual({});
  });

  test("held to the engine that judges it, the other engine's legs are refused: at its own the tolerance stays tight", async ({
    skip,
  }) => {
    if (absent !== undefined) skip(absent);
    const found = await refused(plans.osrm, roads.embedded, (_stays, copy) => {
      copy.provenance = { ...copy.provenance, roads: { ...copy.provenance.roads!, engine: "embedded" } };
    });
    expect(found["routing.leg-seconds"]).toBeGreaterThan(20);
    const slower = await refused(plans.embedded, roads.embedded, (stays) => {
      for (const stay of some(stays)) stay.leg_s += 3 + Math.ceil(0.01 * stay.leg_s);
    });
    expect(slower["routing.leg-seconds"]).toBe(some(plans.embedded.decisions.run_stops as unknown as Stay[]).length);
  });

  test.for([
    ["osrm", "embedded"],
    ["embedded", "osrm"],
  ] as const)("made on %s, judged by %s: false legs are found", async ([maker, judge], { skip }) => {
    if (absent !== undefined) skip(absent);
    const count = some(plans[maker].decisions.run_stops as unknown as Stay[]).length;
    expect(count).toBeGreaterThan(5);
    const found = await refused(plans[maker], roads[judge], (stays) => {
      for (const stay of some(stays)) {
        stay.leg_s = Math.floor(0.9 * stay.leg_s) - 20;
        stay.leg_m = Math.floor(0.9 * stay.leg_m) - 60;
      }
    });
    expect(found["routing.leg-seconds"]).toBe(count);
    expect(found["routing.leg-metres"]).toBe(count);
  });
});
