import type { Store } from "@trivium/store";
import type { Answerer, Carrier, Taking } from "./carrier.ts";
import { POLICY, type Policy } from "./policy.ts";
import { type Run, runJob } from "./run-job.ts";

export interface WorkerParts {
  readonly store: Store;
  readonly carrier: Carrier;
  readonly run: Run;
  /** Absent: this worker answers no questions. */
  readonly answer?: Answerer;
  /** Solves at a time in this process. Default 1. */
  readonly concurrency?: number;
  readonly policy?: Policy;
}

/** A round of the reconciler hands over at most this many; the next round goes on. */
const RECONCILED_AT_ONCE = 500;

/** Begins to take jobs and to answer questions, and to look after jobs that the carrier forgot. `stop` gives jobs in hand back. */
export async function startWorker(parts: WorkerParts): Promise<Taking> {
  const { store, carrier, run, answer, concurrency = 1, policy = POLICY } = parts;
  const stopping = new AbortController();
  const solving = await carrier.work(
    (jobId) => runJob(jobId, { store, run, policy, stopping: stopping.signal }),
    concurrency,
  );
  const answering = answer && (await carrier.answer(answer));
  let round: Promise<void> | undefined;
  const reconcile = () => {
    round ??= reconciled(store, carrier, policy)
      // The store or the queue is away: the next round finds what this one did not.
      .catch(() => {})
      .finally(() => {
        round = undefined;
      });
  };
  reconcile();
  const timer = setInterval(reconcile, policy.reconcileMs);
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await Promise.all([solving.stop(), answering?.stop(), round]);
    },
  };
}

async function reconciled(store: Store, carrier: Carrier, { staleMs }: Policy): Promise<void> {
  for (const jobId of await store.jobs.waiting(staleMs, RECONCILED_AT_ONCE)) await carrier.enqueue(jobId);
}
