import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "./app.ts";
import { startTrial, type Trial } from "./trial/trial.ts";

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

const call = (path: string, init: RequestInit = {}) => trial.app.request(path, init);
const json = { "Content-Type": "application/json" };

/** What comes back must be a problem whose status is the response's. */
async function problem(response: Response | Promise<Response>) {
  const answered = await response;
  expect(answered.headers.get("Content-Type")).toBe("application/problem+json");
  const body = await answered.json();
  expect(body).toMatchObject({
    status: answered.status,
    title: expect.any(String),
    type: expect.stringMatching(/^urn:/),
  });
  return body;
}

test("malformed JSON", async () => {
  const body = await problem(call("/v1/scenarios", { method: "POST", headers: json, body: "{oops" }));
  expect(body).toMatchObject({ status: 400, code: "malformed-body" });
});

test("a body of the wrong type, or of none", async () => {
  const text = { method: "POST", headers: { "Content-Type": "text/plain" }, body: "{}" };
  expect(await problem(call("/v1/solves", text))).toMatchObject({ status: 415 });
  expect(await problem(call("/v1/datasets", { ...text, headers: json }))).toMatchObject({ status: 415 });
  expect(await problem(call("/v1/solves", { method: "POST" }))).toMatchObject({ status: 415 });
});

test("a body that does not keep to its schema, with every place", async () => {
  const body = JSON.stringify({ area: "cooking", surprise: 1 });
  const refused = await problem(call("/v1/solves", { method: "POST", headers: json, body }));
  expect(refused).toMatchObject({ status: 422, code: "invalid-request" });
  expect(refused.errors.map((each: { path: string }) => each.path)).toEqual(["scenario_id", "area", ""]);
});

test("a query that does not keep to its schema", async () => {
  expect(await problem(call("/v1/jobs?limit=0&status=lost"))).toMatchObject({ status: 422, errors: [{}, {}] });
});

test("things that do not exist", async () => {
  for (const path of [
    "/v1/datasets/x",
    "/v1/datasets/x/findings",
    "/v1/scenarios/x",
    "/v1/jobs/x",
    "/v1/jobs/x/events",
  ])
    expect(await problem(call(path))).toMatchObject({ status: 404, instance: path });
  for (const path of ["/v1/plans/x", "/v1/plans/x/export"])
    expect(await problem(call(path))).toMatchObject({ status: 404, code: "unknown-plan" });
  const solve = { method: "POST", headers: json, body: JSON.stringify({ scenario_id: "x", area: "routing" }) };
  expect(await problem(call("/v1/solves", solve))).toMatchObject({ status: 404, code: "unknown-scenario" });
  expect(await problem(call("/v1/nothing"))).toMatchObject({ status: 404, code: "unknown-path" });
});

test("a method that a path does not have names those that it has", async () => {
  const answered = await call("/v1/jobs/job_1", { method: "DELETE" });
  expect(answered.headers.get("Allow")).toBe("GET");
  expect(await problem(answered)).toMatchObject({ status: 405 });
});

test("something that is no zip", async () => {
  const body = { method: "POST", headers: { "Content-Type": "application/zip" }, body: "no zip" };
  expect(await problem(call("/v1/datasets", body))).toMatchObject({ status: 422, code: "zip-unreadable" });
  const form = new FormData();
  expect(await problem(call("/v1/datasets", { method: "POST", body: form }))).toMatchObject({ status: 422 });
  form.set("district", "no file");
  const noFile = await problem(call("/v1/datasets", { method: "POST", body: form }));
  expect(noFile).toMatchObject({ status: 422, code: "no-district" });
});

test("a body beyond the limit", async () => {
  const body = JSON.stringify({ name: "x".repeat(9 * 1024 * 1024) });
  expect(await problem(call("/v1/scenarios", { method: "POST", headers: json, body }))).toMatchObject({ status: 413 });
});

test("a page of another site, and a host name that is not the loopback's, are not answered", async () => {
  const foreign = { headers: { Host: "localhost:3000", Origin: "http://evil.example" } };
  expect(await problem(call("/v1/jobs", foreign))).toMatchObject({ status: 403 });
  expect(
    (await call("/v1/jobs", { headers: { Host: "localhost:3000", Origin: "http://localhost:3000" } })).status,
  ).toBe(200);
  const own = createApp(trial.parts, { loopbackOnly: true, authentication: "unless-alone" });
  expect((await own.request("/healthz", { headers: { Host: "evil.example" } })).status).toBe(403);
  expect((await own.request("/healthz", { headers: { Host: "127.0.0.1:3000" } })).status).toBe(200);
});

test("a bug says nothing of its insides", async () => {
  const broken = { ...trial.parts, store: { ...trial.store, jobs: undefined } };
  const app = createApp(broken as never, { authentication: "unless-alone" });
  const body = await problem(app.request("/v1/jobs"));
  expect(body).toMatchObject({ status: 500, code: "unexpected" });
  expect(JSON.stringify(body)).not.toMatch(/undefined|\.ts/);
});
