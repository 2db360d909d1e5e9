import { type Serving, serveApi } from "@trivium/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FILES, startTrial, type Trial, zipOf } from "../api/trial/trial.ts";
import { ApiError, type JobEvent, TriviumClient } from "./index.ts";

let trial: Trial;
let serving: Serving;
let client: TriviumClient;
beforeAll(async () => {
  trial = await startTrial();
  serving = await serveApi(trial.parts, { port: 0 });
  client = new TriviumClient(`${serving.url}/`);
});
afterAll(async () => {
  await serving.close();
  await trial.close();
});

test("from a zip to an exported plan", async () => {
  const { dataset } = await client.uploadDataset(zipOf(FILES));
  expect(await client.dataset(dataset.dataset_hash)).toEqual(dataset);
  expect((await client.findings(dataset.dataset_hash)).errors).toBe(0);
  expect((await client.datasets()).items).toEqual([dataset]);
  const { scenario_id } = await client.createScenario({ dataset_hash: dataset.dataset_hash, name: "Base" });
  expect((await client.scenario(scenario_id)).scenario.name).toBe("Base");
  const { job_id } = await client.solve({ scenario_id, area: "facilities" });
  const events: JobEvent[] = [];
  for await (const event of client.follow(job_id)) events.push(event);
  expect(events.at(-1)).toMatchObject({ kind: "status", job: { status: "succeeded" } });
  const { items } = await client.plans({ scenario_id });
  expect(await client.plan(items[0].plan_id)).toMatchObject({ dataset_hash: dataset.dataset_hash });
  expect((await client.exportPlan(items[0].plan_id, "csv")).subarray(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));
  expect(await client.compare({ a: "today", b: items[0].plan_id })).toMatchObject({ a: "today" });
  const subject = { kind: "asset", id: "A1" } as const;
  expect(await client.explain({ plan_id: items[0].plan_id, subject })).toMatchObject({ subject: "A1" });
  expect(await client.ask({ plan_id: items[0].plan_id, question: { kind: "wait" } })).toEqual({ extra_usd: 12 });
});

test("a followed job is cancelled, and following it again has nothing more to say after its end", async () => {
  const { dataset } = await client.uploadDataset(zipOf(FILES));
  const { scenario_id } = await client.createScenario({ dataset_hash: dataset.dataset_hash, name: "endless" });
  const { job_id } = await client.solve({ scenario_id, area: "facilities" }, `once-${scenario_id}`);
  expect((await client.solve({ scenario_id, area: "facilities" }, `once-${scenario_id}`)).job_id).toBe(job_id);
  const kinds: string[] = [];
  for await (const event of client.follow(job_id)) {
    kinds.push(event.kind);
    if (event.kind === "progress") await client.cancel(job_id);
  }
  expect(kinds).toContain("progress");
  expect(await client.job(job_id)).toMatchObject({ status: "cancelled" });
  expect((await client.jobs({ status: "cancelled" })).items.map((job) => job.job_id)).toEqual([job_id]);
});

test("a refused call is an error with its problem, findings and all", async () => {
  const broken = { ...FILES, "schools.csv": "school_id,name\nH1,Elm\n" };
  const error = await client.uploadDataset(zipOf(broken)).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error.problem).toMatchObject({ status: 422, code: "data-errors" });
  expect(error.problem.findings.length).toBeGreaterThan(0);
});

test("an answer that is no problem is made into one", async () => {
  const proxy = async () => new Response("bad gateway", { status: 502 });
  const error = await new TriviumClient("http://x.example", { fetch: proxy }).jobs().catch((thrown) => thrown);
  expect(error.problem).toMatchObject({ status: 502, code: "http-502", detail: "bad gateway" });
});

test("a stream that breaks, and a server that is gone for a while, are taken up again after the last event that came", async () => {
  const asked: (string | null)[] = [];
  const job = { status: "running" };
  const event = (id: number, status: string) =>
    `event: status\ndata: ${JSON.stringify({ ...job, status })}\nid: ${id}\n\n`;
  const answers = [event(1, "running"), undefined, `: still here\n\n${event(2, "succeeded")}`];
  const flaky: typeof fetch = async (_url, init) => {
    asked.push(new Headers(init?.headers).get("Last-Event-ID"));
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError("fetch failed");
    return new Response(answer);
  };
  const client = new TriviumClient("http://x.example", { fetch: flaky, reconnectMs: 1 });
  const ids: number[] = [];
  for await (const { id } of client.follow("job_1")) ids.push(id);
  expect(ids).toEqual([1, 2]);
  expect(asked).toEqual(["0", "1", "1"]);
});

test("a server that stays away is told to whoever follows", async () => {
  const gone = async () => {
    throw new TypeError("fetch failed");
  };
  const events = new TriviumClient("http://x.example", { fetch: gone, reconnectMs: 0 }).follow("job_1");
  await expect(events.next()).rejects.toThrow("fetch failed");
});
