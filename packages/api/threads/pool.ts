import { Worker } from "node:worker_threads";
import { type PackedError, unpackError } from "@trivium/jobs";
import { BusyError } from "@trivium/model";

/** What a thread says of the one request that it was given. */
export type Told<A> = { readonly answer: A } | { readonly error: PackedError };

interface PoolOptions {
  /** Requests worked on at a time; so many more wait for their turn, and those beyond are told to come back. */
  readonly atOnce: number;
  readonly waitingMax: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Code and words of the BusyError of those who are told to come back. */
  readonly full: readonly [code: string, message: string];
  /** What a request comes to that took too long, too much memory, or its thread with it. */
  readonly failed: (why: string) => Error;
}

const RETRY_AFTER_S = 5;

/** Threads for what would keep everybody else waiting: each does one request at a time and is kept for the next. */
export class ThreadPool<R, A> {
  readonly #entry: URL;
  readonly #options: PoolOptions;
  readonly #idle: Worker[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(entry: URL, options: PoolOptions) {
    this.#entry = entry;
    this.#options = options;
  }

  /**
   * @param keep false: the thread is not kept, for its memory goes with it
   * @throws what the thread threw; BusyError when too many wait
   */
  async run(request: R, keep = true): Promise<A> {
    await this.#turn();
    try {
      return await this.#runBy(this.#idle.pop() ?? this.#started(), request, keep);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }

  async #turn(): Promise<void> {
    const { atOnce, waitingMax, full } = this.#options;
    if (this.#busy < atOnce) {
      this.#busy++;
      return;
    }
    if (this.#waiting.length >= waitingMax) throw new BusyError(full[0], full[1], RETRY_AFTER_S);
    // Whoever ends hands its turn over.
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #started(): Worker {
    const worker = new Worker(this.#entry, { resourceLimits: { maxOldGenerationSizeMb: this.#options.memoryMb } });
    worker.on("error", () => {});
    worker.on("exit", () => {
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    return worker;
  }

  #runBy(worker: Worker, request: R, keep: boolean): Promise<A> {
    const { timeoutMs, failed } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<A>();
    let alive = true;
    const giveUp = (why: string) => {
      alive = false;
      reject(failed(why));
    };
    const timer = setTimeout(() => giveUp(`it took more than ${timeoutMs / 1000} s`), timeoutMs);
    worker.ref();
    const onMessage = (told: Told<A>) => ("answer" in told ? resolve(told.answer) : reject(unpackError(told.error)));
    const onError = (error: Error) => giveUp(error.message);
    const onExit = () => giveUp("its thread ended early");
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(request);
    return promise.finally(() => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      if (!alive || !keep) return void worker.terminate();
      worker.unref();
      this.#idle.push(worker);
    });
  }
}
