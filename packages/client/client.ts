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
  NewAnalysis,
  NewComparison,
  NewExplanation,
  NewMapping,
  NewQuestion,
  NewScenario,
  NewSolve,
  NewVroom,
  NewWebhook,
  NewWhatIf,
  OpenedScenario,
  Places,
  PlanSummaryResource,
  Removed,
  SavedMappingResource,
  ScenarioResource,
  Template,
  UploadedDataset,
  VroomSolveResource,
  WebhookResource,
  WhatIfResource,
  WhatIfTable,
} from "@trivium/api";
import type { AnalysisAnswer, Comparison, Explanation, Job, JobStatus, Plan, VroomAnswer } from "@trivium/model";
import { AccessCalls } from "./access.ts";
import { ApiError } from "./api-error.ts";
import { ApprovalCalls } from "./approvals.ts";
import { FlagCalls } from "./flags.ts";
import { type JobEvent, jobEvents } from "./follow.ts";
import { type ClientOptions, type Page, type PageQuery, queryOf, Transport } from "./transport.ts";

/** In a row and without an event between them; then whoever follows is told. */
const RECONNECTS_MAX = 30;
const ENDED: ReadonlySet<JobStatus> = new Set<JobStatus>(["succeeded", "failed", "cancelled"]);

/** The API as methods. Every method throws ApiError when the answer is a problem; creating ones can be repeated safely by `key`. */
export class TriviumClient {
  readonly #http: Transport;
  readonly #reconnectMs: number;
  /** Sessions, keys, accounts, and who did what. */
  readonly access: AccessCalls;
  /** From draft to published. */
  readonly approvals: ApprovalCalls;
  readonly flags: FlagCalls;

  /** @param url where the API is served: http://127.0.0.1:3000 */
  constructor(url: string, options: ClientOptions = {}) {
    this.#http = new Transport(url, options);
    this.access = new AccessCalls(this.#http);
    this.approvals = new ApprovalCalls(this.#http);
    this.flags = new FlagCalls(this.#http);
    this.#reconnectMs = options.reconnectMs ?? 1000;
  }

  /** A zipped district folder. An error's `problem.findings` has everything that is wrong with it. */
  uploadDataset(zip: Uint8Array<ArrayBuffer>, key?: string, mapping?: string): Promise<UploadedDataset> {
    return this.#http.send(`/v1/datasets${queryOf({ mapping })}`, zip, "application/zip", key);
  }
  /** The same without keeping anything: the report has the errors too. */
  checkDistrict(zip: Uint8Array<ArrayBuffer>, mapping?: string): Promise<Checked> {
    return this.#http.send(`/v1/checks${queryOf({ mapping })}`, zip, "application/zip");
  }
  loadDemo(): Promise<UploadedDataset> {
    return this.#http.post("/v1/demo", undefined);
  }
  templates(): Promise<Template[]> {
    return this.#http.get("/v1/templates");
  }
  /** A table's empty CSV; `all`: a zip of every table, with a page that describes each column. */
  template(table: string): Promise<Uint8Array> {
    return this.#http.bytes(`/v1/templates/${encodeURIComponent(table)}`);
  }
  mappings(page: PageQuery = {}): Promise<Page<SavedMappingResource>> {
    return this.#http.get("/v1/mappings", page);
  }
  mapping(name: string): Promise<SavedMappingResource> {
    return this.#http.get(`/v1/mappings/${encodeURIComponent(name)}`);
  }
  /** @param version of the saved mapping that is replaced; none: it is new */
  saveMapping(name: string, mapping: NewMapping, version?: number): Promise<SavedMappingResource> {
    return this.#http.change("PUT", `/v1/mappings/${encodeURIComponent(name)}`, version, mapping);
  }
  async removeMapping(name: string, version: number): Promise<void> {
    await this.#http.change("DELETE", `/v1/mappings/${encodeURIComponent(name)}`, version);
  }
  limits(): Promise<Limits> {
    return this.#http.get("/v1/limits");
  }

  datasets(page: PageQuery = {}): Promise<Page<DatasetResource>> {
    return this.#http.get("/v1/datasets", page);
  }
  dataset(hash: string): Promise<DatasetResource> {
    return this.#http.get(`/v1/datasets/${encodeURIComponent(hash)}`);
  }
  /** With all that derives from it. */
  removeDataset(hash: string): Promise<Removed> {
    return this.#http.change("DELETE", `/v1/datasets/${encodeURIComponent(hash)}`);
  }
  findings(hash: string): Promise<FindingsResource> {
    return this.#http.get(`/v1/datasets/${encodeURIComponent(hash)}/findings`);
  }

  /** For maps. */
  places(hash: string): Promise<Places> {
    return this.#http.get(`/v1/datasets/${encodeURIComponent(hash)}/places`);
  }
  /** A vector tile of the dataset's roads, empty where there are none; addresses as of the web's square maps. */
  roadTile(hash: string, z: number, x: number, y: number): Promise<Uint8Array> {
    return this.#http.bytes(`/v1/datasets/${encodeURIComponent(hash)}/roads/${z}/${x}/${y}`);
  }

  acknowledge(hash: string, given: NewAcknowledgement, key?: string): Promise<AcknowledgementsResource> {
    return this.#http.post(`/v1/datasets/${encodeURIComponent(hash)}/acknowledgements`, given, key);
  }
  acknowledgements(hash: string): Promise<AcknowledgementsResource> {
    return this.#http.get(`/v1/datasets/${encodeURIComponent(hash)}/acknowledgements`);
  }

  createScenario(scenario: NewScenario, key?: string): Promise<OpenedScenario> {
    return this.#http.post("/v1/scenarios", scenario, key);
  }
  scenarios(query: PageQuery & { dataset_hash?: string } = {}): Promise<Page<ScenarioResource>> {
    return this.#http.get("/v1/scenarios", query);
  }
  /** With what is flagged and not settled. */
  scenario(id: string): Promise<OpenedScenario> {
    return this.#http.get(`/v1/scenarios/${encodeURIComponent(id)}`);
  }

  lineage(id: string): Promise<Lineage> {
    return this.#http.get(`/v1/scenarios/${encodeURIComponent(id)}/lineage`);
  }
  analyse(asked: NewAnalysis): Promise<AnalysisAnswer> {
    return this.#http.post("/v1/analyses", asked);
  }
  createWhatIf(table: NewWhatIf, key?: string): Promise<WhatIfResource> {
    return this.#http.post("/v1/what-ifs", table, key);
  }
  whatIfs(page: PageQuery = {}): Promise<Page<WhatIfResource>> {
    return this.#http.get("/v1/what-ifs", page);
  }
  whatIf(id: string): Promise<WhatIfTable> {
    return this.#http.get(`/v1/what-ifs/${encodeURIComponent(id)}`);
  }

  solve(solve: NewSolve, key?: string): Promise<Job> {
    return this.#http.post("/v1/solves", solve, key);
  }
  jobs(query: PageQuery & { status?: JobStatus } = {}): Promise<Page<Job>> {
    return this.#http.get("/v1/jobs", query);
  }
  job(id: string): Promise<Job> {
    return this.#http.get(`/v1/jobs/${encodeURIComponent(id)}`);
  }
  cancel(id: string): Promise<Job> {
    return this.#http.post(`/v1/jobs/${encodeURIComponent(id)}/cancel`, undefined);
  }

  /** The job's events until it has ended; where the stream or the server breaks, it is taken up again after the last event that came. */
  async *follow(id: string, signal?: AbortSignal): AsyncGenerator<JobEvent> {
    let last = 0;
    for (let failures = 0; ; failures++) {
      try {
        const headers = { "Last-Event-ID": String(last) };
        const response = await this.#http.call(`/v1/jobs/${encodeURIComponent(id)}/events`, { headers, signal });
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
    return this.#http.get("/v1/plans", query);
  }
  plan(id: string): Promise<Plan> {
    return this.#http.get(`/v1/plans/${encodeURIComponent(id)}`);
  }
  /** The zip of the plan's files. */
  exportPlan(id: string, format: ExportFormat = "csv"): Promise<Uint8Array> {
    return this.#http.bytes(`/v1/plans/${encodeURIComponent(id)}/export?format=${format}`);
  }

  compare(sides: NewComparison): Promise<Comparison> {
    return this.#http.post("/v1/comparisons", sides);
  }
  explain(asked: NewExplanation): Promise<Explanation> {
    return this.#http.post("/v1/explanations", asked);
  }
  ask(asked: NewQuestion): Promise<Record<string, unknown>> {
    return this.#http.post("/v1/questions", asked);
  }

  /** Small problems come back answered; of larger ones the answer is had by `vroomSolve`. */
  vroom(document: NewVroom, datasetHash?: string): Promise<VroomAnswer | VroomSolveResource> {
    return this.#http.post(`/v1/vroom${queryOf({ dataset_hash: datasetHash })}`, document);
  }
  vroomSolve(id: string): Promise<VroomSolveResource> {
    return this.#http.get(`/v1/vroom/${encodeURIComponent(id)}`);
  }

  /** The answer's secret signs what is sent, and is shown here only. */
  createWebhook(webhook: NewWebhook, key?: string): Promise<MadeWebhook> {
    return this.#http.post("/v1/webhooks", webhook, key);
  }
  webhooks(page: PageQuery = {}): Promise<Page<WebhookResource>> {
    return this.#http.get("/v1/webhooks", page);
  }
  deliveries(webhookId: string, page: PageQuery = {}): Promise<Page<DeliveryResource>> {
    return this.#http.get(`/v1/webhooks/${encodeURIComponent(webhookId)}/deliveries`, page);
  }
  async removeWebhook(id: string): Promise<void> {
    await this.#http.change("DELETE", `/v1/webhooks/${encodeURIComponent(id)}`, undefined);
  }
}
