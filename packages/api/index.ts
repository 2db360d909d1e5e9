export type { Api, ApiParts } from "./api.ts";
export { type AppOptions, createApp } from "./app.ts";
export type { Problem } from "./problem.ts";
export type {
  AcknowledgementsResource,
  DatasetResource,
  FindingsResource,
  NewAcknowledgement,
  UploadedDataset,
} from "./schemas/dataset.ts";
export type { NewSolve } from "./schemas/job.ts";
export type { PlanSummaryResource } from "./schemas/plan.ts";
export type { NewComparison, NewExplanation, NewQuestion } from "./schemas/question.ts";
export type { NewScenario, ScenarioResource } from "./schemas/scenario.ts";
export { type Serving, serveApi } from "./serve.ts";
