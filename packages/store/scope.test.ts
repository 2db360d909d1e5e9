import { type Actor, emptyTables, LOCAL, scenarioSchema, sealDataset } from "@trivium/model";
import { expect, test } from "vitest";
import { aPlan, DISTRICT, onEachDatabase, REPORT, SETTINGS } from "./trial/each-database.ts";

const of = (district: string, areas: Actor["areas"] = null): Actor => ({
  ...LOCAL,
  id: `key_${district}`,
  district,
  areas,
});
const POLICY = { staleMs: 5000, attemptsMax: 3 };

onEachDatabase((trial) => {
  const aDataset = (name: string) =>
    sealDataset({
      district: { ...DISTRICT, name },
      tables: emptyTables(),
      present: new Set(["schools"]),
      settings: SETTINGS,
    });

  /** A district with a dataset, a scenario, a solved job and its plan. */
  async function settled(actor: Actor, name: string) {
    const { store } = trial;
    const dataset = aDataset(name);
    const ids = await store.within(actor, async () => {
      await store.datasets.add(dataset, REPORT);
      const { scenario_id } = await store.scenarios.add(dataset.hash, scenarioSchema.parse({ name }));
      const { job_id } = await store.jobs.add({ scenario_id, area: "facilities" });
      await store.acknowledgements.add(dataset.hash, ["f1"], actor.id, `${name} looked`);
      return { scenario_id, job_id };
    });
    const claim = await store.jobs.claim(ids.job_id, POLICY);
    if (!claim) throw new Error("the job was not free");
    await store.jobs.end(claim, { status: "succeeded", plan: aPlan });
    const plan_id = (await store.jobs.get(ids.job_id))?.plan_id ?? "";
    return { ...ids, plan_id, dataset_hash: dataset.hash };
  }

  test("what one district keeps is not there for another, by list or by id", async () => {
    const { store } = trial;
    const [elm, oak] = [of("elm"), of("oak")];
    const mine = await settled(elm, "Elm");
    await settled(oak, "Oak");
    await store.within(oak, async () => {
      expect(await store.datasets.get(mine.dataset_hash)).toBeUndefined();
      expect(await store.datasets.report(mine.dataset_hash)).toBeUndefined();
      expect(await store.scenarios.get(mine.scenario_id)).toBeUndefined();
      expect(await store.jobs.get(mine.job_id)).toBeUndefined();
      expect(await store.jobs.events(mine.job_id, 0)).toEqual([]);
      expect(await store.jobs.requestCancel(mine.job_id)).toBeUndefined();
      expect(await store.plans.get(mine.plan_id)).toBeUndefined();
      expect(await store.acknowledgements.list(mine.dataset_hash)).toEqual([]);
      for (const { items } of [
        await store.datasets.list({ limit: 9 }),
        await store.scenarios.list({ limit: 9 }),
        await store.jobs.list({ limit: 9 }),
        await store.plans.list({ limit: 9 }),
      ])
        expect(items).toHaveLength(1);
    });
    expect(await store.within(elm, () => store.plans.get(mine.plan_id))).toEqual(aPlan);
    expect((await store.plans.list({ limit: 9 })).items).toHaveLength(2);
  });

  test("two districts with the same content have it each for itself", async () => {
    const { store } = trial;
    const [elm, oak] = [of("elm"), of("oak")];
    const mine = await settled(elm, "Same");
    await store.within(oak, async () => {
      expect(await store.datasets.get(mine.dataset_hash)).toBeUndefined();
      await store.datasets.add(aDataset("Same"), REPORT);
      expect(await store.datasets.get(mine.dataset_hash)).toBeDefined();
      expect(await store.acknowledgements.list(mine.dataset_hash)).toEqual([]);
      await store.acknowledgements.add(mine.dataset_hash, ["f1"], oak.id, "Oak looked");
      expect((await store.scenarios.list({ limit: 9 })).items).toEqual([]);
    });
    const [given] = await store.within(elm, () => store.acknowledgements.list(mine.dataset_hash));
    expect(given.reason).toBe("Same looked");
  });

  test("who has one area sees no job and no plan of another", async () => {
    const { store } = trial;
    const mine = await settled(of("elm"), "Elm");
    await store.within(of("elm", ["routing"]), async () => {
      expect(await store.plans.summary(mine.plan_id)).toBeUndefined();
      expect((await store.jobs.list({ limit: 9 })).items).toEqual([]);
      expect((await store.scenarios.list({ limit: 9 })).items).toHaveLength(1);
    });
    const { scenario_id } = mine;
    const asked = trial.store.within(of("elm", ["routing"]), () => store.jobs.add({ scenario_id, area: "facilities" }));
    await expect(asked).rejects.toMatchObject({ code: "not-granted" });
    const both = of("elm", ["routing", "facilities"]);
    expect(await store.within(both, () => store.plans.summary(mine.plan_id))).toBeDefined();
  });
});
