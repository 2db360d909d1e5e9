import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answerer, openCarrier, POLICY, type Run, startWorker } from "@trivium/jobs";
import { InputError, type Plan, type Progress, planHash } from "@trivium/model";
import { openStore, type Store } from "@trivium/store";
import { strToU8, zipSync } from "fflate";
import type { Api, ApiParts } from "../api.ts";
import { createApp } from "../app.ts";

/** The API with everything behind it but the solvers: a store in a temporary folder, threads' carrier, a worker whose solves are given. */
export interface Trial {
  readonly app: Api;
  readonly store: Store;
  readonly parts: ApiParts;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string): Promise<Response>;
  upload(files?: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  /** An uploaded district and a scenario on it. */
  scenario(): Promise<string>;
  /** A solved plan of such a scenario. */
  plan(): Promise<string>;
  /** The job once it has ended. */
  ended(jobId: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

const DISTRICT = { name: "Elm Valley", timezone: "America/New_York", school_year: "2027-28" };
export const FILES: Readonly<Record<string, string>> = {
  "district.json": JSON.stringify(DISTRICT),
  "schools.csv":
    "school_id,name,level,lat,lon\nH1,Elm High,high,40.27,-76.88\nE1,Elm Elementary,elementary,40.28,-76.87\n",
};
export const zipOf = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, bytesOf(content)]))));
const bytesOf = (content: string | Uint8Array) => (typeof content === "string" ? strToU8(content) : content);

const PROGRESS: Progress = {
  phase: "search",
  share: 0.5,
  iterations: 10,
  best: 3,
  best_label: "projects",
  bound: null,
};

/** Replaces nothing, costs nothing; a scenario named "endless" is solved until it is cancelled. */
const solved: Run = async ({ dataset, area, scenario }, { onProgress, signal }) => {
  onProgress(PROGRESS);
  if (scenario.name === "endless") await new Promise((resolve) => signal.addEventListener("abort", resolve));
  const decisions = { forecast: [], outlook: [], plan: [], years: [], fairness: [], backtest: [] };
  const metrics = { projects: 0, school_changes: scenario.changes.length };
  const plan: Plan<"facilities"> = {
    area: "facilities",
    trivium_version: "0.1.0",
    dataset_hash: dataset.hash,
    scenario,
    seed: 1,
    iterations: 10,
    threads: 1,
    elapsed_s: 0.1,
    status: "feasible",
    metrics,
    bound: null,
    decisions,
    unmet: [],
    verification: { ok: true, checked: {}, figures: {}, violations: [], violation_count: 0 },
    provenance: { plan_hash: planHash(decisions, metrics) },
  };
  if (area !== "facilities") throw new InputError("no-tables", `the district has no tables of ${area}`);
  return plan;
};

const answered: Answerer = async (question) => {
  if (question.op === "compare")
    return { area: "facilities", a: question.a, b: question.b, headline: "no change", figures: [], affected: {} };
  if (question.op === "explain")
    return { subject: question.subject.id, summary: "it is young", facts: [], mends: [], proven: false };
  if (question.op === "ask" && question.question.kind === "wait") return { extra_usd: 12 };
  throw new InputError("unknown-question", "there is no such question");
};

export async function startTrial(run: Run = solved, answer: Answerer = answered): Promise<Trial> {
  const dir = await mkdtemp(join(tmpdir(), "trivium-api-"));
  const store = await openStore(dir);
  const carrier = await openCarrier();
  const policy = { ...POLICY, beatMs: 50 };
  const worker = await startWorker({ store, carrier, run, answer, policy, concurrency: 2 });
  const parts = { store, carrier };
  const app = createApp(parts, { authentication: "unless-alone" });
  const post: Trial["post"] = async (path, body, headers = {}) =>
    app.request(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const upload: Trial["upload"] = async (files = FILES, headers = {}) =>
    app.request("/v1/datasets", {
      method: "POST",
      headers: { "Content-Type": "application/zip", ...headers },
      body: zipOf(files),
    });
  const scenario: Trial["scenario"] = async () => {
    const { dataset } = await (await upload()).json();
    return (await (await post("/v1/scenarios", { dataset_hash: dataset.dataset_hash })).json()).scenario_id;
  };
  const ended: Trial["ended"] = async (jobId) => {
    for (;;) {
      const job = await (await app.request(`/v1/jobs/${jobId}`)).json();
      if (job.ended_at !== null) return job;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    app,
    store,
    parts,
    post,
    get: async (path) => app.request(path),
    upload,
    scenario,
    async plan() {
      const accepted = await post("/v1/solves", { scenario_id: await scenario(), area: "facilities" });
      return String((await ended((await accepted.json()).job_id)).plan_id);
    },
    ended,
    async close() {
      await worker.stop();
      await carrier.close();
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
