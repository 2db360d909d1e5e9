import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyTables, type Plan, type Progress, scenarioSchema, sealDataset } from "@trivium/model";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore, type Store } from "./index.ts";

let dir: string;
let store: Store;
let clockMs: number;
let scenarioId: string;
const POLICY = { staleMs: 5000, attemptsMax: 3 };
const settings = { scheduling: {}, routing: {}, facilities: {} };
const district = { name: "Elm", timezone: "UTC", school_year: "2027-28" };
const report = { dataset_hash: null, errors: 0, warnings: 2, rows: {}, findings: [], completeness: [] };

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "trivium-store-"));
  clockMs = Date.UTC(2027, 0, 1);
  store = await openStore(dir, { now: () => new Date(clockMs) });
  const dataset = sealDataset({ district, tables: emptyTables(), present: new Set(["schools"]), settings });
  await store.datasets.add(dataset, report);
  scenarioId = (await store.scenarios.add(dataset.hash, scenarioSchema.parse({}))).scenario_id;
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

const queued = () => store.jobs.add({ scenario_id: scenarioId, area: "facilities" });
const claim = async (jobId: string) => {
  const taken = await store.jobs.claim(jobId, POLICY);
  if (!taken) throw new Error(`${jobId} was not free`);
  return taken;
};
const progress = (share: number): Progress => ({
  phase: "search",
  share,
  iterations: 1,
  best: null,
  best_label: "",
  bound: null,
});
const plan = { area: "facilities", status: "feasible", metrics: { projects: 3 }, bound: null, dataset_hash: "d" };
const aPlan = { ...plan, provenance: { plan_hash: "h" } } as unknown as Plan;

test("a job is held by one: the second claim waits until the first has no heart-beat", async () => {
  const { job_id } = await queued();
  const first = await claim(job_id);
  expect(await store.jobs.claim(job_id, POLICY)).toBeNull();
  clockMs += 4000;
  expect(await store.jobs.beat(first)).toBe("go-on");
  clockMs += 4000;
  expect(await store.jobs.waiting(POLICY.staleMs, 10)).toEqual([]);
  clockMs += 2000;
  expect(await store.jobs.waiting(POLICY.staleMs, 10)).toEqual([job_id]);
  await store.jobs.progress(first, progress(0.5));
  expect((await claim(job_id)).attempt).toBe(2);
  expect(await store.jobs.beat(first)).toBe("lost");
  expect((await store.jobs.get(job_id))?.progress).toBeNull();
});

test("only the latest holder's plan is committed, and once", async () => {
  const { job_id } = await queued();
  const first = await claim(job_id);
  clockMs += 6000;
  const second = await claim(job_id);
  expect(await store.jobs.end(first, { status: "succeeded", plan: aPlan })).toBe(false);
  expect(await store.jobs.end(second, { status: "succeeded", plan: aPlan })).toBe(true);
  expect(await store.jobs.end(second, { status: "succeeded", plan: aPlan })).toBe(false);
  const { items } = await store.plans.list({ limit: 10 });
  expect(items).toMatchObject([{ job_id, metrics: { projects: 3 }, plan_hash: "h" }]);
  expect((await store.jobs.get(job_id))?.plan_id).toBe(items[0].plan_id);
  expect(await store.plans.get(items[0].plan_id)).toEqual(aPlan);
});

test("a job whose process died three times is failed as poison", async () => {
  const { job_id } = await queued();
  for (let i = 0; i < 3; i++) {
    await claim(job_id);
    clockMs += 6000;
  }
  expect(await store.jobs.claim(job_id, POLICY)).toBeNull();
  expect(await store.jobs.get(job_id)).toMatchObject({ status: "failed", attempt: 3, error: { code: "poison" } });
});

test("cancelling ends a queued job at once and reaches a running one by its heart-beat", async () => {
  const idle = await queued();
  expect(await store.jobs.requestCancel(idle.job_id)).toMatchObject({ status: "cancelled" });
  expect(await store.jobs.claim(idle.job_id, POLICY)).toBeNull();
  const busy = await queued();
  const holder = await claim(busy.job_id);
  expect(await store.jobs.requestCancel(busy.job_id)).toMatchObject({ status: "running", cancel_requested: true });
  expect(await store.jobs.beat(holder)).toBe("cancel");
  await store.jobs.end(holder, { status: "cancelled", plan: aPlan });
  expect(await store.jobs.get(busy.job_id)).toMatchObject({ status: "cancelled", plan_id: expect.any(String) });
  expect(await store.jobs.requestCancel("job_none")).toBeUndefined();
});

test("a job cancelled while its holder was dead ends cancelled, not solved again", async () => {
  const { job_id } = await queued();
  await claim(job_id);
  await store.jobs.requestCancel(job_id);
  clockMs += 6000;
  expect(await store.jobs.claim(job_id, POLICY)).toBeNull();
  expect(await store.jobs.get(job_id)).toMatchObject({ status: "cancelled", plan_id: null });
});

test("events are numbered, replay from any of them, and keep only the last progress once the job has ended", async () => {
  const { job_id } = await queued();
  const holder = await claim(job_id);
  for (const share of [0.1, 0.5, 0.9]) await store.jobs.progress(holder, progress(share));
  expect((await store.jobs.events(job_id, 3)).map((event) => event.data)).toEqual([progress(0.5), progress(0.9)]);
  await store.jobs.end(holder, { status: "failed", error: { code: "x", message: "y" } });
  const all = await store.jobs.events(job_id, 0);
  expect(all.map(({ seq, kind }) => `${seq} ${kind}`)).toEqual(["1 status", "2 status", "5 progress", "6 status"]);
  await store.jobs.progress(holder, progress(1));
  expect(await store.jobs.events(job_id, 6)).toEqual([]);
});

test("writers side by side do not tread on one another's transactions", async () => {
  const jobs = await Promise.all(Array.from({ length: 20 }, queued));
  const claims = await Promise.all(jobs.flatMap(({ job_id }) => [1, 2].map(() => store.jobs.claim(job_id, POLICY))));
  expect(claims.filter(Boolean)).toHaveLength(20);
});

test("lists come newest first in pages", async () => {
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    clockMs++;
    ids.unshift((await queued()).job_id);
  }
  const first = await store.jobs.list({ limit: 2 });
  const second = await store.jobs.list({ limit: 2, after: first.next ?? undefined });
  const third = await store.jobs.list({ limit: 2, after: second.next ?? undefined });
  expect([first, second, third].flatMap((page) => page.items.map((job) => job.job_id))).toEqual(ids);
  expect(third.next).toBeNull();
  expect((await store.jobs.list({ limit: 5 }, "failed")).items).toEqual([]);
});

test("a dataset comes back as it was, its map out of the store's own copy", async () => {
  const path = join(dir, "town.osm.pbf");
  await writeFile(path, "roads");
  const tables = emptyTables();
  tables.schools.push({ school_id: "S1", name: "Elm", level: "high", lat: 40, lon: -76 });
  const map = { path, sha256: "ab12", bytes: 5 };
  const dataset = sealDataset({ district, tables, present: new Set(["schools"]), settings, map });
  clockMs++;
  const summary = await store.datasets.add(dataset, report);
  expect(await store.datasets.add(dataset, report)).toEqual(summary);
  await rm(path);
  const back = await store.datasets.get(dataset.hash);
  expect(back).toEqual({ ...dataset, map: { ...map, path: join(dir, "maps", "ab12.osm.pbf") } });
  expect(back && sealDataset(back).hash).toBe(dataset.hash);
  expect(await store.datasets.report(dataset.hash)).toEqual(report);
  const first = await store.datasets.list({ limit: 1 });
  expect(first.items[0].dataset_hash).toBe(dataset.hash);
  expect((await store.datasets.list({ limit: 1, after: first.next ?? undefined })).items).toHaveLength(1);
});

test("a copied scenario keeps where it came from", async () => {
  const original = await store.scenarios.get(scenarioId);
  const copy = await store.scenarios.add(original?.dataset_hash ?? "", scenarioSchema.parse({ name: "B" }), scenarioId);
  expect(await store.scenarios.get(copy.scenario_id)).toMatchObject({ from: scenarioId, scenario: { name: "B" } });
  expect((await store.scenarios.list({ limit: 9 }, original?.dataset_hash)).items).toHaveLength(2);
});

test("a creating call is answered once under its key; one that failed, or whose process died, leaves the key free", async () => {
  const reply = { request_hash: "h", status: 202, location: "/v1/jobs/j", body: "{}" };
  expect(await store.replies.reserve("k", "h")).toBeUndefined();
  expect(await store.replies.reserve("k", "h")).toMatchObject({ request_hash: "h", status: 0 });
  await store.replies.release("k");
  expect(await store.replies.reserve("k", "h")).toBeUndefined();
  clockMs += 3_600_000;
  expect(await store.replies.reserve("k", "h")).toBeUndefined();
  await store.replies.answer("k", reply);
  await store.replies.release("k");
  expect(await store.replies.reserve("k", "other")).toEqual(reply);
});
