import type { Generated } from "kysely";

/** Rows as they lie in the database. Times are ISO text, heart-beats milliseconds since 1970, JSON is text, `content`, `report` and `students` are gzipped JSON. */

export interface DatasetRow {
  hash: string;
  name: string;
  school_year: string;
  created_at: string;
  warnings: number;
  /** SHA-256 and size of the map, which lies beside the database by its hash; null without one. */
  map_sha256: string | null;
  map_bytes: number | null;
  content: Uint8Array;
  report: Uint8Array;
  /** Ids of the students; null where a version before wrote the row. */
  students: Generated<Uint8Array | null>;
}

/** What a person of a dataset is called, by pseudonym. */
interface PersonRow {
  dataset_hash: string;
  person: string;
  name: string;
}

/** Which districts have a dataset; two with the same content share the row. */
interface DatasetDistrictRow {
  dataset_hash: string;
  district: Generated<string>;
}

export interface ScenarioRow {
  scenario_id: string;
  district: Generated<string>;
  created_by: Generated<string>;
  dataset_hash: string;
  /** The scenario that this one was copied from. */
  from_scenario_id: string | null;
  created_at: string;
  body: string;
}

export interface JobRow {
  job_id: string;
  scenario_id: string;
  area: string;
  start_plan_id: string | null;
  /** −1 low, 0 normal, 1 high. */
  priority: number;
  /** Who asked for it; empty where nobody had to say. */
  submitted_by: string;
  status: string;
  /** How often it was taken up; with the id, the fence that only its latest holder passes. */
  attempt: number;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  heartbeat_ms: number | null;
  progress: string | null;
  plan_id: string | null;
  error: string | null;
  cancel_requested: number;
}

export interface PlanRow {
  plan_id: string;
  job_id: string;
  scenario_id: string;
  dataset_hash: string;
  area: string;
  status: string;
  plan_hash: string;
  created_at: string;
  metrics: string;
  bound: string | null;
  content: Uint8Array;
}

/** What happened to a job, numbered from 1, for those who follow it and come back. */
interface EventRow {
  job_id: string;
  seq: number;
  kind: string;
  data: string;
}

/** The answer already given to a creating call, by its Idempotency-Key. */
interface ReplyRow {
  idempotency_key: string;
  /** SHA-256 of method, path and body. */
  request_hash: string;
  status: number;
  location: string | null;
  body: string;
  created_at: string;
}

/** A warning of a dataset's report that a person has seen and accepted. */
export interface AcknowledgementRow {
  dataset_hash: string;
  district: Generated<string>;
  finding_id: string;
  acknowledged_by: string;
  acknowledged_at: string;
  reason: string;
}

/** A column mapping that was saved under a name; `version` counts its changes. */
export interface MappingRow {
  district: Generated<string>;
  name: string;
  body: string;
  version: number;
  updated_by: string;
  updated_at: string;
}

/** A what-if table: variants of one scenario, each solved. `variants` is JSON. */
export interface WhatIfRow {
  what_if_id: string;
  scenario_id: string;
  area: string;
  created_by: string;
  created_at: string;
  variants: string;
}

/** What a key or an account may do, and who made it; lists are JSON. */
export interface GrantColumns {
  district: string;
  roles: string;
  areas: string | null;
  schools: string | null;
  created_at: string;
  created_by: string;
}

export interface KeyRow extends GrantColumns {
  key_id: string;
  label: string;
  secret_hash: string;
  expires_at: string | null;
  revoked_at: string | null;
  /** The day only: nobody's hours are written down. */
  last_used_on: string | null;
}

export interface AccountRow extends GrantColumns {
  account_id: string;
  login: string;
  password: string | null;
  /** The identity provider and its own id of the person; null before the first time. */
  issuer_subject: string | null;
  disabled_at: string | null;
  /** Wrong passwords in a row, and when the next may be tried. */
  failures: number;
  retry_ms: number;
}

interface SessionRow {
  token_hash: string;
  account_id: string;
  created_at: string;
  expires_ms: number;
}

/** What people with an account are called. */
interface NameRow {
  id: string;
  name: string;
}

/** A part of a running solve that another worker may do; gone when its job ends. */
interface ChildRow {
  child_id: string;
  job_id: string;
  /** The attempt of the job that offered it: another attempt has children of its own. */
  job_attempt: number;
  /** Version of Trivium: a child is done by the same code as its parent, or by the parent itself. */
  version: string;
  task: string;
  input: Uint8Array;
  spec: string;
  status: string;
  /** How often it was taken up: with the id, its fence. */
  attempt: number;
  heartbeat_ms: number | null;
  progress: string | null;
  outcome: Uint8Array | null;
  error: string | null;
}

/** A process that takes jobs, as long as it is heard of. */
interface WorkerRow {
  worker_id: string;
  version: string;
  slots: number;
  busy: number;
  seen_ms: number;
}

/** Who wants to hear of what; `events` is JSON, `secret` signs what is sent. */
export interface WebhookRow {
  webhook_id: string;
  district: Generated<string>;
  url: string;
  events: string;
  secret: string;
  created_by: string;
  created_at: string;
}

/** One event on its way to one webhook. */
export interface DeliveryRow {
  delivery_id: string;
  webhook_id: string;
  event: string;
  subject: string;
  body: string;
  state: "waiting" | "delivered" | "given-up";
  attempts: number;
  /** When it is due, milliseconds since 1970; null once it is settled. */
  next_ms: number | null;
  outcome: string | null;
  created_at: string;
}

/** An entry of the audit log; `detail` and `commits` are JSON. */
export interface AuditRow {
  seq: number;
  at: string;
  actor: string;
  district: string;
  action: string;
  subject: string;
  detail: string;
  commits: string;
  prev_hash: string;
  hash: string;
}

/** What the installation knows of itself. */
interface InstallationRow {
  name: string;
  value: string;
}

/** One step of a plan's approval, numbered from 1 within the plan; `comparison` and `warnings` are JSON. */
export interface ApprovalRow {
  approval_id: string;
  plan_id: string;
  seq: number;
  district: string;
  state: string;
  by: string;
  at: string;
  reason: string;
  plan_hash: string;
  /** Of the plan's content as it lies in the database. */
  content_sha256: string;
  comparison: string | null;
  warnings: string;
  /** The end of the audit log before this step; the entry after it answers for this row. */
  audit_seq: number;
  audit_hash: string;
}

/** A routing problem in VROOM's JSON; `document`, `answer` and `error` are JSON. */
export interface VroomSolveRow {
  vroom_id: string;
  district: Generated<string>;
  /** The district whose roads are driven; null where the document has its own matrices. */
  dataset_hash: string | null;
  document: string;
  status: string;
  attempt: number;
  heartbeat_ms: number | null;
  answer: string | null;
  error: string | null;
  created_by: string;
  created_at: string;
  ended_at: string | null;
}

/** What somebody flagged as wrong, and what became of it. */
export interface FlagRow {
  flag_id: string;
  district: Generated<string>;
  dataset_hash: string;
  plan_id: string | null;
  area: string;
  kind: string;
  item_id: string;
  reason: string;
  state: string;
  flagged_by: string;
  flagged_at: string;
  triaged_by: string | null;
  triaged_at: string | null;
  answer: string | null;
}

interface MigrationRow {
  name: string;
  applied_at: string;
}

export interface Schema {
  datasets: DatasetRow;
  scenarios: ScenarioRow;
  jobs: JobRow;
  plans: PlanRow;
  events: EventRow;
  replies: ReplyRow;
  acknowledgements: AcknowledgementRow;
  mappings: MappingRow;
  what_ifs: WhatIfRow;
  dataset_districts: DatasetDistrictRow;
  keys: KeyRow;
  accounts: AccountRow;
  sessions: SessionRow;
  names: NameRow;
  people: PersonRow;
  audit: AuditRow;
  approvals: ApprovalRow;
  flags: FlagRow;
  installation: InstallationRow;
  children: ChildRow;
  workers: WorkerRow;
  webhooks: WebhookRow;
  deliveries: DeliveryRow;
  vroom_solves: VroomSolveRow;
  migrations: MigrationRow;
}
