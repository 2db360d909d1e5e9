import { afterAll, beforeAll, expect, test } from "vitest";
import { startTrial, type Trial } from "./trial/trial.ts";

let trial: Trial;
let path: string;
beforeAll(async () => {
  trial = await startTrial();
  path = `/v1/datasets/${(await (await trial.upload()).json()).dataset.dataset_hash}`;
});
afterAll(() => trial.close());

test("every answer carries the call's id, and a problem names it", async () => {
  const named = await trial.app.request(path, { headers: { "X-Request-Id": "district-42" } });
  expect(named.headers.get("X-Request-Id")).toBe("district-42");
  const refused = await trial.app.request("/v1/jobs/x", { headers: { "X-Request-Id": "district-43" } });
  expect(await refused.json()).toMatchObject({ request_id: "district-43" });
  const made = await trial.app.request(path, { headers: { "X-Request-Id": "<script>" } });
  expect(made.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("an answer that the client has already is not sent again", async () => {
  const first = await trial.get(path);
  const tag = first.headers.get("ETag") ?? "";
  expect(tag).toMatch(/^"\w+"$/);
  const again = await trial.app.request(path, { headers: { "If-None-Match": tag } });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
});

test("two of the same call at the same time under one key create once", async () => {
  const scenario_id = await trial.scenario();
  const call = () => trial.post("/v1/solves", { scenario_id, area: "facilities" }, { "Idempotency-Key": "twins" });
  const [a, b] = await Promise.all([call(), call()]);
  expect([a.status, b.status]).toEqual([202, 202]);
  expect((await a.json()).job_id).toBe((await b.json()).job_id);
  const wrong = { "Idempotency-Key": "wrong" };
  expect((await trial.post("/v1/solves", { scenario_id: "x", area: "facilities" }, wrong)).status).toBe(404);
  expect((await trial.post("/v1/solves", { scenario_id, area: "facilities" }, wrong)).status).toBe(202);
});

test("the limits are told before they are met", async () => {
  const limits = await (await trial.get("/v1/limits")).json();
  expect((await trial.get(`/v1/jobs?limit=${limits.page}`)).status).toBe(200);
  expect((await trial.get(`/v1/jobs?limit=${limits.page + 1}`)).status).toBe(422);
  const body = { dataset_hash: "x", name: "x".repeat(limits.json_bytes) };
  expect((await trial.post("/v1/scenarios", body)).status).toBe(413);
});
