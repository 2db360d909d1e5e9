import { Worker } from "node:worker_threads";
import { unpackError } from "@trivium/jobs";
import { threadDied } from "./thread-died.ts";
import type { QuestionMessage, QuestionRequest } from "./threads/questions.ts";

/** What a question needs when the thread does not hold it. */
export type Needed = () => Promise<Pick<QuestionRequest, "problem" | "plan">>;

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly bring: () => Promise<void>;
}

/** The one thread of this process that answers questions: started by the first, kept warm, in nobody's way when the process wants to end. */
export class QuestionThread {
  #worker: Worker | undefined;
  #last = 0;
  readonly #pending = new Map<number, Pending>();

  ask(request: Omit<QuestionRequest, "id">, needed: Needed): Promise<unknown> {
    const worker = this.#started();
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const bring = async () => worker.postMessage({ ...request, id, ...(await needed()) });
      this.#pending.set(id, { resolve, reject, bring });
      worker.ref();
      worker.postMessage({ ...request, id });
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL("./threads/questions.ts", import.meta.url));
    worker.on("message", (message: QuestionMessage) => void this.#received(message));
    worker.on("error", (error) => this.#died(error));
    worker.on("exit", (code) => this.#died(code));
    this.#worker = worker;
    return worker;
  }

  async #received(message: QuestionMessage): Promise<void> {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.kind === "needed") {
      try {
        return await pending.bring();
      } catch (error) {
        pending.reject(error);
      }
    } else if (message.kind === "answer") pending.resolve(message.answer);
    else pending.reject(unpackError(message.error));
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) this.#worker?.unref();
  }

  #died(cause: unknown): void {
    this.#worker = undefined;
    for (const { reject } of this.#pending.values()) reject(threadDied(cause));
    this.#pending.clear();
  }
}
