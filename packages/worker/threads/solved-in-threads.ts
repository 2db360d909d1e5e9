import { type BudgetLimits, createContext, type LiveContext } from "@trivium/engine";
import type { Area, Progress } from "@trivium/model";
import { cancel, cancelFlag, isCancelled } from "../cancel-flag.ts";
import { Children } from "./children.ts";

export interface ThreadHooks {
  readonly limits: BudgetLimits;
  readonly seed?: number;
  readonly threads?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting keeps the best there is. */
  readonly signal?: AbortSignal;
}

/**
 * Solves a problem that is no district's (a public instance, a document), its searches in threads; this thread only waits.
 *
 * @param tasks module in this folder that says what the threads run
 */
export async function solvedInThreads<P, R>(
  problem: P,
  area: Area,
  tasks: "sbrp-tasks" | "timetable-tasks" | "vrp-tasks",
  hooks: ThreadHooks,
  solve: (context: LiveContext<P>) => Promise<R> | R,
): Promise<R> {
  const flag = cancelFlag();
  const onAbort = () => cancel(flag);
  hooks.signal?.addEventListener("abort", onAbort, { once: true });
  const engine = new URL(`./${tasks}.ts`, import.meta.url).href;
  const children = new Children({ area, substitutes: { engine }, problem, flag }, hooks.threads ?? 1);
  try {
    const context = createContext(problem, {
      limits: hooks.limits,
      seed: hooks.seed,
      threads: hooks.threads,
      onProgress: hooks.onProgress,
      now: () => performance.now(),
      cancelled: () => isCancelled(flag),
      runChild: children.run,
    });
    return await solve(context);
  } finally {
    hooks.signal?.removeEventListener("abort", onAbort);
    await children.close();
  }
}
