import { Worker } from "node:worker_threads";
import type { ChildOutcome, RunChild } from "@trivium/engine";
import { unpackError } from "@trivium/jobs";
import { threadDied } from "../thread-died.ts";
import type { ChildMessage, ChildRequest, ChildThreadData } from "./child.ts";

/**
 * Threads for the children of one solve, started when first needed and kept until it ends, so each copies the problem once.
 * `map` never runs more children at a time than the solve has threads, so there are never more of these than that.
 */
export class Children {
  readonly #data: ChildThreadData;
  readonly #idle: Worker[] = [];
  readonly #all: Worker[] = [];

  constructor(data: ChildThreadData) {
    this.#data = data;
  }

  readonly run: RunChild = async (task, input, spec, onReport) => {
    const worker = this.#idle.pop() ?? this.#started();
    const outcome = await askChild(worker, { task: task.name, input, spec }, onReport);
    this.#idle.push(worker);
    return outcome;
  };

  async close(): Promise<void> {
    await Promise.all(this.#all.map((worker) => worker.terminate()));
  }

  #started(): Worker {
    const worker = new Worker(new URL("./child.ts", import.meta.url), { workerData: this.#data });
    this.#all.push(worker);
    return worker;
  }
}

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
