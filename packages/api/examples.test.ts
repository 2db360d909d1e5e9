import type { Answerer } from "@trivium/jobs";
import { LOCAL, type Role } from "@trivium/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "./app.ts";
import { EXAMPLES } from "./examples.ts";
import { FILES, startTrial, type Trial, zipOf } from "./trial/trial.ts";

const ANSWERS: Readonly<Record<string, unknown>> = {
  compare: { area: "facilities", a: "today", b: "x", headline: "no change", figures: [], affected: {} },
  analysis: {
    totals: {},
    courses: [],
    singletons: [],
    doubletons: [],
    conflict_pairs: 0,
    expected_lost: 0,
    conflicts: [],
    teachers: [],
    rooms: [],
    periods: [],
    impossible: [],
    overfull: [],
  },
  explain: { subject: "A33", summary: "it is young", facts: [], mends: [], proven: false },
  ask: { extra_usd: 12 },
  vroom: { code: 0, summary: {}, unassigned: [], routes: [] },
};
const answer: Answerer = async ({ op }) => ANSWERS[op] ?? null;
const DISTRICT = {
  ...FILES,
  "schools.csv": FILES["schools.csv"].replace("lat,lon", "lat,lon,mascot").replaceAll(/([78])\n/g, "$1,owl\n"),
};

/** The order in which the examples are made: each finds the ids that those before it gave. */
const ORDER = `GET /healthz|GET /readyz|GET /metrics|GET /v1/limits|GET /v1/templates|GET /v1/templates/{table}
POST /v1/demo|PUT /v1/mappings/{name}|GET /v1/mappings|GET /v1/mappings/{name}|DELETE /v1/mappings/{name}
POST /v1/checks|POST /v1/datasets|GET /v1/datasets|GET /v1/datasets/{dataset_hash}|GET /v1/datasets/{dataset_hash}/findings|GET /v1/datasets/{dataset_hash}/places
POST /v1/datasets/{dataset_hash}/acknowledgements|GET /v1/datasets/{dataset_hash}/acknowledgements
POST /v1/scenarios|GET /v1/scenarios|GET /v1/scenarios/{scenario_id}|GET /v1/scenarios/{scenario_id}/lineage
POST /v1/analyses|POST /v1/what-ifs|GET /v1/what-ifs|GET /v1/what-ifs/{what_if_id}
POST /v1/solves|GET /v1/jobs/{job_id}/events|GET /v1/jobs/{job_id}|GET /v1/jobs|POST /v1/jobs/{job_id}/cancel
GET /v1/plans|GET /v1/plans/{plan_id}|GET /v1/plans/{plan_id}/export
POST /v1/comparisons|POST /v1/explanations|POST /v1/questions|POST /v1/vroom|GET /v1/vroom/{vroom_id}
POST /v1/plans/{plan_id}/review|POST /v1/plans/{plan_id}/change-request|POST /v1/plans/{plan_id}/review
POST /v1/plans/{plan_id}/withdrawal|POST /v1/plans/{plan_id}/review|POST /v1/plans/{plan_id}/approval
POST /v1/plans/{plan_id}/publication|GET /v1/plans/{plan_id}/approvals
POST /v1/flags|GET /v1/flags|POST /v1/flags/{flag_id}/triage
POST /v1/webhooks|GET /v1/webhooks|GET /v1/webhooks/{webhook_id}/deliveries|DELETE /v1/webhooks/{webhook_id}
POST /v1/keys|GET /v1/keys|DELETE /v1/keys/{key_id}|POST /v1/accounts|GET /v1/accounts|PATCH /v1/accounts/{account_id}
POST /v1/session|GET /v1/session|DELETE /v1/session|GET /v1/audit|GET /v1/audit/verification
DELETE /v1/datasets/{dataset_hash}`.split(/[|\n]/);

/** Made with a real identity provider, or a district's road map, in tests of their own. */
const ELSEWHERE = [
  "GET /v1/session/provider",
  "GET /v1/session/callback",
  "GET /v1/datasets/{dataset_hash}/roads/{z}/{x}/{y}",
];

let trial: Trial;
const tokens = new Map<Role, string>();
beforeAll(async () => {
  trial = await startTrial(undefined, answer);
  for (const role of ["planner", "approver", "admin"] as const) {
    const { token } = await trial.store.keys.add({ ...LOCAL, roles: [role], label: role, expires_at: null }, "local");
    tokens.set(role, token);
  }
  await trial.store.accounts.add(
    { ...LOCAL, roles: ["planner"], login: "dana@elm.org", password: "seven brown buses" },
    "local",
  );
});
afterAll(() => trial.close());

test("every endpoint's example does what the endpoint promises", async () => {
  const sampleDir = new URL("../../data/sample/", import.meta.url).pathname;
  const app = createApp({ ...trial.parts, sampleDir }, { authentication: "required" });
  const document = await (await app.request("/openapi.json", { headers: bearer("planner") })).json();
  const operations = new Map(
    Object.entries(
      document.paths as Record<string, Record<string, { "x-roles": string[]; responses: object }>>,
    ).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
  expect([...operations.keys()].filter((key) => !ORDER.includes(key) && !ELSEWHERE.includes(key))).toEqual([]);
  expect(Object.keys(EXAMPLES).filter((key) => !operations.has(key))).toEqual([]);
  const known: Record<string, string> = { table: "schools", name: "Our SIS", vroom_id: await storedVroom() };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name) => known[name] ?? `no ${name} yet`);
  for (const key of ORDER) {
    const operation = operations.get(key);
    const [method, path] = key.split(" ");
    const { query, headers = {}, body, file } = EXAMPLES[key] ?? {};
    const roles = operation?.["x-roles"] ?? [];
    const role =
      (["approver", "admin"] as const).find((each) => roles.includes(each) && !roles.includes("planner")) ?? "planner";
    const response = await app.request(fill(`${path}${query ? `?${query}` : ""}`), {
      method,
      headers: { ...bearer(role), ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: fill(JSON.stringify(body)) }),
      ...(file === undefined ? {} : { body: zipOf(DISTRICT) }),
    });
    const text = await response.text();
    expect(response.status, `${key}: ${text.slice(0, 300)}`).toBeLessThan(300);
    expect(Object.keys(operation?.responses ?? {}), key).toContain(String(response.status));
    if (response.headers.get("Content-Type")?.startsWith("application/json")) remember(known, method, JSON.parse(text));
  }
});

const bearer = (role: Role) => ({ Authorization: `Bearer ${tokens.get(role)}` });

/** Ids in what was created, and in the first of what was listed; the latest counts. */
function remember(known: Record<string, string>, method: string, answer: unknown): void {
  if (answer === null || typeof answer !== "object") return;
  for (const [name, value] of Object.entries(answer)) {
    const created = method === "POST" || !(name in known);
    if (/(_id|_hash)$/.test(name) && typeof value === "string" && created) known[name] = value;
    else if (["dataset", "key", "account", "webhook", "provenance"].includes(name)) remember(known, method, value);
    else if (name === "items" && Array.isArray(value)) remember(known, method, value[0]);
  }
}

const storedVroom = () => trial.store.vroomSolves.add({}, null, "local");
