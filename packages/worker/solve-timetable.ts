import { type BudgetLimits, createContext } from "@trivium/engine";
import type { Progress, TimetableInstance } from "@trivium/model";
import { solveTimetable, type TimetableSolved } from "@trivium/scheduling";
import { cancel, cancelFlag, isCancelled } from "./cancel-flag.ts";
import { Children } from "./threads/children.ts";

export interface TimetableHooks {
  readonly limits: BudgetLimits;
  readonly seed?: number;
  readonly threads?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting keeps the best timetable there is. */
  readonly signal?: AbortSignal;
}

/** Solves an instance of ITC2019, its searches in threads; this thread only waits. */
export async function solveTimetableInThreads(
  instance: TimetableInstance,
  hooks: TimetableHooks,
): Promise<TimetableSolved> {
  const flag = cancelFlag();
  const onAbort = () => cancel(flag);
  hooks.signal?.addEventListener("abort", onAbort, { once: true });
  const tasks = new URL("./threads/timetable-tasks.ts", import.meta.url).href;
  const data = { area: "scheduling" as const, substitutes: { engine: tasks }, problem: instance, flag };
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
    return await solveTimetable(instance, context);
  } finally {
    hooks.signal?.removeEventListener("abort", onAbort);
    await children.close();
  }
}
