import { Worker } from "node:worker_threads";
import { type ChildOffer, type PackedError, type PartWork, type RunPart, unpackError } from "@trivium/jobs";
import type { Progress } from "@trivium/model";
import { type CancelFlag, cancel, cancelFlag } from "./cancel-flag.ts";
import type { Substitutes } from "./engines.ts";
import { memoryWatch } from "./memory-watch.ts";
import { threadDied } from "./thread-died.ts";
import type { PartThreadData } from "./threads/part.ts";

export type PartRequest = ChildOffer;
export type PartMessage =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "outcome"; readonly outcome: Uint8Array }
  | { readonly kind: "error"; readonly error: PackedError };

export interface PartHooks {
  readonly cacheDir?: string;
  readonly substitutes?: Substitutes;
  readonly memoryMb?: number;
}

/** A thread that has built the problem of a solve. */
interface Built {
  readonly worker: Worker;
  readonly flag: CancelFlag;
}

/** A built problem is kept so long for the next part of the same solve. */
const KEPT_MS = 20_000;
/** A part that was cancelled answers at its next checkpoint; later than this it is not waited for. */
const LAST_RESORT_MS = 10_000;

/** Does parts of other workers' solves in threads, each with the problem of one solve, kept for its next part. */
export function partRunner(hooks: PartHooks = {}): { run: RunPart; close(): Promise<void> } {
  const idle = new Map<string, Built[]>();
  const all = new Set<Worker>();
  const started = async (part: PartWork): Promise<Built> => {
    const flag = cancelFlag();
    const { cacheDir, substitutes, memoryMb } = hooks;
    const workerData: PartThreadData = { request: await part.load(), flag, cacheDir, substitutes };
    const resourceLimits = memoryMb === undefined ? {} : { maxOldGenerationSizeMb: memoryMb };
    const worker = new Worker(new URL("./threads/part.ts", import.meta.url), { workerData, resourceLimits });
    all.add(worker);
    worker.once("exit", () => all.delete(worker));
    // What goes wrong while nobody asks is heard of by the next who does.
    worker.on("error", () => {});
    return { worker, flag };
  };
  const keep = (jobId: string, built: Built) => {
    const others = idle.get(jobId) ?? [];
    others.push(built);
    idle.set(jobId, others);
    setTimeout(() => {
      const at = others.indexOf(built);
      if (at < 0) return;
      others.splice(at, 1);
      if (others.length === 0) idle.delete(jobId);
      void built.worker.terminate();
    }, KEPT_MS).unref();
  };
  return {
    async run(part, { onProgress, signal }) {
      const built = idle.get(part.jobId)?.pop() ?? (await started(part));
      try {
        const outcome = await asked(built, part, { onProgress, signal, memoryMb: hooks.memoryMb });
        if (!signal.aborted) keep(part.jobId, built);
        return outcome;
      } finally {
        if (signal.aborted || !(idle.get(part.jobId)?.includes(built) ?? false)) void built.worker.terminate();
      }
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function asked(
  { worker, flag }: Built,
  { task, input, spec }: PartWork,
  hooks: { onProgress: (progress: Progress) => void; signal: AbortSignal; memoryMb?: number },
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let lastResort: NodeJS.Timeout | undefined;
    let endMemory = () => {};
    const settle = (act: () => void) => {
      clearTimeout(lastResort);
      endMemory();
      hooks.signal.removeEventListener("abort", onAbort);
      worker.off("message", onMessage).off("error", onDeath).off("exit", onDeath);
      act();
    };
    const failed = (error: unknown) => settle(() => reject(error));
    const onDeath = (cause: unknown) => failed(threadDied(cause, hooks.memoryMb));
    const onAbort = () => {
      cancel(flag);
      lastResort = setTimeout(() => onDeath("cancelled"), LAST_RESORT_MS);
    };
    const onMessage = (message: PartMessage) => {
      if (message.kind === "progress") hooks.onProgress(message.progress);
      else if (message.kind === "outcome") settle(() => resolve(message.outcome));
      else failed(unpackError(message.error));
    };
    worker.on("message", onMessage).on("error", onDeath).on("exit", onDeath);
    hooks.signal.addEventListener("abort", onAbort, { once: true });
    if (hooks.signal.aborted) onAbort();
    if (hooks.memoryMb !== undefined) endMemory = memoryWatch.watch(worker, hooks.memoryMb, failed);
    worker.postMessage({ task, input, spec } satisfies PartRequest);
  });
}
