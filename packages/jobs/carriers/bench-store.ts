import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyTables, type Job, type Plan, scenarioSchema, sealDataset } from "@trivium/model";
import { openStore, type Store } from "@trivium/store";
import type { Policy } from "../policy.ts";

/** Times short enough for tests; their ratios are those of the real policy. */
export const QUICK: Policy = { beatMs: 50, staleMs: 700, reconcileMs: 150, attemptsMax: 3 };

/** A plan as far as the store looks at it. */
export const toyPlan = (status: Plan["status"] = "feasible"): Plan => ({
  area: "facilities",
  trivium_version: "0",
  dataset_hash: "d",
  scenario: scenarioSchema.parse({}),
  seed: 1,
  iterations: 1,
  threads: 1,
  elapsed_s: 0,
  status,
  metrics: { projects: 1 },
  bound: null,
  decisions: { forecast: [], outlook: [], plan: [], years: [], fairness: [], backtest: [] },
  unmet: [],
  verification: null,
  provenance: { plan_hash: "h" },
});

export interface BenchStore {
  readonly dir: string;
  readonly store: Store;
  /** Stores a job without telling any carrier. */
  job(): Promise<Job>;
  /** The job once it is in one of these states. */
  until(jobId: string, ...states: Job["status"][]): Promise<Job>;
  close(): Promise<void>;
}

/** A store in a temporary folder with one empty district and one scenario. */
export async function benchStore(): Promise<BenchStore> {
  const dir = await mkdtemp(join(tmpdir(), "trivium-jobs-"));
  const store = await openStore(dir);
  const dataset = sealDataset({
    district: { name: "Elm", timezone: "UTC", school_year: "2027-28" },
    tables: emptyTables(),
    present: new Set(),
    settings: { scheduling: {}, routing: {}, facilities: {} },
  });
  const report = { dataset_hash: dataset.hash, errors: 0, warnings: 0, rows: {}, findings: [], completeness: [] };
  await store.datasets.add(dataset, report);
  const { scenario_id } = await store.scenarios.add(dataset.hash, scenarioSchema.parse({}));
  return {
    dir,
    store,
    job: () => store.jobs.add({ scenario_id, area: "facilities" }),
    async until(jobId, ...states) {
      for (;;) {
        const job = await store.jobs.get(jobId);
        if (job && states.includes(job.status)) return job;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close() {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
