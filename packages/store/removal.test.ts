import { rm } from "node:fs/promises";
import { join } from "node:path";
import { LOCAL, scenarioSchema } from "@trivium/model";
import { expect, test } from "vitest";
import { backUp, openStore, restore } from "./index.ts";
import { aPlan, onEachDatabase } from "./trial/each-database.ts";

onEachDatabase((trial) => {
  /** The trial's dataset with a solved plan, a flag and an acknowledgement on it. */
  async function settled() {
    const { store, scenarioId } = trial;
    const dataset_hash = (await store.scenarios.get(scenarioId))?.dataset_hash ?? "";
    const { job_id } = await store.jobs.add({ scenario_id: scenarioId, area: "facilities" });
    const claim = await store.jobs.claim(job_id, { staleMs: 5000, attemptsMax: 3 });
    if (claim) await store.jobs.end(claim, { status: "succeeded", plan: { ...aPlan, dataset_hash } });
    const plan_id = (await store.jobs.get(job_id))?.plan_id ?? "";
    await store.acknowledgements.add(dataset_hash, ["f1"], "local", "seen");
    const flagged = { dataset_hash, plan_id, area: "facilities", kind: "asset", item_id: "A1" } as const;
    const flag = await store.flags.add({ ...flagged, reason: "is new" });
    return { dataset_hash, job_id, plan_id, flag_id: flag.flag_id };
  }

  test("a dataset goes with all that derives from it; that it went stays in the log", async () => {
    const { store, scenarioId } = trial;
    const { dataset_hash, job_id, plan_id, flag_id } = await settled();
    await store.scenarios.add(dataset_hash, scenarioSchema.parse({ name: "copy" }), scenarioId);
    expect(await store.removal.remove(dataset_hash)).toEqual({ dataset_hash, scenarios: 2, jobs: 1, plans: 1 });
    for (const gone of [
      await store.datasets.summary(dataset_hash),
      await store.scenarios.get(scenarioId),
      await store.jobs.get(job_id),
      await store.plans.get(plan_id),
      await store.flags.get(flag_id),
    ])
      expect(gone).toBeUndefined();
    expect(await store.acknowledgements.list(dataset_hash)).toEqual([]);
    expect((await store.audit.list({ limit: 1 })).items).toMatchObject([
      { action: "dataset removed", subject: dataset_hash, detail: { plans: 1 } },
    ]);
    expect((await store.audit.verify()).ok).toBe(true);
    expect(await store.removal.remove(dataset_hash)).toBeUndefined();
  });

  test("answers to calls and routing problems of no dataset go once they are old, a problem that waits stays", async () => {
    const { store } = trial;
    await store.replies.reserve("key", "hash");
    await store.replies.answer("key", { request_hash: "hash", status: 201, location: null, body: "{}" });
    const vroom_id = await store.vroomSolves.add({}, null, "local");
    expect(await store.removal.removeLeftovers(30)).toBe(0);
    trial.clockMs += 31 * 86_400_000;
    expect(await store.removal.removeLeftovers(30)).toBe(1);
    expect(await store.vroomSolves.get(vroom_id)).toBeDefined();
    expect(await store.replies.reserve("key", "hash")).toBeUndefined();
  });

  test("while a solve of it runs a dataset stays", async () => {
    const { store, scenarioId } = trial;
    const { dataset_hash } = await settled();
    await store.jobs.add({ scenario_id: scenarioId, area: "facilities" });
    await expect(store.removal.remove(dataset_hash)).rejects.toMatchObject({ code: "jobs-running" });
    expect(await store.datasets.summary(dataset_hash)).toBeDefined();
  });

  test("a district that removes what another has too removes it for itself only", async () => {
    const { store } = trial;
    const { dataset_hash } = await settled();
    const dataset = await store.datasets.get(dataset_hash);
    const report = await store.datasets.report(dataset_hash);
    const elm = { ...LOCAL, district: "elm" };
    await store.within(elm, async () => {
      if (dataset && report) await store.datasets.add(dataset, report);
      expect(await store.removal.remove(dataset_hash)).toMatchObject({ scenarios: 0, plans: 0 });
      expect(await store.datasets.summary(dataset_hash)).toBeUndefined();
    });
    expect(await store.within(LOCAL, () => store.plans.list({ limit: 9 }))).toMatchObject({
      items: [{ dataset_hash }],
    });
  });

  test("what is old and was never signed is due for removal", async () => {
    const { dataset_hash } = await settled();
    expect(await trial.store.removal.expired(30)).toEqual([]);
    trial.clockMs += 31 * 86_400_000;
    expect(await trial.store.removal.expired(30)).toEqual([dataset_hash]);
  });

  test("what is flagged goes into the next report until it is settled, under the warnings that somebody acknowledges", async () => {
    const { store } = trial;
    const { dataset_hash, flag_id } = await settled();
    const dataset = await store.datasets.get(dataset_hash);
    const report = { dataset_hash: null, errors: 0, warnings: 0, rows: {}, findings: [], completeness: [] };
    if (!dataset) throw new Error("no dataset");
    const next = { ...dataset, hash: "next" };
    await store.datasets.add(next, report);
    expect(await store.datasets.report("next")).toMatchObject({
      warnings: 1,
      findings: [
        { code: "flagged", area: "facilities", value: "A1", message: `the asset A1 was flagged as wrong (${flag_id})` },
      ],
    });
    expect(await store.flags.triage(flag_id, "rejected", "it is old")).toMatchObject({
      state: "rejected",
      answer: "it is old",
    });
    await store.datasets.add({ ...dataset, hash: "later" }, report);
    expect(await store.datasets.report("later")).toMatchObject({ warnings: 0, findings: [] });
  });

  test("a backup made while the store is in use comes back whole, into either database, its log unbroken", async () => {
    const { store, dir, server } = trial;
    const { dataset_hash, plan_id } = await settled();
    const { token } = await store.keys.add({ ...LOCAL, label: "board", expires_at: null }, "local");
    const to = join(dir, "backup");
    const place = trial.databaseUrl === undefined ? { dir } : { dir, databaseUrl: trial.databaseUrl };
    const rows = await backUp(place, to);
    await expect(backUp(place, to)).rejects.toMatchObject({ code: "backup-exists" });
    const targets = [
      { dir: join(dir, "embedded") },
      ...(server ? [{ dir: join(dir, "pg"), databaseUrl: await server.database() }] : []),
    ];
    for (const target of targets) {
      expect(await restore(to, target)).toBe(rows);
      const again = await openStore(target.dir, target);
      expect(await again.datasets.get(dataset_hash)).toEqual(await store.datasets.get(dataset_hash));
      expect(await again.plans.get(plan_id)).toEqual(await store.plans.get(plan_id));
      expect(await again.keys.actorOf(token)).toMatchObject({ district: "" });
      expect((await again.audit.verify()).problems).toEqual([]);
      await again.close();
      await expect(restore(to, target)).rejects.toMatchObject({ code: "store-not-empty" });
    }
    await rm(to, { recursive: true });
  });
});
