import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCarrier, startWorker, submitSolve } from "@trivium/jobs";
import type { Job } from "@trivium/model";
import { openStore, type Store } from "@trivium/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answererOf } from "./answerer.ts";
import { closeQuestions } from "./questions.ts";
import { solvePlan } from "./solve-plan.ts";
import { TOY, toyDistrict, toyScenario } from "./toy/index.ts";

const dataset = toyDistrict();
const report = { dataset_hash: dataset.hash, errors: 0, warnings: 0, rows: {}, findings: [], completeness: [] };
let dir: string;
let store: Store;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "trivium-worker-"));
  store = await openStore(dir);
  await store.datasets.add(dataset, report);
});
afterAll(async () => {
  await closeQuestions();
  await store.close();
  await rm(dir, { recursive: true });
});

async function ended(jobId: string): Promise<Job> {
  for (;;) {
    const job = await store.jobs.get(jobId);
    if (job?.ended_at) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("a job is solved in a thread out of the store, and its plan answers questions by id", async () => {
  const carrier = await openCarrier();
  const hooks = { substitutes: TOY };
  const answer = answererOf(store, hooks);
  const worker = await startWorker({
    store,
    carrier,
    answer,
    run: (work, more) => solvePlan(work, { ...more, ...hooks }),
  });
  const { scenario_id } = await store.scenarios.add(dataset.hash, toyScenario({ iterations: 1000 }));
  const first = await ended((await submitSolve(store, carrier, { scenario_id, area: "facilities" })).job_id);
  expect(first).toMatchObject({ status: "succeeded", error: null });
  const plan_id = first.plan_id ?? "";
  const second = await ended(
    (await submitSolve(store, carrier, { scenario_id, area: "facilities", start_plan_id: plan_id })).job_id,
  );
  const hashes = (await store.plans.list({ limit: 2 }, scenario_id)).items.map((plan) => plan.plan_hash);
  expect(hashes[0]).toBe(hashes[1]);
  const ask = (question: Parameters<typeof answer>[0]) => carrier.ask(question, 10_000);
  expect(await ask({ op: "compare", a: plan_id, b: second.plan_id ?? "" })).toMatchObject({ a: hashes[0] });
  expect(await ask({ op: "compare", a: "today", b: plan_id })).toMatchObject({ a: "today" });
  expect(await ask({ op: "today", dataset_hash: dataset.hash, area: "facilities" })).toMatchObject({ name: "today" });
  const subject = { kind: "asset", id: "A1" } as const;
  expect(await ask({ op: "explain", plan_id, subject })).toMatchObject({ subject: "A1" });
  expect(await ask({ op: "ask", plan_id, question: { kind: "count" } })).toEqual({ assets: 7 });
  await expect(ask({ op: "compare", a: "today", b: "plan_none" })).rejects.toMatchObject({ code: "unknown-plan" });
  await worker.stop();
  await carrier.close();
});
