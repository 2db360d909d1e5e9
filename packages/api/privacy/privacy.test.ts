import type { Answerer, Run } from "@trivium/jobs";
import { type Grant, LOCAL, type Plan, planHash, type Role } from "@trivium/model";
import { pseudonym } from "@trivium/store";
import { strFromU8, unzipSync } from "fflate";
import { extractText } from "unpdf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DistrictFixture } from "../../intake/fixture/district-fixture.ts";
import { startTrial, type Trial, zipOf } from "../trial/trial.ts";

/** Everything that tells who a student is, and the district's ids of its high school's students. */
const IDS = /S10[1-4]|S20[1-4]/;
const NAMES = /Ames|Bond/;
const PERSONAL = /Lovelace|2012-02-01/;

const enrollments = [
  { student_id: "S101", section_id: "ENG9-1", kind: "required" },
  { student_id: "S103", section_id: "ALG1-1", kind: "required" },
] as const;

/** A schedule of the clean district that leaves one request unmet, and says why with another student's id. */
const scheduled: Run = async ({ dataset, scenario }) => {
  const decisions = {
    sections: [
      { section_id: "ENG9-1", course_id: "ENG9", term_id: "Y", pattern_id: "P1", teacher_id: "T1", room_id: "R1" },
      { section_id: "ALG1-1", course_id: "ALG1", term_id: "Y", pattern_id: "P2", teacher_id: "T1", room_id: "R1" },
    ],
    enrollments,
  };
  const metrics = { requests_met: 2 };
  const unmet = [
    {
      student_id: "S102",
      course_id: "ALG1",
      kind: "required",
      reason_code: "rule",
      witness: "ALG1-1: apart from S103",
    },
  ];
  return {
    area: "scheduling",
    trivium_version: "0.1.0",
    dataset_hash: dataset.hash,
    scenario,
    seed: 1,
    iterations: 1,
    threads: 1,
    elapsed_s: 0.1,
    status: "feasible",
    metrics,
    bound: null,
    decisions,
    unmet,
    verification: { ok: true, checked: {}, figures: {}, violations: [], violation_count: 0 },
    provenance: { plan_hash: planHash(decisions, metrics) },
  } as unknown as Plan<"scheduling">;
};

const questions: unknown[] = [];
const answered: Answerer = async (question) => {
  questions.push(question);
  if (question.op === "compare")
    return {
      area: "scheduling",
      a: question.a,
      b: question.b,
      headline: "S102 is worse off",
      figures: [],
      affected: { students: ["S101", "S102"] },
    };
  if (question.op === "explain")
    return {
      subject: question.subject.id,
      summary: "S102 and S103 are kept apart",
      facts: [],
      mends: [],
      proven: false,
    };
  return { kind: "walk_in", student_id: "S101", moved: ["S103"] };
};

let trial: Trial;
let planId: string;
let datasetHash: string;
let scenarioId: string;
const headers = new Map<string, Record<string, string>>();

async function letIn(name: string, role: Role, grant: Partial<Grant> = {}): Promise<void> {
  const { token } = await trial.store.keys.add(
    { ...LOCAL, ...grant, roles: [role], label: name, expires_at: null },
    "operator",
  );
  headers.set(name, { Authorization: `Bearer ${token}` });
}

const get = (path: string, who: string) => trial.app.request(path, { headers: headers.get(who) });
const post = (path: string, body: unknown, who: string) => trial.post(path, body, headers.get(who));

beforeAll(async () => {
  trial = await startTrial(scheduled, answered);
  for (const role of ["viewer", "planner", "approver", "admin"] as const) await letIn(role, role);
  await letIn("elementary", "planner", { schools: ["ES"] });
  await letIn("high", "planner", { schools: ["HS"] });
  await letIn("buses", "planner", { areas: ["routing"] });
  const fixture = new DistrictFixture().without("scheduling/today_sections.csv", "scheduling/today_enrollments.csv");
  fixture
    .set("students.csv", { student_id: "S101" }, { last_name: "Lovelace", dob: "2012-02-01" })
    // Far away: findings that quote students of either school.
    .set("students.csv", { student_id: "S102" }, { lat: "41.9", lon: "-75.021" })
    .set("students.csv", { student_id: "S202" }, { lat: "41.8", lon: "-75.011" });
  const body = zipOf(Object.fromEntries(fixture.files()));
  const sent = await trial.app.request("/v1/datasets", {
    method: "POST",
    headers: { ...headers.get("planner"), "Content-Type": "application/zip" },
    body,
  });
  const uploaded = await sent.json();
  expect(sent.status, JSON.stringify(uploaded).slice(0, 2000)).toBe(201);
  datasetHash = uploaded.dataset.dataset_hash;
  const changes = [{ op: "remove", table: "requests", where: { student_id: "S102" }, note: "S102 has left" }];
  const made = await post("/v1/scenarios", { dataset_hash: datasetHash, name: "without S102", changes }, "planner");
  scenarioId = (await made.json()).scenario_id;
  const { job_id } = await (
    await post("/v1/solves", { scenario_id: scenarioId, area: "scheduling" }, "planner")
  ).json();
  for (;;) {
    const job = await (await get(`/v1/jobs/${job_id}`, "planner")).json();
    planId = String(job.plan_id);
    if (job.ended_at !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
afterAll(() => trial.close());

/** Everything that somebody is told, in one text: answers, and the text of exported files. */
async function everythingTold(who: string): Promise<string> {
  const document = await (await get("/openapi.json", who)).json();
  const ids: Record<string, string> = { dataset_hash: datasetHash, scenario_id: scenarioId, plan_id: planId };
  const paths = Object.entries(document.paths as Record<string, object>)
    .filter(([path, item]) => "get" in item && !/session|templates|\/jobs\/\{/.test(path))
    .map(([path]) => path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "none"));
  const texts = await Promise.all(paths.map(async (path) => (await get(path, who)).text()));
  const asked = await Promise.all(
    [
      ["/v1/comparisons", { a: "today", b: planId }],
      ["/v1/explanations", { plan_id: planId, subject: { kind: "request", id: `${told(who, "S102")}:ALG1` } }],
      ["/v1/questions", { plan_id: planId, question: { kind: "walk_in", student_id: told(who, "S101") } }],
    ].map(async ([path, body]) => (await post(String(path), body, who)).text()),
  );
  const { items } = await (await get("/v1/jobs", who)).json();
  const events = await (await get(`/v1/jobs/${items[0].job_id}/events`, who)).text();
  return [...texts, ...asked, events, JSON.stringify(await exported(who))].join("\n");
}

const told = (who: string, id: string) =>
  who === "planner" ? id : pseudonym(trial.store.people.studentsKey(""), "student", id);

async function exported(who: string, format = "csv"): Promise<Record<string, string>> {
  const answer = await get(`/v1/plans/${planId}/export?format=${format}`, who);
  expect(answer.status).toBe(200);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes, true)]));
}

test("the planner is told of students by the district's ids, in answers and in files", async () => {
  const text = await everythingTold("planner");
  for (const id of ["S101", "S102", "S103", "S202"]) expect(text).toContain(id);
  expect(text).not.toMatch(/student_[0-9a-f]{20}/);
  expect(text).not.toMatch(PERSONAL);
});

test("whoever need not know who the students are is told pseudonyms, by every endpoint and in every file", async () => {
  for (const who of ["viewer", "approver", "admin"]) {
    const text = await everythingTold(who);
    expect(
      text.match(IDS)?.[0],
      `${who}: ${text.slice(Math.max(0, text.search(IDS) - 300), text.search(IDS) + 50)}`,
    ).toBe(undefined);
    expect(text).not.toMatch(PERSONAL);
    for (const id of ["S101", "S102", "S103"]) expect(text).toContain(told(who, id));
  }
});

test("a pseudonym asks for its student, an own id for nobody", async () => {
  const ask = (id: string) => post("/v1/explanations", { plan_id: planId, subject: { kind: "student", id } }, "viewer");
  questions.length = 0;
  expect((await ask(told("viewer", "S103"))).status).toBe(200);
  expect(questions).toMatchObject([{ subject: { kind: "student", id: "S103" } }]);
  expect((await ask("S103")).status).toBe(404);
  expect(questions).toHaveLength(1);
});

test("timetables print teachers' names for those who make or sign the schedule, and students by pseudonym for those who need no ids", async () => {
  const printed = async (who: string) => {
    const files = await exported(who, "pdf");
    const texts = Object.entries(files).filter(([name]) => name.endsWith(".pdf"));
    const pages = texts.map(([, file]) =>
      extractText(Uint8Array.from(Buffer.from(file, "latin1")), { mergePages: true }),
    );
    return (await Promise.all(pages)).map(({ text }) => text).join("\n");
  };
  const planner = await printed("planner");
  expect(planner).toMatch(/Ames/);
  expect(planner).toMatch(/S101/);
  const approver = await printed("approver");
  expect(approver).toMatch(/Ames/);
  expect(approver).not.toMatch(IDS);
  const viewer = await printed("viewer");
  expect(viewer).toMatch(/T1/);
  expect(viewer).not.toMatch(NAMES);
  expect(viewer).not.toMatch(IDS);
});

test("the same plan is the same bytes: an export is not sent again to who has it", async () => {
  const path = `/v1/plans/${planId}/export`;
  const first = await get(path, "planner");
  const etag = first.headers.get("ETag") ?? "";
  expect(etag).not.toBe("");
  const again = await trial.app.request(path, { headers: { ...headers.get("planner"), "If-None-Match": etag } });
  expect(again.status).toBe(304);
});

test("a format that a plan does not have is refused from the thread as it was without", async () => {
  const answer = await get(`/v1/plans/${planId}/export?format=gtfs`, "planner");
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ code: "export-format" });
});

test("who has some schools or areas only is told of their findings, and acknowledges no others", async () => {
  const findings = async (who: string) => (await get(`/v1/datasets/${datasetHash}/findings`, who)).json();
  const all = await findings("planner");
  const far = (report: typeof all) => report.findings.filter(({ row }: { row?: number }) => row !== undefined);
  expect(JSON.stringify(far(all))).toMatch(/41\.9/);
  const elementary = JSON.stringify(await findings("elementary"));
  const high = JSON.stringify(await findings("high"));
  expect(elementary).toContain("41.8");
  expect(elementary).not.toMatch(/41\.9|S10[1-4]/);
  expect(high).toContain("41.9");
  expect(high).not.toMatch(/41\.8|S20[1-4]/);
  const buses = await findings("buses");
  expect(Object.keys(buses.rows).filter((file) => /^(scheduling|facilities)\//.test(file))).toEqual([]);
  const others = all.findings.find(
    ({ schools, severity }: { schools?: string[]; severity: string }) =>
      severity === "warning" && schools?.[0] === "HS",
  );
  const path = `/v1/datasets/${datasetHash}/acknowledgements`;
  const given = { finding_ids: [others.finding_id], reason: "seen" };
  expect((await post(path, given, "elementary")).status).toBe(422);
  expect((await post(path, given, "high")).status).toBe(201);
});

test("a flag goes on into the next scenario and the review of its plans until it is settled, and into the next report", async () => {
  const raised = await post(
    "/v1/flags",
    { plan_id: planId, kind: "section", item_id: "ENG9-1", reason: "S101 was moved to Spanish" },
    "viewer",
  );
  const flag = await raised.json();
  expect(flag.reason).toBe(`${told("viewer", "S101")} was moved to Spanish`);
  const carried = { flag_id: flag.flag_id, item_id: "ENG9-1", state: "open" };
  const copy = await (await post("/v1/scenarios", { from: scenarioId, name: "copy" }, "planner")).json();
  expect(copy.flags).toMatchObject([carried]);
  const fresh = await (await post("/v1/scenarios", { dataset_hash: datasetHash }, "planner")).json();
  expect(fresh.flags).toMatchObject([carried]);
  expect((await (await get(`/v1/scenarios/${copy.scenario_id}`, "viewer")).json()).flags).toMatchObject([carried]);
  expect((await (await get(`/v1/scenarios/${copy.scenario_id}`, "buses")).json()).flags).toEqual([]);
  const review = async () => (await get(`/v1/plans/${planId}/approvals`, "approver")).json();
  expect((await review()).flags).toMatchObject([carried]);
  const fixture = new DistrictFixture().without("scheduling/today_sections.csv", "scheduling/today_enrollments.csv");
  fixture.set("students.csv", { student_id: "S104" }, { lat: "40.014" });
  const next = await trial.app.request("/v1/datasets", {
    method: "POST",
    headers: { ...headers.get("buses"), "Content-Type": "application/zip" },
    body: zipOf(Object.fromEntries(fixture.files())),
  });
  const { dataset } = await next.json();
  const report = await (await get(`/v1/datasets/${dataset.dataset_hash}/findings`, "planner")).json();
  expect(report.findings).toContainEqual(expect.objectContaining({ code: "flagged", value: "ENG9-1" }));
  const later = await (await post("/v1/scenarios", { dataset_hash: dataset.dataset_hash }, "planner")).json();
  expect(later.flags).toMatchObject([carried]);
  const ofData = { dataset_hash: datasetHash, area: "facilities", kind: "asset", item_id: "A1", reason: "is gone" };
  expect(await (await post("/v1/flags", ofData, "viewer")).json()).toMatchObject({ plan_id: null, area: "facilities" });
  expect((await post("/v1/flags", { ...ofData, area: undefined }, "viewer")).status).toBe(422);
  expect((await post("/v1/flags", { ...ofData, plan_id: planId }, "viewer")).status).toBe(422);
  expect((await post("/v1/flags", { ...ofData, dataset_hash: "none" }, "viewer")).status).toBe(404);
  // Of another area than the plan's.
  expect((await review()).flags).toMatchObject([carried]);
  const settled = { state: "mended", answer: "moved" };
  expect((await post(`/v1/flags/${flag.flag_id}/triage`, settled, "planner")).status).toBe(200);
  expect((await review()).flags).toEqual([]);
  const open = await (await get(`/v1/scenarios/${later.scenario_id}`, "planner")).json();
  expect(open.flags).toMatchObject([{ item_id: "A1" }]);
});
