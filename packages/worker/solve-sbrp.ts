import { type BudgetLimits, createContext } from "@trivium/engine";
import type { Progress } from "@trivium/model";
import { type SbrpInstance, type SbrpOptions, type SbrpSolution, solveSbrp } from "@trivium/routing";
import { cancel, cancelFlag, isCancelled } from "./cancel-flag.ts";
import { Children } from "./threads/children.ts";

export interface SbrpHooks {
  readonly limits: BudgetLimits;
  readonly seed?: number;
  readonly threads?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting keeps the best plan there is. */
  readonly signal?: AbortSignal;
}

/** Solves an instance of the public school-bus set, its searches in threads; this thread only waits. */
export async function solveSbrpInThreads(
  instance: SbrpInstance,
  options: SbrpOptions,
  hooks: SbrpHooks,
): Promise<SbrpSolution> {
  const flag = cancelFlag();
  const onAbort = () => cancel(flag);
  hooks.signal?.addEventListener("abort", onAbort, { once: true });
  const tasks = new URL("./threads/sbrp-tasks.ts", import.meta.url).href;
  const data = { area: "routing" as const, substitutes: { engine: tasks }, problem: instance, flag };
  const children = new Children(data, hooks.threads ?? 1);
  try {
    const context = createContext(instance, {
      limits: hooks.limits,
      seed: hooks.seed,
      threads: hooks.threads,
      onProgress: hooks.onProgress,
      now: () => performance.now(),
      cancelled: () => isCancelled(flag),
      runChild: children.run,
    });
    return await solveSbrp(instance, options, context);
  } finally {
    hooks.signal?.removeEventListener("abort", onAbort);
    await children.close();
  }
}
