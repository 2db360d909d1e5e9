import { Worker } from "node:worker_threads";
import type { ChildOutcome, ChildSpec, RunChild } from "@trivium/engine";
import { unpackError } from "@trivium/jobs";
import { threadDied } from "../thread-died.ts";
import type { ChildMessage, ChildRequest, ChildThreadData } from "./child.ts";
import type { Elsewhere } from "./elsewhere.ts";
import { withinDue } from "./within-due.ts";

/** A child that waits for its turn, or for somebody to do it. */
export interface Child {
  readonly request: ChildRequest;
  readonly onReport: Parameters<RunChild>[3];
  readonly resolve: (outcome: ChildOutcome<unknown>) => void;
  readonly reject: (error: unknown) => void;
  /** When its result is late, milliseconds since 1970; undefined without a time limit. */
  readonly dueMs: number | undefined;
}

/**
 * The children of one solve: so many at a time in threads of this process, started when first needed and kept until the solve ends, so
 * each copies the problem once; the rest are offered to others, and whatever nobody has begun when a thread is idle again is taken back.
 * What a child yields depends on its input and its spec alone, so it does not matter who did it.
 */
export class Children {
  readonly #data: ChildThreadData;
  readonly #lanes: number;
  readonly #elsewhere: Elsewhere | undefined;
  readonly #idle: Worker[] = [];
  readonly #all: Worker[] = [];
  readonly #waiting: Child[] = [];
  #busy = 0;
  #filling: Promise<void> | undefined;
  #again = false;
  #lanesOfMap: number;

  constructor(data: ChildThreadData, lanes: number, elsewhere?: Elsewhere) {
    this.#data = data;
    this.#lanes = lanes;
    this.#lanesOfMap = lanes;
    this.#elsewhere = elsewhere;
    elsewhere?.onFree(() => this.#fill());
  }

  /** How many children will run at a time: here, and with those who are idle elsewhere. */
  readonly lanes = async (): Promise<number> => {
    this.#lanesOfMap = this.#lanes + ((await this.#elsewhere?.idle()) ?? 0);
    return this.#lanesOfMap;
  };

  readonly run: RunChild = (task, input, spec, onReport) =>
    new Promise((resolve, reject) => {
      const request = { task: task.name, input, spec };
      this.#waiting.push({ request, onReport, resolve, reject, dueMs: this.#dueMs(spec) });
      // Those of one map come one upon the other: look at them together.
      queueMicrotask(() => this.#fill());
    });

  async close(): Promise<void> {
    await Promise.all(this.#all.map((worker) => worker.terminate()));
  }

  /** Once more when something changed meanwhile. */
  #fill(): void {
    this.#again = true;
    this.#filling ??= this.#filled().finally(() => {
      this.#filling = undefined;
    });
  }

  async #filled(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      while (this.#busy < this.#lanes) {
        const child = this.#waiting.shift() ?? (await this.#elsewhere?.takenBack());
        if (!child) break;
        this.#begin(child);
      }
      // Where nobody else is, they wait here for a thread.
      const offered = this.#waiting.splice(0);
      if (offered.length > 0 && !(await this.#elsewhere?.offer(offered))) this.#waiting.unshift(...offered);
    }
  }

  #begin(child: Child): void {
    this.#busy++;
    const worker = this.#idle.pop() ?? this.#started();
    const request = { ...child.request, spec: withinDue(child.request.spec, child.dueMs) };
    askChild(worker, request, child.onReport)
      .then((outcome) => {
        this.#idle.push(worker);
        child.resolve(outcome);
      }, child.reject)
      .finally(() => {
        this.#busy--;
        this.#fill();
      });
  }

  /** The end of its round, reckoned when it comes: the children before it have the lanes first. */
  #dueMs({ limits }: ChildSpec): number | undefined {
    if (limits.timeS === undefined || !this.#elsewhere) return undefined;
    const before = this.#waiting.length + this.#busy;
    return Date.now() + limits.timeS * 1000 * (1 + Math.floor(before / Math.max(1, this.#lanesOfMap)));
  }

  #started(): Worker {
    const worker = new Worker(new URL("./child.ts", import.meta.url), { workerData: this.#data });
    this.#all.push(worker);
    return worker;
  }
}

/** Asks a thread for one child; it answers one at a time. */
function askChild(
  worker: Worker,
  request: ChildRequest,
  onReport: Parameters<RunChild>[3],
): Promise<ChildOutcome<unknown>> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off("message", onMessage).off("error", onDeath).off("exit", onDeath);
      act();
    };
    const onDeath = (cause: unknown) => settle(() => reject(threadDied(cause)));
    const onMessage = (message: ChildMessage) => {
      if (message.kind === "progress") onReport(message.progress);
      else if (message.kind === "outcome") settle(() => resolve(message.outcome));
      else settle(() => reject(unpackError(message.error)));
    };
    worker.on("message", onMessage).on("error", onDeath).on("exit", onDeath);
    worker.postMessage(request);
  });
}
