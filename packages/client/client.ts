import type {
  AcknowledgementsResource,
  DatasetResource,
  FindingsResource,
  NewAcknowledgement,
  NewComparison,
  NewExplanation,
  NewQuestion,
  NewScenario,
  NewSolve,
  PlanSummaryResource,
  ScenarioResource,
  UploadedDataset,
} from "@trivium/api";
import type { Comparison, Explanation, Job, JobStatus, Plan } from "@trivium/model";
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
  uploadDataset(zip: Uint8Array<ArrayBuffer>, key?: string): Promise<UploadedDataset> {
    return this.#send("/v1/datasets", zip, "application/zip", key);
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
  async exportPlan(id: string, format: "csv" | "xlsx" | "geojson" = "csv"): Promise<Uint8Array> {
    const response = await this.#call(`/v1/plans/${encodeURIComponent(id)}/export?format=${format}`);
    return new Uint8Array(await response.arrayBuffer());
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

  async #get<T>(path: string, query: object = {}): Promise<T> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
    return (await this.#call(given.length > 0 ? `${path}?${search}` : path)).json() as Promise<T>;
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
