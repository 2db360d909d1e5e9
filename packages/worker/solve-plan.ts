import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type ChildNews, type HelpersOfJob, unpackError } from "@trivium/jobs";
import type { Plan, Progress } from "@trivium/model";
import { cancel, cancelFlag } from "./cancel-flag.ts";
import type { Substitutes } from "./engines.ts";
import { helpersPort } from "./helpers-port.ts";
import { memoryWatch } from "./memory-watch.ts";
import { noPlan } from "./no-plan.ts";
import { endedOverrun } from "./overrun.ts";
import type { SolveRequest, Stage } from "./solve-here.ts";
import { threadDied } from "./thread-died.ts";
import type { SolveMessage, SolveThreadData } from "./threads/solve.ts";

export type { SolveRequest } from "./solve-here.ts";

export interface SolveHooks {
  /** At most about five times a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting keeps the best plan there is: the solve returns it, verified; status no_plan where there was none yet. */
  readonly signal?: AbortSignal;
  /** Where prepared maps are kept between solves. */
  readonly cacheDir?: string;
  readonly substitutes?: Substitutes;
  /** A cancelled engine answers at its next checkpoint; one that has not after this long is ended without a plan. Default 10 s. */
  readonly lastResortMs?: number;
  /** Megabytes that the solve may hold, its children included. A breach fails this solve and no other. Default: as Node has it. */
  readonly memoryMb?: number;
  /** Those who may do parts of the solve. */
  readonly helpers?: (onNews: (news: ChildNews) => void) => HelpersOfJob;
  /** With helpers: threads of this process for parts. Default: its cores. */
  readonly localThreads?: number;
}

const LAST_RESORT_MS = 10_000;

/**
 * Solves a scenario in a thread of its own; the caller's event loop stays free.
 *
 * @throws InputError, RoadError for what the caller can mend; InternalError verification-failed (`values.verification`, `values.plan`)
 *   when the independent verifier refuses the plan, memory-cap when it would hold more than `memoryMb`, time-limit when the engine
 *   did not keep to its time, thread-died when the thread ended without an answer
 */
export function solvePlan(request: SolveRequest, hooks: SolveHooks = {}): Promise<Plan> {
  const startMs = performance.now();
  const cancelledWithoutPlan = () => noPlan(request, (performance.now() - startMs) / 1000);
  const { signal } = hooks;
  if (signal?.aborted) return Promise.resolve(cancelledWithoutPlan());
  const flag = cancelFlag();
  const { cacheDir, substitutes, memoryMb } = hooks;
  const localThreads = hooks.helpers && (hooks.localThreads ?? availableParallelism());
  const workerData: SolveThreadData = { request, flag, cacheDir, substitutes, localThreads };
  const resourceLimits = memoryMb === undefined ? {} : { maxOldGenerationSizeMb: memoryMb };
  const worker = new Worker(new URL("./threads/solve.ts", import.meta.url), { workerData, resourceLimits });
  const helpers = hooks.helpers && helpersPort(worker, hooks.helpers);
  let stage: Stage = "preparing";
  return new Promise<Plan>((resolve, reject) => {
    let lastResort: NodeJS.Timeout | undefined;
    let endOverrun = () => {};
    let endMemory = () => {};
    const settle = (act: () => void) => {
      clearTimeout(lastResort);
      endOverrun();
      endMemory();
      helpers?.close();
      signal?.removeEventListener("abort", onAbort);
      worker.removeAllListeners();
      // A thread that has answered may still wait for its children: nothing of it is needed any more.
      worker.on("error", () => {});
      void worker.terminate();
      act();
    };
    const failed = (error: unknown) => settle(() => reject(error));
    if (memoryMb !== undefined) endMemory = memoryWatch.watch(worker, memoryMb, failed);
    const giveUp = () => settle(() => resolve(cancelledWithoutPlan()));
    const onAbort = () => {
      cancel(flag);
      if (stage === "preparing") giveUp();
      else if (stage === "solving") lastResort = setTimeout(giveUp, hooks.lastResortMs ?? LAST_RESORT_MS);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    worker.on("message", (message: SolveMessage) => {
      if (message.kind === "stage") {
        stage = message.stage;
        if (message.timeS !== undefined) endOverrun = endedOverrun(flag, message.timeS, failed);
        if (stage !== "checking") return;
        clearTimeout(lastResort);
        endOverrun();
      } else if (message.kind === "progress") hooks.onProgress?.(message.progress);
      else if (message.kind === "plan") settle(() => resolve(message.plan));
      else if (message.kind === "helpers") void helpers?.asked(message);
      else failed(unpackError(message.error));
    });
    worker.on("error", (error) => failed(threadDied(error, memoryMb)));
    worker.on("exit", (code) => failed(threadDied(code)));
  });
}
