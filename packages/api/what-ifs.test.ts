import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "./app.ts";
import { startTrial, type Trial } from "./trial/trial.ts";

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

const remove = (school_id: string) => ({ op: "remove", table: "schools", where: { school_id } });

test("variants of a scenario are solved side by side, each against the scenario itself", async () => {
  const scenario_id = await trial.scenario();
  const variants = [{ name: "Without E1", changes: [remove("E1")], settings: { seed: 5 } }, { name: "As before" }];
  const made = await trial.post("/v1/what-ifs", { scenario_id, area: "facilities", variants });
  expect(made.status).toBe(202);
  const { variants: started } = await made.json();
  for (const { job_id } of started) await trial.ended(job_id);
  const { rows } = await (await trial.get(made.headers.get("Location") ?? "")).json();
  expect(rows).toMatchObject([
    { name: "As it stands", scenario_id, status: "succeeded", difference: { school_changes: 0 } },
    { name: "Without E1", status: "succeeded", metrics: { school_changes: 1 }, difference: { school_changes: 1 } },
    { name: "As before", status: "succeeded", difference: { school_changes: 0 } },
  ]);
  const list = await (await trial.get("/v1/what-ifs")).json();
  expect(list.items[0].variants).toEqual(started);
  const lineage = await (await trial.get(`/v1/scenarios/${started[1].scenario_id}/lineage`)).json();
  expect(lineage.line).toMatchObject([
    { scenario_id, added: [] },
    { name: "Without E1", added: [remove("E1")] },
  ]);
  const copies = (await (await trial.get(`/v1/scenarios/${scenario_id}/lineage`)).json()).copies;
  // Made in one call, so perhaps in the same millisecond: their order says nothing.
  expect(copies.map(({ name }: { name: string }) => name).sort()).toEqual(["As before", "Without E1"]);
});

test("a variant that cannot be made is refused before anything starts", async () => {
  const scenario_id = await trial.scenario();
  const before = (await (await trial.get("/v1/jobs")).json()).items.length;
  const variants = [{ name: "Fine" }, { name: "Not", changes: [remove("X9")] }];
  const refused = await trial.post("/v1/what-ifs", { scenario_id, area: "facilities", variants });
  expect(await refused.json()).toMatchObject({ status: 422, code: "bad-scenario" });
  expect((await (await trial.get("/v1/jobs")).json()).items).toHaveLength(before);
});

test("the sample district is loaded where the server carries one", async () => {
  expect((await trial.post("/v1/demo", undefined)).status).toBe(404);
  const sampleDir = fileURLToPath(new URL("../../data/sample/", import.meta.url));
  const loaded = await createApp({ ...trial.parts, sampleDir }, { authentication: "unless-alone" }).request(
    "/v1/demo",
    { method: "POST" },
  );
  expect(loaded.status).toBe(201);
  const { dataset } = await loaded.json();
  expect((await trial.get(`/v1/datasets/${dataset.dataset_hash}`)).status).toBe(200);
});
