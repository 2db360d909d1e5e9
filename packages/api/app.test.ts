import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FILES, startTrial, type Trial, zipOf } from "./trial/trial.ts";

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

test("from upload to exported plan: dataset, scenario, solve, job, plan, files", async () => {
  const uploaded = await trial.upload();
  expect(uploaded.status).toBe(201);
  const { dataset, report } = await uploaded.json();
  expect(uploaded.headers.get("Location")).toBe(`/v1/datasets/${dataset.dataset_hash}`);
  expect(await (await trial.get(`/v1/datasets/${dataset.dataset_hash}/findings`)).json()).toEqual({
    ...report,
    open: 0,
  });
  const change = { op: "set", table: "schools", where: { school_id: "E1" }, values: { name: "Elm Lower" } };
  const made = await trial.post("/v1/scenarios", {
    dataset_hash: dataset.dataset_hash,
    name: "Renamed",
    changes: [change],
  });
  expect(made.status).toBe(201);
  const scenario = await made.json();
  const accepted = await trial.post("/v1/solves", { scenario_id: scenario.scenario_id, area: "facilities" });
  expect(accepted.status).toBe(202);
  const job = await accepted.json();
  expect(accepted.headers.get("Location")).toBe(`/v1/jobs/${job.job_id}`);
  const ended = await trial.ended(job.job_id);
  expect(ended).toMatchObject({ status: "succeeded", attempt: 1 });
  const plan = await (await trial.get(`/v1/plans/${ended.plan_id}`)).json();
  expect(plan).toMatchObject({ area: "facilities", metrics: { school_changes: 1 } });
  const exported = await trial.get(`/v1/plans/${ended.plan_id}/export?format=csv`);
  expect(exported.headers.get("Content-Type")).toBe("application/zip");
  const files = unzipSync(new Uint8Array(await exported.arrayBuffer()));
  expect(Object.keys(files)).toEqual(expect.arrayContaining(["plan.csv", "metrics.json", "DRAFT.txt"]));
});

test("a district with errors is refused with every finding, and nothing is stored", async () => {
  const before = (await (await trial.get("/v1/datasets")).json()).items.length;
  const broken = {
    ...FILES,
    "schools.csv": "school_id,name,level,lat,lon\nH1,Elm,castle,400,-76\nH2,Oak,high,north,-76\n",
  };
  const refused = await trial.upload(broken);
  expect(refused.status).toBe(422);
  const problem = await refused.json();
  expect(problem.code).toBe("data-errors");
  expect(problem.findings.length).toBeGreaterThanOrEqual(3);
  expect((await (await trial.get("/v1/datasets")).json()).items).toHaveLength(before);
});

test("a form with a column mapping reads a district's own file names", async () => {
  const form = new FormData();
  const { "schools.csv": schools, ...rest } = FILES;
  form.set("district", new File([zipOf({ ...rest, "Sites 2027.csv": schools })], "elm.zip"));
  form.set("mapping", JSON.stringify({ files: { "Sites 2027.csv": { table: "schools" } } }));
  const uploaded = await trial.app.request("/v1/datasets", { method: "POST", body: form });
  expect(uploaded.status).toBe(201);
  expect((await uploaded.json()).report.rows).toEqual({ "Sites 2027.csv": 2 });
});

test("a copied scenario keeps the original's changes and settings, adds its own, and says where it came from", async () => {
  const { dataset } = await (await trial.upload()).json();
  const remove = { op: "remove", table: "schools", where: { school_id: "E1" } };
  const first = await (
    await trial.post("/v1/scenarios", {
      dataset_hash: dataset.dataset_hash,
      changes: [remove],
      settings: { seed: 7, time_s: 5 },
    })
  ).json();
  const copy = await (
    await trial.post("/v1/scenarios", { from: first.scenario_id, name: "Copy", settings: { time_s: 9 } })
  ).json();
  expect(copy).toMatchObject({
    from: first.scenario_id,
    scenario: { name: "Copy", changes: [remove], settings: { seed: 7, time_s: 9 } },
  });
  expect(await (await trial.get(`/v1/scenarios/${copy.scenario_id}`)).json()).toEqual(copy);
});

test("changes that cannot be made are refused when the scenario is made, each with its finding", async () => {
  const { dataset } = await (await trial.upload()).json();
  const refused = await trial.post("/v1/scenarios", {
    dataset_hash: dataset.dataset_hash,
    changes: [
      { op: "remove", table: "schools", where: { school_id: "X9" } },
      { op: "set", table: "schools", where: { school_id: "H1" }, values: { lat: "north" } },
    ],
  });
  expect(refused.status).toBe(422);
  expect((await refused.json()).findings).toHaveLength(2);
});

test("a solve that the engine refuses fails its job with the code", async () => {
  const scenario_id = await trial.scenario();
  const job = await (await trial.post("/v1/solves", { scenario_id, area: "routing" })).json();
  expect(await trial.ended(job.job_id)).toMatchObject({ status: "failed", error: { code: "no-tables" } });
});

test("a running job is followed, cancelled, and its events are had again from any id", async () => {
  const { dataset } = await (await trial.upload()).json();
  const { scenario_id } = await (
    await trial.post("/v1/scenarios", { dataset_hash: dataset.dataset_hash, name: "endless" })
  ).json();
  const { job_id } = await (await trial.post("/v1/solves", { scenario_id, area: "facilities" })).json();
  const stream = await trial.get(`/v1/jobs/${job_id}/events`);
  expect(stream.headers.get("Content-Type")).toContain("text/event-stream");
  const followed = stream.text();
  setTimeout(() => void trial.post(`/v1/jobs/${job_id}/cancel`, undefined), 200);
  const text = await followed;
  const ids = [...text.matchAll(/^id: ?(\d+)$/gm)].map((match) => Number(match[1]));
  expect(ids).toEqual(ids.map((_, i) => i + 1));
  expect(text).toContain("event: progress");
  expect(text).toContain('"status":"cancelled"');
  const from = async (id: number) =>
    trial.app.request(`/v1/jobs/${job_id}/events`, { headers: { "Last-Event-ID": String(id) } });
  expect(await (await from(ids.length - 1)).text()).toContain(`id: ${ids.length}`);
  expect((await from(ids.length)).status).toBe(204);
});

test("comparisons, explanations and questions are answered by a worker, of plans that are there", async () => {
  const plan_id = await trial.plan();
  const compared = await trial.post("/v1/comparisons", { a: "today", b: plan_id });
  expect(await compared.json()).toMatchObject({ a: "today", b: plan_id });
  const explained = await trial.post("/v1/explanations", { plan_id, subject: { kind: "asset", id: "A1" } });
  expect(await explained.json()).toMatchObject({ subject: "A1" });
  const answer = await trial.post("/v1/questions", { plan_id, question: { kind: "wait", years: 2 } });
  expect(await answer.json()).toEqual({ extra_usd: 12 });
  const unknown = await trial.post("/v1/questions", { plan_id, question: { kind: "sing" } });
  expect(unknown.status).toBe(422);
  expect((await trial.post("/v1/comparisons", { a: "today", b: "plan_none" })).status).toBe(404);
});

test("the same call under one Idempotency-Key creates once; another call under it is refused", async () => {
  const scenario_id = await trial.scenario();
  const solve = (area: string) =>
    trial.post("/v1/solves", { scenario_id, area }, { "Idempotency-Key": `key-${scenario_id}` });
  const [first, second] = await Promise.all([solve("facilities"), solve("facilities")]);
  expect([first.status, second.status]).toEqual([202, 202]);
  const [one, two] = [await first.json(), await second.json()];
  expect(two.job_id).toBe(one.job_id);
  expect(second.headers.get("Location")).toBe(first.headers.get("Location"));
  const other = await solve("routing");
  expect(other.status).toBe(422);
  expect(await other.json()).toMatchObject({ code: "idempotency-key-reused" });
});

test("lists are paged by cursor", async () => {
  const { dataset } = await (await trial.upload()).json();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    const made = await trial.post("/v1/scenarios", { dataset_hash: dataset.dataset_hash, name: `page ${i}` });
    ids.unshift((await made.json()).scenario_id);
  }
  const first = await (await trial.get("/v1/scenarios?limit=2")).json();
  const second = await (await trial.get(`/v1/scenarios?limit=1&after=${first.next}`)).json();
  expect([...first.items, ...second.items].map((each) => each.scenario_id)).toEqual(ids);
});

test("health and readiness", async () => {
  expect(await (await trial.get("/healthz")).json()).toMatchObject({ ok: true });
  expect(await (await trial.get("/readyz")).json()).toMatchObject({ ready: true, store: true, queue: true });
});
