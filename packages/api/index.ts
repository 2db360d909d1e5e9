export type { ExportFormat } from "@trivium/intake";
export type { Api, ApiParts } from "./api.ts";
export { type AppOptions, createApp } from "./app.ts";
export type { AuditEntry, AuditVerification } from "./endpoints/audit.ts";
export type { NewFlag } from "./endpoints/flags.ts";
export type { Limits } from "./endpoints/get-limits.ts";
export type { Removed } from "./endpoints/remove-dataset.ts";
export type { Template } from "./endpoints/templates.ts";
export type { Log } from "./log.ts";
export { netOf } from "./nets.ts";
export type { Problem } from "./problem.ts";
export type { ProviderConfig } from "./provider.ts";
export type {
  AccountChange,
  AccountResource,
  KeyResource,
  MadeKey,
  NewAccount,
  NewKey,
  SessionResource,
} from "./schemas/access.ts";
export type { ApprovalsResource, SignOff } from "./schemas/approval.ts";
export type {
  AcknowledgementsResource,
  Checked,
  DatasetResource,
  FindingsResource,
  NewAcknowledgement,
  UploadedDataset,
} from "./schemas/dataset.ts";
export type { NewSolve } from "./schemas/job.ts";
export type { NewMapping, SavedMappingResource } from "./schemas/mapping.ts";
export type { Places } from "./schemas/places.ts";
export type { PlanSummaryResource } from "./schemas/plan.ts";
export type { NewAnalysis, NewComparison, NewExplanation, NewQuestion } from "./schemas/question.ts";
export type { Lineage, NewScenario, OpenedScenario, ScenarioResource } from "./schemas/scenario.ts";
export type { NewVroom, VroomSolveResource } from "./schemas/vroom.ts";
export type { DeliveryResource, MadeWebhook, NewWebhook, WebhookResource } from "./schemas/webhook.ts";
export type { NewWhatIf, WhatIfResource, WhatIfTable } from "./schemas/what-if.ts";
export { type Serving, serveApi } from "./serve.ts";
export { Targets } from "./webhooks/target.ts";
