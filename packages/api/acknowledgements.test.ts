import { findingId } from "@trivium/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FILES, startTrial, type Trial } from "./trial/trial.ts";

let trial: Trial;
let path: string;
let hash: string;
beforeAll(async () => {
  trial = await startTrial();
  const odd = {
    ...FILES,
    "schools.csv": FILES["schools.csv"].replace("lat,lon", "lat,lon,mascot,motto"),
    "more.csv": "a\n1\n",
  };
  const { dataset } = await (await trial.upload(odd)).json();
  hash = dataset.dataset_hash;
  path = `/v1/datasets/${hash}`;
});
afterAll(() => trial.close());

const findings = async () => (await trial.get(`${path}/findings`)).json();

test("a warning is open until a person has accepted it, with a reason, and stays under the first name", async () => {
  const before = await findings();
  expect(before.findings.length).toBeGreaterThan(2);
  expect(before.open).toBe(before.findings.length);
  const { finding_id, acknowledgement: none, ...finding } = before.findings[0];
  expect(none).toBeNull();
  expect(finding_id).toBe(findingId(finding));
  const given = await trial.post(`${path}/acknowledgements`, { finding_ids: [finding_id], reason: "seen, harmless" });
  expect(given.status).toBe(201);
  const again = await trial.post(`${path}/acknowledgements`, { finding_ids: [finding_id], reason: "another reason" });
  expect(await again.json()).toMatchObject({
    open: before.open - 1,
    items: [{ finding_id, reason: "seen, harmless", acknowledged_by: "local" }],
  });
  const after = await findings();
  expect(after.open).toBe(before.open - 1);
  expect(after.findings[0].acknowledgement).toMatchObject({ reason: "seen, harmless" });
  expect(await trial.store.acknowledgements.open(hash, "routing")).toHaveLength(after.open);
});

test("all warnings of a kind are accepted at once", async () => {
  const codes = [...new Set((await findings()).findings.map(({ code }: { code: string }) => code))];
  const given = await trial.post(`${path}/acknowledgements`, { codes, reason: "columns of our own" });
  expect((await given.json()).open).toBe(0);
  expect((await (await trial.get(`${path}/acknowledgements`)).json()).open).toBe(0);
  expect(await trial.store.acknowledgements.open(hash)).toEqual([]);
});

test("what is no warning of the dataset is refused, all of it at once, and so is silence about the reason", async () => {
  const wrong = { finding_ids: ["finding_x"], codes: ["no-such-kind"], reason: "why not" };
  const refused = await trial.post(`${path}/acknowledgements`, wrong);
  expect(refused.status).toBe(422);
  expect((await refused.json()).errors).toHaveLength(2);
  expect((await trial.post(`${path}/acknowledgements`, { codes: ["unknown-file"], reason: " " })).status).toBe(422);
  expect((await trial.post(`${path}/acknowledgements`, { reason: "of nothing" })).status).toBe(422);
  expect((await trial.post("/v1/datasets/x/acknowledgements", { codes: ["a"], reason: "b" })).status).toBe(404);
});
