import {
  emptyTables,
  type Plan,
  planHash,
  type Scenario,
  scenarioSchema,
  sealDataset,
} from "../../packages/model/index.ts";
import type { Store } from "../../packages/store/index.ts";

/** What a solve of the trial worker comes to: nothing is replaced, nothing is spent. */
export function emptyPlan(scenario: Scenario): Plan {
  const decisions = { forecast: [], outlook: [], plan: [], years: [], backtest: [], fairness: [] };
  return {
    area: "facilities",
    trivium_version: "0",
    dataset_hash: "d",
    scenario,
    seed: 1,
    iterations: 1,
    threads: 1,
    elapsed_s: 0,
    status: "feasible",
    metrics: {},
    bound: null,
    decisions,
    unmet: [],
    verification: null,
    provenance: { plan_hash: planHash(decisions, {}) },
  };
}

export type Kind = "short" | "long" | "throw" | "poison";

/** An empty district in the store, with a scenario for each kind of solve. */
export async function trialDistrict(store: Store): Promise<Record<Kind, string>> {
  const dataset = sealDataset({
    district: { name: "Elm", timezone: "UTC", school_year: "2027-28" },
    tables: emptyTables(),
    present: new Set(),
    settings: { scheduling: {}, routing: {}, facilities: {} },
  });
  const report = { dataset_hash: dataset.hash, errors: 0, warnings: 0, rows: {}, findings: [], completeness: [] };
  await store.datasets.add(dataset, report);
  const scenario = async (name: string, ms: number) =>
    (await store.scenarios.add(dataset.hash, scenarioSchema.parse({ name, settings: { weights: { ms } } })))
      .scenario_id;
  return {
    short: await scenario("work", 30),
    long: await scenario("work", 400),
    throw: await scenario("throw", 0),
    poison: await scenario("poison", 0),
  };
}
