import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { emptyTables, type InternalError, type Progress, scenarioSchema, sealDataset } from "@trivium/model";
import { expect, test } from "vitest";
import { aPlan, DISTRICT, onEachDatabase, REPORT, SETTINGS } from "./trial/each-database.ts";

const POLICY = { staleMs: 5000, attemptsMax: 3 };
const progress = (share: number): Progress => ({
  phase: "search",
  share,
  iterations: 1,
  best: null,
  best_label: "",
  bound: null,
});

onEachDatabase((trial) => {
  const queued = () => trial.store.jobs.add({ scenario_id: trial.scenarioId, area: "facilities" });
  const claim = async (jobId: string) => {
    const taken = await trial.store.jobs.claim(jobId, POLICY);
    if (!taken) throw new Error(`${jobId} was not free`);
    return taken;
  };

  test("a job is held by one: the second claim waits until the first has no heart-beat", async () => {
    const { job_id } = await queued();
    const first = await claim(job_id);
    expect(await trial.store.jobs.claim(job_id, POLICY)).toBeNull();
    trial.clockMs += 4000;
    expect(await trial.store.jobs.beat(first)).toBe("go-on");
    trial.clockMs += 4000;
    expect(await trial.store.jobs.waiting(POLICY.staleMs, 10)).toEqual([]);
    trial.clockMs += 2000;
    expect(await trial.store.jobs.waiting(POLICY.staleMs, 10)).toEqual([job_id]);
    await trial.store.jobs.progress(first, progress(0.5));
    expect((await claim(job_id)).attempt).toBe(2);
    expect(await trial.store.jobs.beat(first)).toBe("lost");
    expect((await trial.store.jobs.get(job_id))?.progress).toBeNull();
  });

  test("only the latest holder's plan is committed, and once", async () => {
    const { job_id } = await queued();
    const first = await claim(job_id);
    trial.clockMs += 6000;
    const second = await claim(job_id);
    expect(await trial.store.jobs.end(first, { status: "succeeded", plan: aPlan })).toBe(false);
    expect(await trial.store.jobs.end(second, { status: "succeeded", plan: aPlan })).toBe(true);
    expect(await trial.store.jobs.end(second, { status: "succeeded", plan: aPlan })).toBe(false);
    const { items } = await trial.store.plans.list({ limit: 10 });
    expect(items).toMatchObject([{ job_id, metrics: { projects: 3 }, plan_hash: "h" }]);
    expect((await trial.store.jobs.get(job_id))?.plan_id).toBe(items[0].plan_id);
    expect(await trial.store.plans.get(items[0].plan_id)).toEqual(aPlan);
  });

  test("a job whose process died three times is failed as poison", async () => {
    const { job_id } = await queued();
    for (let i = 0; i < 3; i++) {
      await claim(job_id);
      trial.clockMs += 6000;
    }
    expect(await trial.store.jobs.claim(job_id, POLICY)).toBeNull();
    expect(await trial.store.jobs.get(job_id)).toMatchObject({
      status: "failed",
      attempt: 3,
      error: { code: "poison" },
    });
  });

  test("cancelling ends a queued job at once and reaches a running one by its heart-beat", async () => {
    const idle = await queued();
    expect(await trial.store.jobs.requestCancel(idle.job_id)).toMatchObject({ status: "cancelled" });
    expect(await trial.store.jobs.claim(idle.job_id, POLICY)).toBeNull();
    const busy = await queued();
    const holder = await claim(busy.job_id);
    expect(await trial.store.jobs.requestCancel(busy.job_id)).toMatchObject({
      status: "running",
      cancel_requested: true,
    });
    expect(await trial.store.jobs.beat(holder)).toBe("cancel");
    await trial.store.jobs.end(holder, { status: "cancelled", plan: aPlan });
    expect(await trial.store.jobs.get(busy.job_id)).toMatchObject({ status: "cancelled", plan_id: expect.any(String) });
    expect(await trial.store.jobs.requestCancel("job_none")).toBeUndefined();
  });

  test("a job cancelled while its holder was dead ends cancelled, not solved again", async () => {
    const { job_id } = await queued();
    await claim(job_id);
    await trial.store.jobs.requestCancel(job_id);
    trial.clockMs += 6000;
    expect(await trial.store.jobs.claim(job_id, POLICY)).toBeNull();
    expect(await trial.store.jobs.get(job_id)).toMatchObject({ status: "cancelled", plan_id: null });
  });

  test("events are numbered, replay from any of them, and keep only the last progress once the job has ended", async () => {
    const { job_id } = await queued();
    const holder = await claim(job_id);
    for (const share of [0.1, 0.5, 0.9]) await trial.store.jobs.progress(holder, progress(share));
    expect((await trial.store.jobs.events(job_id, 3)).map((event) => event.data)).toEqual([
      progress(0.5),
      progress(0.9),
    ]);
    await trial.store.jobs.end(holder, { status: "failed", error: { code: "x", message: "y" } });
    const all = await trial.store.jobs.events(job_id, 0);
    expect(all.map(({ seq, kind }) => `${seq} ${kind}`)).toEqual(["1 status", "2 status", "5 progress", "6 status"]);
    await trial.store.jobs.progress(holder, progress(1));
    expect(await trial.store.jobs.events(job_id, 6)).toEqual([]);
  });

  test("writers side by side do not tread on one another's transactions", async () => {
    const jobs = await Promise.all(Array.from({ length: 20 }, queued));
    const claims = await Promise.all(
      jobs.flatMap(({ job_id }) => [1, 2].map(() => trial.store.jobs.claim(job_id, POLICY))),
    );
    expect(claims.filter(Boolean)).toHaveLength(20);
  });

  test("lists come newest first in pages", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      trial.clockMs++;
      ids.unshift((await queued()).job_id);
    }
    const first = await trial.store.jobs.list({ limit: 2 });
    const second = await trial.store.jobs.list({ limit: 2, after: first.next ?? undefined });
    const third = await trial.store.jobs.list({ limit: 2, after: second.next ?? undefined });
    expect([first, second, third].flatMap((page) => page.items.map((job) => job.job_id))).toEqual(ids);
    expect(third.next).toBeNull();
    expect((await trial.store.jobs.list({ limit: 5 }, "failed")).items).toEqual([]);
  });

  test("a dataset comes back as it was, its map out of the store's own copy", async () => {
    const path = join(trial.dir, "town.osm.pbf");
    await writeFile(path, "roads");
    const tables = emptyTables();
    tables.schools.push({ school_id: "S1", name: "Elm", level: "high", lat: 40, lon: -76 });
    const map = { path, sha256: "ab12", bytes: 5 };
    const dataset = sealDataset({ district: DISTRICT, tables, present: new Set(["schools"]), settings: SETTINGS, map });
    trial.clockMs++;
    const summary = await trial.store.datasets.add(dataset, REPORT);
    expect(await trial.store.datasets.add(dataset, REPORT)).toEqual(summary);
    await rm(path);
    const back = await trial.store.datasets.get(dataset.hash);
    expect(back).toEqual({ ...dataset, map: { ...map, path: join(trial.dir, "maps", "ab12.osm.pbf") } });
    expect(back && sealDataset(back).hash).toBe(dataset.hash);
    expect(await trial.store.datasets.report(dataset.hash)).toEqual(REPORT);
    const first = await trial.store.datasets.list({ limit: 1 });
    expect(first.items[0].dataset_hash).toBe(dataset.hash);
    expect((await trial.store.datasets.list({ limit: 1, after: first.next ?? undefined })).items).toHaveLength(1);
  });

  test("a copied scenario keeps where it came from", async () => {
    const original = await trial.store.scenarios.get(trial.scenarioId);
    const copy = await trial.store.scenarios.add(
      original?.dataset_hash ?? "",
      scenarioSchema.parse({ name: "B" }),
      trial.scenarioId,
    );
    expect(await trial.store.scenarios.get(copy.scenario_id)).toMatchObject({
      from: trial.scenarioId,
      scenario: { name: "B" },
    });
    expect((await trial.store.scenarios.list({ limit: 9 }, original?.dataset_hash)).items).toHaveLength(2);
  });

  test("two processes that reach for the same job: one has it, and no number of an event is given twice", async () => {
    const other = await trial.rival();
    const { job_id } = await queued();
    const claims = await Promise.all(
      [trial.store, other, trial.store, other].map((each) => each.jobs.claim(job_id, POLICY)),
    );
    const [holder] = claims.filter((each) => each !== null);
    expect(claims.filter(Boolean)).toHaveLength(1);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? trial.store : other).jobs.progress(holder, progress(i / 20))),
    );
    const seqs = (await trial.store.jobs.events(job_id, 0)).map((event) => event.seq);
    expect(seqs).toEqual(Array.from({ length: 22 }, (_, i) => i + 1));
  });

  test("a creating call is answered once under its key; one that failed, or whose process died, leaves the key free", async () => {
    const reply = { request_hash: "h", status: 202, location: "/v1/jobs/j", body: "{}" };
    expect(await trial.store.replies.reserve("k", "h")).toBeUndefined();
    expect(await trial.store.replies.reserve("k", "h")).toMatchObject({ request_hash: "h", status: 0 });
    await trial.store.replies.release("k");
    expect(await trial.store.replies.reserve("k", "h")).toBeUndefined();
    trial.clockMs += 10_000;
    await trial.store.replies.alive("k");
    trial.clockMs += 10_000;
    expect(await trial.store.replies.reserve("k", "h")).toMatchObject({ status: 0 });
    trial.clockMs += 20_000;
    expect(await trial.store.replies.reserve("k", "h")).toBeUndefined();
    await trial.store.replies.answer("k", reply);
    await trial.store.replies.release("k");
    expect(await trial.store.replies.reserve("k", "other")).toEqual(reply);
  });

  test("a job and the answer to its call are stored together: who asks again after the process died gets the same job", async () => {
    const { job_id } = await queued();
    const { scenario_id } = (await trial.store.jobs.get(job_id)) as { scenario_id: string };
    const { replies, jobs } = trial.store;
    await replies.reserve("died", "h");
    const of = (stored: { job_id: string }) => ({ status: 202, location: null, body: stored.job_id });
    const job = await jobs.add({ scenario_id, area: "facilities" }, undefined, { key: "died", of });
    trial.clockMs += 60_000;
    expect(await replies.reserve("died", "h")).toMatchObject({ status: 202, body: job.job_id });
  });

  test("a plan is committed once although the holder's call and its successor's come together", async () => {
    const other = await trial.rival();
    const { job_id } = await queued();
    const holder = await claim(job_id);
    const done = await Promise.all(
      [trial.store, other, trial.store, other].map((each) =>
        each.jobs.end(holder, { status: "succeeded", plan: aPlan }),
      ),
    );
    expect(done.filter(Boolean)).toHaveLength(1);
    expect((await trial.store.plans.list({ limit: 10 })).items).toHaveLength(1);
  });

  test("a Postgres that was stopped is said to be away, is there again when it is back, and has all that was acknowledged", async () => {
    const { store, server } = trial;
    if (!server) return;
    const before = await queued();
    const holder = await claim(before.job_id);
    const restarted = server.restart(300);
    const away = new Set<string>();
    let acknowledged = 0;
    for (let up = false; !up; ) {
      const added = await queued().catch((error) => error);
      if (added instanceof Error) away.add((added as InternalError).code);
      else acknowledged++;
      up = away.size > 0 && !(added instanceof Error);
    }
    await restarted;
    expect([...away]).toEqual(["store-away"]);
    expect(await store.jobs.beat(holder)).toBe("go-on");
    expect((await store.jobs.list({ limit: 200 }, "queued")).items.length).toBeGreaterThanOrEqual(acknowledged);
    expect(await store.jobs.end(holder, { status: "succeeded", plan: aPlan })).toBe(true);
  });

  test("text that a database cannot hold is refused, not a bug", async () => {
    const found = await trial.store.jobs.get("job_\0").catch((error) => error);
    expect(found === undefined || found.code === "unusable-value").toBe(true);
  });

  test("processes that start at once on an empty database all find its schema", async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(() => trial.another()));
    for (const each of stores) await each.ping();
  });

  test("no more jobs wait than the limit says, nobody fills the queue alone, and a place that is free again is given away", async () => {
    const limit = { waitingMax: 5, waitingMaxOfOne: 3 };
    const ask = (submitted_by: string) =>
      trial.store.jobs.add({ scenario_id: trial.scenarioId, area: "facilities", submitted_by }, limit);
    const asked = await Promise.allSettled(Array.from({ length: 9 }, () => ask("ann")));
    const refused = asked.filter((each) => each.status === "rejected");
    expect(refused).toHaveLength(6);
    expect(refused[0].reason).toMatchObject({ name: "BusyError", code: "queue-share-full", retryAfterS: 10 });
    for (const name of ["bob", "cyd"]) await ask(name);
    await expect(ask("bob")).rejects.toMatchObject({ code: "queue-full" });
    expect((await trial.store.jobs.list({ limit: 99 })).items).toHaveLength(5);
    await trial.store.jobs.next(POLICY);
    expect(await ask("bob")).toMatchObject({ status: "queued", submitted_by: "bob" });
  });
});
