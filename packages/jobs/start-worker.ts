import { AsyncResource } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { VERSION } from "@trivium/model";
import type { Store } from "@trivium/store";
import type { Answerer, Carrier, Taking } from "./carrier.ts";
import { POLICY, type Policy } from "./policy.ts";
import { type RunPart, runChild } from "./run-child.ts";
import { type Run, runJob } from "./run-job.ts";
import { Slots } from "./slots.ts";

export interface WorkerParts {
  readonly store: Store;
  readonly carrier: Carrier;
  readonly run: Run;
  /** Absent: this worker does no parts of others' solves. */
  readonly runPart?: RunPart;
  /** Absent: this worker answers no questions. */
  readonly answer?: Answerer;
  /** Solves at a time in this process. Default 1. */
  readonly concurrency?: number;
  readonly policy?: Policy;
}

/** A round of the reconciler hands over at most this many, those whose turn is next; the next round goes on. */
const RECONCILED_AT_ONCE = 50;

/** Begins to take jobs and to answer questions, and to look after jobs that the carrier forgot. `stop` gives jobs in hand back. */
export async function startWorker(parts: WorkerParts): Promise<Taking> {
  const { store, carrier, run, runPart, answer, concurrency = 1, policy = POLICY } = parts;
  const stopping = new AbortController();
  const slots = new Slots(concurrency);
  const terms = termsAfterTrouble(policy);
  const workerId = randomUUID();
  const held = { store, carrier, run, policy, workerId, stopping: stopping.signal };
  /** The work whose turn it is, brought to its end: parts of what has begun before what has not. False when there is none. */
  const worked = async (): Promise<boolean> => {
    if (stopping.signal.aborted) return false;
    const part = runPart && (await store.children.next(VERSION, terms.now()).catch(terms.troubled));
    if (part) {
      await runChild(part, { ...held, runPart });
      return true;
    }
    const claim = await store.jobs.next(terms.now()).catch(terms.troubled);
    if (claim) await runJob(claim, held);
    return Boolean(claim);
  };
  // Bound: within one process a job is handed over by the call of somebody, and must not be done within that one's scope.
  const take = AsyncResource.bind(() =>
    slots.use(async () => {
      while (await worked());
    }),
  );
  const solving = await carrier.work(take, concurrency);
  const answering = answer && (await carrier.answer(AsyncResource.bind(answer)));
  const taken = new Set<Promise<void>>();
  let round: Promise<void> | undefined;
  const reconcile = async () => {
    await store.workers.heard({ workerId, version: VERSION, slots: slots.count, busy: slots.busy }, policy.staleMs);
    const waiting = await store.jobs.waiting(terms.now().staleMs, RECONCILED_AT_ONCE);
    // What the queue forgot, or could not be told, this process takes up itself as far as it has room, and tells the others of the rest.
    for (let i = runPart ? slots.idle : Math.min(slots.idle, waiting.length); i > 0; i--) {
      const taking: Promise<void> = take()
        .catch(() => {})
        .finally(() => taken.delete(taking));
      taken.add(taking);
    }
    await handedOver(carrier, waiting).catch(() => {});
  };
  const beginRound = () => {
    round ??= reconcile()
      // The store is away: the next round finds what this one did not.
      .catch(terms.troubled)
      .finally(() => {
        round = undefined;
      });
  };
  beginRound();
  const timer = setInterval(beginRound, policy.reconcileMs);
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await Promise.all([solving.stop(), answering?.stop(), round, ...taken]);
      await store.workers.gone(workerId).catch(() => {});
    },
  };
}

async function handedOver(carrier: Carrier, jobIds: readonly string[]): Promise<void> {
  for (const jobId of jobIds) await carrier.enqueue(jobId);
}

/**
 * By when a holder is believed dead. After trouble with the store nobody is, for as long as a holder may be silent:
 * those that live have the time to say so, and no attempt is counted against a job for the database's absence.
 */
function termsAfterTrouble(policy: Policy) {
  let troubledAt = -Infinity;
  return {
    now: () =>
      performance.now() - troubledAt < policy.staleMs ? { ...policy, staleMs: Number.MAX_SAFE_INTEGER } : policy,
    troubled: (): undefined => {
      troubledAt = performance.now();
      return undefined;
    },
  };
}
