import type { Answerer, Carrier, PlanQuestion, Taking } from "../carrier.ts";
import { unanswered } from "./unanswered.ts";

/** Carries within this process. The solves themselves run in threads, which whoever works starts. */
export class ThreadCarrier implements Carrier {
  readonly name = "threads";
  readonly #waiting = new Set<string>();
  readonly #ended = new Map<string, () => void>();
  readonly #lanes = new Set<() => void>();
  readonly #answerers = new Set<Answerer>();

  async enqueue(jobId: string): Promise<void> {
    this.#waiting.add(jobId);
    for (const wake of this.#lanes) wake();
  }

  async fan(_mapId: string, childIds: readonly string[], joined: () => void): Promise<void> {
    let open = childIds.length;
    for (const childId of childIds) {
      this.#ended.set(childId, () => --open === 0 && joined());
      await this.enqueue(childId);
    }
  }

  async work(takeUp: () => Promise<void>, concurrency: number): Promise<Taking> {
    const inHand = new Map<string, Promise<void>>();
    const take = () => {
      for (const jobId of this.#waiting) {
        if (inHand.size >= concurrency) return;
        if (inHand.has(jobId)) continue;
        this.#waiting.delete(jobId);
        const done = takeUp()
          .catch(() => {
            // What went wrong is in the store, or will be found there by the reconciler.
          })
          .then(() => {
            inHand.delete(jobId);
            this.#ended.get(jobId)?.();
            this.#ended.delete(jobId);
            if (this.#lanes.has(take)) take();
          });
        inHand.set(jobId, done);
      }
    };
    this.#lanes.add(take);
    take();
    return {
      stop: async () => {
        this.#lanes.delete(take);
        await Promise.all(inHand.values());
      },
    };
  }

  ask(question: PlanQuestion, timeoutMs: number): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const timer = setTimeout(() => reject(unanswered(timeoutMs)), timeoutMs);
    const [answerer] = this.#answerers;
    if (answerer) answerer(question).then(resolve, reject);
    return promise.finally(() => clearTimeout(timer));
  }

  async answer(answerer: Answerer): Promise<Taking> {
    this.#answerers.add(answerer);
    return { stop: async () => void this.#answerers.delete(answerer) };
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {
    this.#lanes.clear();
    this.#waiting.clear();
    this.#ended.clear();
    this.#answerers.clear();
  }
}
