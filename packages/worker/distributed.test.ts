import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Carrier, openCarrier, startWorker, submitSolve } from "@trivium/jobs";
import type { Job } from "@trivium/model";
import { openStore, type Store } from "@trivium/store";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type RunningRedis, redisServer, startRedis } from "../../test/setup/redis.ts";
import { partRunner } from "./run-part.ts";
import { solvePlan } from "./solve-plan.ts";
import { TOY, toyDistrict, toyScenario } from "./toy/index.ts";

const POLICY = { beatMs: 100, staleMs: 3000, reconcileMs: 200, attemptsMax: 3 };
const dataset = toyDistrict();
const report = { dataset_hash: dataset.hash, errors: 0, warnings: 0, rows: {}, findings: [], completeness: [] };
const hooks = { substitutes: TOY };
/** Six children. */
const scenario = toyScenario({ iterations: 60_000, seed: 7, threads: 4, weights: { children: 6 } });

const server = await redisServer();
const reason = "reason" in server ? server.reason : undefined;
let redis: RunningRedis | undefined;
beforeAll(async () => {
  if (!reason) redis = await startRedis(server);
});
afterAll(() => redis?.stop());

const carriers: { name: string; skip: boolean; open: () => Promise<Carrier> }[] = [
  { name: "threads of this process", skip: false, open: () => openCarrier() },
  {
    name: `BullMQ on a real Redis${reason ? ` (${reason})` : ""}`,
    skip: Boolean(reason) && process.env.CI !== "true",
    open: () => openCarrier({ redisUrl: redis?.url, prefix: randomUUID() }),
  },
];

describe.each(carriers)("a solve split into parts over $name", ({ skip, open }) => {
  let dir: string;
  let store: Store;
  let carrier: Carrier;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "trivium-parts-"));
    store = await openStore(dir);
    await store.datasets.add(dataset, report);
    if (!skip) carrier = await open();
    return async () => {
      await carrier?.close();
      await store.close();
      await rm(dir, { recursive: true });
    };
  });

  /** Two workers beside one another, each of which does so many parts of its own solves itself: the job's end, and the parts done by the other. */
  async function solvedByTwo(
    localThreads: number,
    spoil: (part: number) => void,
  ): Promise<{ job: Job; parts: number }> {
    const runner = partRunner(hooks);
    let parts = 0;
    const worker = () =>
      startWorker({
        store,
        carrier,
        policy: POLICY,
        run: (work, more) => solvePlan(work, { ...more, ...hooks, localThreads }),
        runPart: async (part, more) => {
          spoil(parts++);
          return runner.run(part, more);
        },
      });
    const workers = await Promise.all([worker(), worker()]);
    while ((await store.workers.list(POLICY.staleMs)).length < 2) await pause();
    const { scenario_id } = await store.scenarios.add(dataset.hash, scenario);
    const { job_id } = await submitSolve(store, carrier, { scenario_id, area: "facilities" });
    const job = await ended(store, job_id);
    await Promise.all(workers.map((each) => each.stop()));
    await runner.close();
    return { job, parts };
  }

  test.skipIf(skip)("others do it, and the plan is the same, byte for byte, as of one process alone", async () => {
    const alone = await solvePlan({ dataset, area: "facilities", scenario }, hooks);
    const { job, parts } = await solvedByTwo(0, () => {});
    expect(job).toMatchObject({ status: "succeeded", attempt: 1 });
    expect((await store.plans.summary(job.plan_id ?? ""))?.plan_hash).toBe(alone.provenance.plan_hash);
    expect(parts).toBe(6);
  });

  test.skipIf(skip)("a part that a helper cannot do is done by the parent, and changes nothing", async () => {
    const alone = await solvePlan({ dataset, area: "facilities", scenario }, hooks);
    const { job } = await solvedByTwo(1, (part) => {
      if (part === 0) throw new Error("the helper fell over");
    });
    expect((await store.plans.summary(job.plan_id ?? ""))?.plan_hash).toBe(alone.provenance.plan_hash);
  });
});

async function ended(store: Store, jobId: string): Promise<Job> {
  for (;;) {
    const job = await store.jobs.get(jobId);
    if (job?.ended_at) return job;
    await pause();
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
