import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "./app.ts";
import { startTrial, type Trial } from "./trial/trial.ts";

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

test("calls are counted by endpoint, jobs by status, and no id, query or body reaches a label or a line of the log", async () => {
  const lines: string[] = [];
  const tell = (fields: object, text: string) => void lines.push(JSON.stringify({ ...fields, text }));
  const app = createApp(
    { ...trial.parts, log: { info: tell, warn: tell, error: tell } },
    { authentication: "unless-alone" },
  );
  const scenario_id = await trial.scenario();
  const body = JSON.stringify({ scenario_id, area: "facilities" });
  const headers = { "Content-Type": "application/json" };
  const { job_id } = await (await app.request("/v1/solves", { method: "POST", headers, body })).json();
  await trial.ended(job_id);
  expect((await app.request(`/v1/jobs/${job_id}`)).status).toBe(200);
  expect((await app.request("/v1/plans?scenario_id=Jane%20Doe")).status).toBe(200);
  expect((await app.request("/v1/secret-place")).status).toBe(404);
  const answered = await app.request("/metrics");
  expect(answered.headers.get("Content-Type")).toContain("text/plain");
  const text = await answered.text();
  expect(text).toContain(
    'trivium_http_request_duration_seconds_count{method="GET",route="/v1/jobs/:job_id",status="200"} 1',
  );
  expect(text).toContain('route="none",status="404"');
  expect(text).toContain('trivium_jobs{status="succeeded"} 1');
  expect(text).toContain('trivium_up{part="store"} 1');
  for (const said of [text, ...lines]) expect(said).not.toMatch(/Jane|secret|job_0|scenario_0/);
  expect(lines).toHaveLength(4);
});

test("a process that is stopping is alive but not ready", async () => {
  const app = createApp({ ...trial.parts, stopping: AbortSignal.abort() }, { authentication: "unless-alone" });
  expect((await app.request("/healthz")).status).toBe(200);
  const ready = await app.request("/readyz");
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ ready: false, store: true, queue: true, stopping: true });
});
