export { type Acknowledgement, Acknowledgements } from "./acknowledgements.ts";
export { type DatasetSummary, Datasets } from "./datasets.ts";
export type { JobEvent } from "./job-state.ts";
export { Jobs, type NewJob } from "./jobs.ts";
export { openStore, type Store, type StoreOptions } from "./open.ts";
export type { Page, PageRequest } from "./page.ts";
export { type PlanSummary, Plans } from "./plans.ts";
export { Replies, type Reply } from "./replies.ts";
export { Scenarios, type StoredScenario } from "./scenarios.ts";
