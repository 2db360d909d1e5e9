import { type Area, type Dataset, InternalError, type Plan, type Progress, type Scenario } from "@trivium/model";
import type { Claim, Store } from "@trivium/store";
import type { Carrier } from "./carrier.ts";
import { type ChildNews, type HelpersOfJob, helpersOf } from "./helpers.ts";
import { type Hold, hold } from "./hold.ts";
import { packError } from "./packed-error.ts";
import type { Policy } from "./policy.ts";
import { untilDone } from "./until-done.ts";

/** What is to be solved: everything that the ids of a job stand for. */
export interface SolveWork {
  readonly dataset: Dataset;
  readonly area: Area;
  readonly scenario: Scenario;
  /** A plan to start the search from. */
  readonly start?: Plan;
}

/** Solves in a thread of its own. Aborting makes it return its best plan soon, or one of status no_plan. */
export type Run = (
  work: SolveWork,
  hooks: {
    onProgress: (progress: Progress) => void;
    signal: AbortSignal;
    /** Those who may do parts of the solve; what becomes of the parts is told to `onNews`. */
    helpers?: (onNews: (news: ChildNews) => void) => HelpersOfJob;
  },
) => Promise<Plan>;

interface JobParts {
  readonly store: Store;
  readonly carrier: Carrier;
  readonly run: Run;
  readonly policy: Policy;
  readonly workerId: string;
  readonly stopping: AbortSignal;
}

/** Brings a job that was taken up to its end. `stopping` gives it back unfinished. */
export async function runJob(claim: Claim, parts: JobParts): Promise<void> {
  const { store, policy, stopping } = parts;
  const held = hold((progress) => beat(store, claim, progress), policy, stopping);
  try {
    const outcome = await outcomeOf(claim, parts, held);
    const cancelled = held.why() === "cancel";
    if (held.why() === "stop") await store.jobs.giveBack(claim);
    else await untilDone(() => store.jobs.end(claim, endingOf(outcome, cancelled)), policy.beatMs, stopping);
  } finally {
    // Beats go on until the end is stored: what fails for good stays as it is, falls silent, and is taken up again.
    await held.release();
  }
}

async function beat(store: Store, claim: Claim, progress: Progress | undefined) {
  const answer = await store.jobs.beat(claim);
  if (answer === "go-on" && progress) await store.jobs.progress(claim, progress);
  return answer;
}

type Outcome = { readonly plan: Plan } | { readonly error: unknown };

async function outcomeOf(claim: Claim, parts: JobParts, { signal, onProgress }: Hold): Promise<Outcome> {
  const helpers = (onNews: (news: ChildNews) => void) => helpersOf(claim, parts, onNews);
  const { store, run, policy, stopping } = parts;
  try {
    // A database that is away just now is no reason to fail a solve either.
    const work = await untilDone(() => workOf(store, claim), policy.beatMs, AbortSignal.any([stopping, signal]));
    return { plan: await run(work, { signal, onProgress, helpers }) };
  } catch (error) {
    return { error };
  }
}

function endingOf(outcome: Outcome, cancelled: boolean): Parameters<Store["jobs"]["end"]>[1] {
  if ("error" in outcome) {
    const { code, message } = packError(outcome.error);
    return { status: "failed", error: { code, message } };
  }
  const { plan } = outcome;
  if (!cancelled) return { status: "succeeded", plan };
  return { status: "cancelled", plan: plan.status === "no_plan" ? null : plan };
}

export async function workOf(store: Store, claim: Claim): Promise<SolveWork> {
  const stored = await store.scenarios.get(claim.scenarioId);
  const dataset = stored && (await store.datasets.get(stored.dataset_hash));
  const start = claim.startPlanId === null ? undefined : await store.plans.get(claim.startPlanId);
  if (!dataset)
    throw new InternalError("dataset-missing", `the dataset of scenario ${claim.scenarioId} is not in the store`);
  return { dataset, area: claim.area, scenario: stored.scenario, ...(start ? { start } : {}) };
}
