import { type Area, type Dataset, InternalError, type Plan, type Progress, type Scenario } from "@trivium/model";
import type { Store } from "@trivium/store";
import { packError } from "./packed-error.ts";
import type { Policy } from "./policy.ts";

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
  hooks: { onProgress: (progress: Progress) => void; signal: AbortSignal },
) => Promise<Plan>;

type Claim = NonNullable<Awaited<ReturnType<Store["jobs"]["claim"]>>>;
type Why = "cancel" | "lost" | "stop";

/** Takes one job up, if it is free, and brings it to its end. `stopping` gives it back unfinished. */
export async function runJob(
  jobId: string,
  { store, run, policy, stopping }: { store: Store; run: Run; policy: Policy; stopping: AbortSignal },
): Promise<void> {
  if (stopping.aborted) return;
  const claim = await store.jobs.claim(jobId, policy);
  if (!claim) return;
  const hold = held(store, claim, policy, stopping);
  const outcome = await outcomeOf(store, claim, run, hold);
  await hold.release();
  // What fails from here on is the store's trouble: the job keeps its state, falls silent, and is taken up again.
  if (hold.why() === "stop") await store.jobs.giveBack(claim);
  else await store.jobs.end(claim, endingOf(outcome, hold.why() === "cancel"));
}

type Outcome = { readonly plan: Plan } | { readonly error: unknown };

async function outcomeOf(
  store: Store,
  claim: Claim,
  run: Run,
  { signal, onProgress }: Pick<ReturnType<typeof held>, "signal" | "onProgress">,
): Promise<Outcome> {
  try {
    return { plan: await run(await workOf(store, claim), { signal, onProgress }) };
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

async function workOf(store: Store, claim: Claim): Promise<SolveWork> {
  const stored = await store.scenarios.get(claim.scenarioId);
  const dataset = stored && (await store.datasets.get(stored.dataset_hash));
  const start = claim.startPlanId === null ? undefined : await store.plans.get(claim.startPlanId);
  if (!dataset)
    throw new InternalError("dataset-missing", `the dataset of scenario ${claim.scenarioId} is not in the store`);
  return { dataset, area: claim.area, scenario: stored.scenario, ...(start ? { start } : {}) };
}

/** Beats for a held job, stores its latest progress, and aborts when it is cancelled, lost or given back. */
function held(store: Store, claim: Claim, { beatMs }: Policy, stopping: AbortSignal) {
  const controller = new AbortController();
  let why: Why | undefined;
  let latest: Progress | undefined;
  let beating: Promise<void> | undefined;
  const abort = (reason: Why) => {
    why ??= reason;
    controller.abort();
  };
  const onStop = () => abort("stop");
  stopping.addEventListener("abort", onStop, { once: true });
  const beat = async () => {
    const answer = await store.jobs.beat(claim);
    if (answer !== "go-on") return abort(answer);
    const progress = latest;
    latest = undefined;
    if (progress) await store.jobs.progress(claim, progress);
  };
  const timer = setInterval(() => {
    // A beat that fails (the database is busy or full) is made up by the next; too many, and the job is another's.
    beating ??= beat()
      .catch(() => {})
      .finally(() => {
        beating = undefined;
      });
  }, beatMs);
  return {
    signal: controller.signal,
    why: () => why,
    onProgress: (progress: Progress) => {
      latest = progress;
    },
    async release(): Promise<void> {
      clearInterval(timer);
      stopping.removeEventListener("abort", onStop);
      await beating;
    },
  };
}
