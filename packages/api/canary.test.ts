import { LOCAL, ROLES } from "@trivium/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FILES, startTrial, type Trial } from "./trial/trial.ts";

/** A word that stands in everything that the one district keeps, and that the other must never meet. */
const CANARY = "kanarek";

interface District {
  readonly headers: Readonly<Record<string, string>>;
  /** Ids by the name that a path or a body has for them. */
  readonly ids: Record<string, string>;
}

let trial: Trial;
let elm: District;
let oak: District;

beforeAll(async () => {
  trial = await startTrial();
  elm = await settled("elm", CANARY);
  oak = await settled("oak", "sparrow");
});
afterAll(() => trial.close());

/** A district with one of everything, made through the API. */
async function settled(district: string, word: string): Promise<District> {
  const grant = { ...LOCAL, roles: [...ROLES], district, label: `${word} key`, expires_at: null };
  const author = await trial.store.keys.add({ ...grant }, "operator");
  const approver = await trial.store.keys.add({ ...grant, label: `${word} approver` }, "operator");
  const headers = { Authorization: `Bearer ${author.token}` };
  const post = async (path: string, body: unknown, by = headers) => {
    const answer = await trial.post(path, body, by);
    expect(answer.status, `${path}: ${await answer.clone().text()}`).toBeLessThan(300);
    return answer.json();
  };
  const files = {
    ...FILES,
    "district.json": (FILES["district.json"] ?? "").replace("Elm Valley", word),
    "schools.csv": `school_id,name,level,lat,lon\n${word}-H1,${word} High,high,40.27,-76.88\n`,
  };
  const { dataset } = await (await trial.upload(files, headers)).json();
  const { dataset_hash } = dataset;
  const { scenario_id } = await post("/v1/scenarios", { dataset_hash, name: `${word} scenario` });
  const { job_id } = await post("/v1/solves", { scenario_id, area: "facilities" });
  const get = async (path: string) => (await trial.app.request(path, { headers })).json();
  let job = await get(`/v1/jobs/${job_id}`);
  while (job.ended_at === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    job = await get(`/v1/jobs/${job_id}`);
  }
  const { plan_id } = job;
  const name = `${word} mapping`;
  const mapping = { files: { [`${word}.csv`]: { table: "schools" } } };
  await trial.app.request(`/v1/mappings/${encodeURIComponent(name)}`, {
    method: "PUT",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(mapping),
  });
  const table = await post("/v1/what-ifs", {
    scenario_id,
    area: "facilities",
    variants: [{ name: `${word} variant` }],
  });
  const key = await post("/v1/keys", { label: `${word} second`, roles: ["viewer"] });
  const account = await post("/v1/accounts", {
    login: `${word}@example.org`,
    name: `${word} person`,
    roles: ["viewer"],
  });
  await post(`/v1/plans/${plan_id}/review`, { reason: `${word} reason` });
  const flag = await post("/v1/flags", {
    plan_id,
    kind: "asset",
    item_id: `${word} asset`,
    reason: `${word} is wrong`,
  });
  const plan = await get(`/v1/plans/${plan_id}`);
  const signed = { reason: `${word} signed`, plan_hash: plan.provenance.plan_hash };
  await post(`/v1/plans/${plan_id}/approval`, signed, { Authorization: `Bearer ${approver.token}` });
  return {
    headers,
    ids: {
      dataset_hash,
      scenario_id,
      job_id,
      plan_id,
      name,
      what_if_id: table.what_if_id,
      key_id: key.key.key_id,
      account_id: account.account_id,
      flag_id: flag.flag_id,
      webhook_id: "none",
      delivery_id: "none",
      table: "schools",
    },
  };
}

/** Bodies that name what is the other district's. */
const bodies = ({ dataset_hash, scenario_id, plan_id }: Record<string, string>): Record<string, unknown[]> => ({
  "/v1/scenarios": [{ dataset_hash }, { from: scenario_id }],
  "/v1/solves": [
    { scenario_id, area: "facilities" },
    { scenario_id, area: "facilities", start_plan_id: plan_id },
  ],
  "/v1/what-ifs": [{ scenario_id, area: "facilities", variants: [{ name: "x" }] }],
  "/v1/comparisons": [
    { a: "today", b: plan_id },
    { a: plan_id, b: "today" },
  ],
  "/v1/explanations": [{ plan_id, subject: { kind: "asset", id: "A1" } }],
  "/v1/flags": [{ plan_id, kind: "asset", item_id: "A1", reason: "x" }],
  "/v1/flags/{flag_id}/triage": [{ state: "rejected", answer: "x" }],
  "/v1/questions": [{ plan_id, question: { kind: "wait", years: 2 } }],
});

test("no call of one district's key, to any endpoint, tells anything of another district, or changes it", async () => {
  const document = await (await trial.app.request("/openapi.json")).json();
  const before = await everythingOf(elm);
  const secret = new RegExp([CANARY, ...Object.values(elm.ids).filter((id) => id.length > 9)].join("|"));
  let calls = 0;
  for (const [path, item] of Object.entries(document.paths as Record<string, object>))
    for (const method of Object.keys(item)) {
      const ids = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
        encodeURIComponent(elm.ids[name] ?? `none-${name}`),
      );
      for (const body of bodies(elm.ids)[path] ?? [{ reason: "x", plan_hash: "x" }]) {
        const answer = await trial.app.request(ids, {
          method: method.toUpperCase(),
          headers: { ...oak.headers, "Content-Type": "application/json", "If-Match": '"1"' },
          ...(["get", "delete"].includes(method) ? {} : { body: JSON.stringify(body) }),
        });
        calls++;
        const what = `${method} ${path}`;
        const text = await answer.text();
        // What the caller said itself may be said back to it.
        const told = Object.values(elm.ids).reduce((rest, id) => rest.split(id).join(""), text.split(ids).join(""));
        expect(told, what).not.toMatch(secret);
        expect(JSON.stringify([...answer.headers]), what).not.toMatch(new RegExp(CANARY));
        const named = path.includes("{") && !/templates|webhook/.test(path);
        if (named || (method === "post" && bodies(elm.ids)[path]))
          expect([404, 405, 412, 422, 428], `${what}: ${text}`).toContain(answer.status);
      }
    }
  expect(calls).toBeGreaterThan(40);
  expect(await everythingOf(elm)).toEqual(before);
});

test("lists of the one district hold its own, and nothing of the other", async () => {
  for (const [own, word, other] of [
    [elm, CANARY, "sparrow"],
    [oak, "sparrow", CANARY],
  ] as const) {
    const text = JSON.stringify(await everythingOf(own));
    expect(text).toContain(word);
    expect(text).not.toContain(other);
  }
});

test("an Idempotency-Key of one district is not answered with what another did under it", async () => {
  const make = async ({ headers, ids }: District) => {
    const body = { dataset_hash: ids.dataset_hash, name: "under one key" };
    return (await trial.post("/v1/scenarios", body, { ...headers, "Idempotency-Key": "shared" })).json();
  };
  const [one, two] = [await make(elm), await make(oak)];
  expect(two.scenario_id).not.toBe(one.scenario_id);
});

const LISTS = ["datasets", "scenarios", "jobs", "plans", "mappings", "what-ifs", "keys", "accounts", "flags"];
async function everythingOf({ headers, ids }: District): Promise<unknown[]> {
  const paths = [
    ...LISTS.map((list) => `/v1/${list}`),
    `/v1/plans/${ids.plan_id}`,
    `/v1/plans/${ids.plan_id}/approvals`,
  ];
  return Promise.all(paths.map(async (path) => (await trial.app.request(path, { headers })).json()));
}
