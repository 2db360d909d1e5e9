export type { Answerer, Carrier, PlanQuestion, Taking } from "./carrier.ts";
export type { ChildNews, ChildOffer, Helpers, HelpersOfJob } from "./helpers.ts";
export { openCarrier } from "./open-carrier.ts";
export { type PackedError, packError, unpackError } from "./packed-error.ts";
export { POLICY, type Policy } from "./policy.ts";
export type { PartWork, RunPart } from "./run-child.ts";
export type { Run, SolveWork } from "./run-job.ts";
export { startWorker, type WorkerParts } from "./start-worker.ts";
export { QUEUE_LIMIT, queueLimitOf, submitSolve } from "./submit.ts";
