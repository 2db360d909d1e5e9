import { LOCAL, type Role } from "@trivium/model";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTrial, type Trial } from "./trial/trial.ts";

let trial: Trial;
const headers = new Map<Role, Record<string, string>>();
beforeAll(async () => {
  trial = await startTrial();
  for (const role of ["viewer", "planner", "approver", "admin"] as const) {
    const { token } = await trial.store.keys.add(
      { ...LOCAL, roles: [role], label: role, expires_at: null },
      "operator",
    );
    headers.set(role, { Authorization: `Bearer ${token}` });
  }
});
afterAll(() => trial.close());

const get = (path: string, role: Role) => trial.app.request(path, { headers: headers.get(role) });
const post = (path: string, body: unknown, role: Role) => trial.post(path, body, headers.get(role));
const step = (planId: string, name: string, role: Role, body: object = {}) =>
  post(`/v1/plans/${planId}/${name}`, { reason: "because", ...body }, role);

/** A plan that the planner had solved. */
async function solved() {
  const { dataset } = await (await trial.upload(undefined, headers.get("planner"))).json();
  const made = await post("/v1/scenarios", { dataset_hash: dataset.dataset_hash }, "planner");
  const { scenario_id } = await made.json();
  const { job_id } = await (await post("/v1/solves", { scenario_id, area: "facilities" }, "planner")).json();
  for (;;) {
    const job = await (await get(`/v1/jobs/${job_id}`, "viewer")).json();
    if (job.ended_at !== null)
      return (await get(`/v1/plans/${job.plan_id}`, "viewer"))
        .json()
        .then((plan) => ({ plan_id: String(job.plan_id), plan }));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isDraft = async (planId: string) => {
  const exported = await get(`/v1/plans/${planId}/export?format=csv`, "viewer");
  return Object.keys(unzipSync(new Uint8Array(await exported.arrayBuffer()))).includes("DRAFT.txt");
};

test("a plan goes from draft to published by the hands of two, keeps its DRAFT mark until it is signed, and every write stands in the log", async () => {
  const { plan_id, plan } = await solved();
  const { plan_hash } = plan.provenance;
  expect(await isDraft(plan_id)).toBe(true);
  expect((await step(plan_id, "approval", "approver", { plan_hash })).status).toBe(409);
  expect((await step(plan_id, "review", "planner")).status).toBe(201);
  expect(await isDraft(plan_id)).toBe(true);
  expect((await step(plan_id, "approval", "approver", { plan_hash: "another" })).status).toBe(409);
  const signed = await step(plan_id, "approval", "approver", { plan_hash });
  expect(signed.status).toBe(201);
  expect(await signed.json()).toMatchObject({
    state: "approved",
    plan_hash,
    comparison: { compared_with: "today", headline: "no change" },
  });
  expect(await isDraft(plan_id)).toBe(false);
  expect((await step(plan_id, "publication", "approver")).status).toBe(201);
  const history = await (await get(`/v1/plans/${plan_id}/approvals`, "viewer")).json();
  expect(history).toMatchObject({ state: "published", signed: true });
  const log = await (await get("/v1/audit?limit=200", "admin")).json();
  const actions = log.items.map((entry: { action: string }) => entry.action);
  for (const action of [
    "POST /v1/datasets",
    "POST /v1/scenarios",
    "POST /v1/solves",
    "POST /v1/plans/{plan_id}/approval",
    "plan approved",
    "plan published",
  ])
    expect(actions).toContain(action);
  expect(await (await get("/v1/audit/verification", "admin")).json()).toMatchObject({ ok: true, problem_count: 0 });
});

test("there is no way past the approver: not by role, not by a forged body, not by the author's own approver key", async () => {
  const { plan_id, plan } = await solved();
  const { plan_hash } = plan.provenance;
  await step(plan_id, "review", "planner");
  for (const role of ["viewer", "planner", "admin"] as const)
    expect((await step(plan_id, "approval", role, { plan_hash })).status).toBe(403);
  const forged = { plan_hash, state: "published", by: "superintendent", approved: true };
  expect((await step(plan_id, "approval", "approver", forged)).status).toBe(422);
  expect((await get(`/v1/plans/${plan_id}/export?format=csv&approved=true`, "viewer")).status).toBe(422);
  const both = await trial.store.keys.add(
    { ...LOCAL, roles: ["planner", "approver"], label: "both", expires_at: null },
    "operator",
  );
  const own = { Authorization: `Bearer ${both.token}` };
  const second = await solved();
  await trial.post(`/v1/plans/${second.plan_id}/review`, { reason: "mine" }, own);
  const self = await trial.post(
    `/v1/plans/${second.plan_id}/approval`,
    { reason: "mine", plan_hash: second.plan.provenance.plan_hash },
    own,
  );
  expect(self.status).toBe(403);
  expect(await isDraft(plan_id)).toBe(true);
});

test("a call that cannot be written down is not done", async () => {
  const broken = await startTrial();
  broken.store.audit.append = () => Promise.reject(new Error("no log"));
  expect((await broken.post("/v1/scenarios", { dataset_hash: "x" })).status).toBe(500);
  expect((await (await broken.get("/v1/scenarios")).json()).items).toEqual([]);
  await broken.close();
});
