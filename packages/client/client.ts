import type {
  AcknowledgementsResource,
  Checked,
  DatasetResource,
  DeliveryResource,
  ExportFormat,
  FindingsResource,
  Limits,
  Lineage,
  MadeWebhook,
  NewAcknowledgement,
  NewComparison,
  NewExplanation,
  NewMapping,
  NewQuestion,
  NewScenario,
  NewSolve,
  NewVroom,
  NewWebhook,
  NewWhatIf,
  PlanSummaryResource,
  SavedMappingResource,
  ScenarioResource,
  Template,
  UploadedDataset,
  VroomSolveResource,
  WebhookResource,
  WhatIfResource,
  WhatIfTable,
} from "@trivium/api";
import type { Comparison, Explanation, Job, JobStatus, Plan, VroomAnswer } from "@trivium/model";
import { ApiError, errorOf } from "./api-error.ts";
import { type JobEvent, jobEvents } from "./follow.ts";

export interface ClientOptions {
  /** For tests and unusual surroundings; default the platform's own. */
  readonly fetch?: typeof fetch;
  /** Before a broken event stream is taken up again; default 1 s. */
  readonly reconnectMs?: number;
}

export interface PageQuery {
  readonly limit?: number;
  readonly after?: string;
}

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** In a row and without an event between them; then whoever follows is told. */
const RECONNECTS_MAX = 30;
const ENDED: ReadonlySet<JobStatus> = new Set<JobStatus>(["succeeded", "failed", "cancelled"]);

/** The API as methods. Every method throws ApiError when the answer is a problem; creating ones can be repeated safely by `key`. */
export class TriviumClient {
  readonly #base: string;
  readonly #fetch: typeof fetch;
  readonly #reconnectMs: number;

  /** @param url where the API is served: http://127.0.0.1:3000 */
  constructor(url: string, options: ClientOptions = {}) {
    this.#base = url.replace(/\/+$/, "");
    this.#fetch = options.fetch ?? globalThis.fetch;
    this.#reconnectMs = options.reconnectMs ?? 1000;
  }

  /** A zipped district folder. An error's `problem.findings` has everything that is wrong with it. */
  uploadDataset(zip: Uint8Array<ArrayBuffer>, key?: string, mapping?: string): Promise<UploadedDataset> {
    return this.#send(`/v1/datasets${queryOf({ mapping })}`, zip, "application/zip", key);
  }
  /** The same without keeping anything: the report has the errors too. */
  checkDistrict(zip: Uint8Array<ArrayBuffer>, mapping?: string): Promise<Checked> {
    return this.#send(`/v1/checks${queryOf({ mapping })}`, zip, "application/zip");
  }
  loadDemo(): Promise<UploadedDataset> {
    return this.#post("/v1/demo", undefined);
  }
  templates(): Promise<Template[]> {
    return this.#get("/v1/templates");
  }
  /** A table's empty CSV; `all`: a zip of every table, with a page that describes each column. */
  template(table: string): Promise<Uint8Array> {
    return this.#bytes(`/v1/templates/${encodeURIComponent(table)}`);
  }
  mappings(page: PageQuery = {}): Promise<Page<SavedMappingResource>> {
    return this.#get("/v1/mappings", page);
  }
  mapping(name: string): Promise<SavedMappingResource> {
    return this.#get(`/v1/mappings/${encodeURIComponent(name)}`);
  }
  /** @param version of the saved mapping that is replaced; none: it is new */
  saveMapping(name: string, mapping: NewMapping, version?: number): Promise<SavedMappingResource> {
    return this.#change("PUT", `/v1/mappings/${encodeURIComponent(name)}`, version, mapping);
  }
  async removeMapping(name: string, version: number): Promise<void> {
    await this.#change("DELETE", `/v1/mappings/${encodeURIComponent(name)}`, version);
  }
  limits(): Promise<Limits> {
    return this.#get("/v1/limits");
  }

  datasets(page: PageQuery = {}): Promise<Page<DatasetResource>> {
    return this.#get("/v1/datasets", page);
  }
  dataset(hash: string): Promise<DatasetResource> {
    return this.#get(`/v1/datasets/${encodeURIComponent(hash)}`);
  }
  findings(hash: string): Promise<FindingsResource> {
    return this.#get(`/v1/datasets/${encodeURIComponent(hash)}/findings`);
  }

  acknowledge(hash: string, given: NewAcknowledgement, key?: string): Promise<AcknowledgementsResource> {
    return this.#post(`/v1/datasets/${encodeURIComponent(hash)}/acknowledgements`, given, key);
  }
  acknowledgements(hash: string): Promise<AcknowledgementsResource> {
    return this.#get(`/v1/datasets/${encodeURIComponent(hash)}/acknowledgements`);
  }

  createScenario(scenario: NewScenario, key?: string): Promise<ScenarioResource> {
    return this.#post("/v1/scenarios", scenario, key);
  }
  scenarios(query: PageQuery & { dataset_hash?: string } = {}): Promise<Page<ScenarioResource>> {
    return this.#get("/v1/scenarios", query);
  }
  scenario(id: string): Promise<ScenarioResource> {
    return this.#get(`/v1/scenarios/${encodeURIComponent(id)}`);
  }

  lineage(id: string): Promise<Lineage> {
    return this.#get(`/v1/scenarios/${encodeURIComponent(id)}/lineage`);
  }
  createWhatIf(table: NewWhatIf, key?: string): Promise<WhatIfResource> {
    return this.#post("/v1/what-ifs", table, key);
  }
  whatIfs(page: PageQuery = {}): Promise<Page<WhatIfResource>> {
    return this.#get("/v1/what-ifs", page);
  }
  whatIf(id: string): Promise<WhatIfTable> {
    return this.#get(`/v1/what-ifs/${encodeURIComponent(id)}`);
  }

  solve(solve: NewSolve, key?: string): Promise<Job> {
    return this.#post("/v1/solves", solve, key);
  }
  jobs(query: PageQuery & { status?: JobStatus } = {}): Promise<Page<Job>> {
    return this.#get("/v1/jobs", query);
  }
  job(id: string): Promise<Job> {
    return this.#get(`/v1/jobs/${encodeURIComponent(id)}`);
  }
  cancel(id: string): Promise<Job> {
    return this.#post(`/v1/jobs/${encodeURIComponent(id)}/cancel`, undefined);
  }

  /** The job's events until it has ended; where the stream or the server breaks, it is taken up again after the last event that came. */
  async *follow(id: string, signal?: AbortSignal): AsyncGenerator<JobEvent> {
    let last = 0;
    for (let failures = 0; ; failures++) {
      try {
        const headers = { "Last-Event-ID": String(last) };
        const response = await this.#call(`/v1/jobs/${encodeURIComponent(id)}/events`, { headers, signal });
        if (response.status === 204 || !response.body) return;
        for await (const event of jobEvents(response.body)) {
          last = event.id;
          failures = 0;
          yield event;
          if (event.kind === "status" && ENDED.has(event.job.status)) return;
        }
      } catch (error) {
        if (error instanceof ApiError || signal?.aborted || failures >= RECONNECTS_MAX) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, this.#reconnectMs));
    }
  }

  plans(query: PageQuery & { scenario_id?: string } = {}): Promise<Page<PlanSummaryResource>> {
    return this.#get("/v1/plans", query);
  }
  plan(id: string): Promise<Plan> {
    return this.#get(`/v1/plans/${encodeURIComponent(id)}`);
  }
  /** The zip of the plan's files. */
  exportPlan(id: string, format: ExportFormat = "csv"): Promise<Uint8Array> {
    return this.#bytes(`/v1/plans/${encodeURIComponent(id)}/export?format=${format}`);
  }

  compare(sides: NewComparison): Promise<Comparison> {
    return this.#post("/v1/comparisons", sides);
  }
  explain(asked: NewExplanation): Promise<Explanation> {
    return this.#post("/v1/explanations", asked);
  }
  ask(asked: NewQuestion): Promise<Record<string, unknown>> {
    return this.#post("/v1/questions", asked);
  }

  /** Small problems come back answered; of larger ones the answer is had by `vroomSolve`. */
  vroom(document: NewVroom, datasetHash?: string): Promise<VroomAnswer | VroomSolveResource> {
    return this.#post(`/v1/vroom${queryOf({ dataset_hash: datasetHash })}`, document);
  }
  vroomSolve(id: string): Promise<VroomSolveResource> {
    return this.#get(`/v1/vroom/${encodeURIComponent(id)}`);
  }

  /** The answer's secret signs what is sent, and is shown here only. */
  createWebhook(webhook: NewWebhook, key?: string): Promise<MadeWebhook> {
    return this.#post("/v1/webhooks", webhook, key);
  }
  webhooks(page: PageQuery = {}): Promise<Page<WebhookResource>> {
    return this.#get("/v1/webhooks", page);
  }
  deliveries(webhookId: string, page: PageQuery = {}): Promise<Page<DeliveryResource>> {
    return this.#get(`/v1/webhooks/${encodeURIComponent(webhookId)}/deliveries`, page);
  }
  async removeWebhook(id: string): Promise<void> {
    await this.#change("DELETE", `/v1/webhooks/${encodeURIComponent(id)}`, undefined);
  }

  async #get<T>(path: string, query: object = {}): Promise<T> {
    return (await this.#call(`${path}${queryOf(query)}`)).json() as Promise<T>;
  }

  async #bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#call(path)).arrayBuffer());
  }

  /** Changes something in place, if it is still at the version that was seen. */
  async #change<T>(method: "PUT" | "DELETE", path: string, version: number | undefined, body?: unknown): Promise<T> {
    const headers = {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(version === undefined ? {} : { "If-Match": `"v${version}"` }),
    };
    const response = await this.#call(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  #post<T>(path: string, body: unknown, key?: string): Promise<T> {
    return this.#send(path, body === undefined ? undefined : JSON.stringify(body), "application/json", key);
  }

  async #send<T>(
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    type: string,
    key?: string,
  ): Promise<T> {
    const headers = {
      ...(body === undefined ? {} : { "Content-Type": type }),
      ...(key ? { "Idempotency-Key": key } : {}),
    };
    return (await this.#call(path, { method: "POST", headers, body })).json() as Promise<T>;
  }

  async #call(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.#fetch(`${this.#base}${path}`, init);
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

function queryOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length > 0 ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}
