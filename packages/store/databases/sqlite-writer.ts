import { Worker } from "node:worker_threads";
import type { QueryResult } from "kysely";
import type { FromWriter, ToWriter } from "./sqlite-thread.ts";

/** The thread that writes to a database file, as its users see it. */
export class SqliteWriter {
  readonly #worker: Worker;
  readonly #waiting: PromiseWithResolvers<QueryResult<unknown>>[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#worker = new Worker(new URL("./sqlite-thread.ts", import.meta.url), { workerData: path });
    this.#worker.on("message", (answer: FromWriter) => this.#answered(answer));
    this.#worker.on("error", (error) => this.#ended(error));
    this.#worker.on("exit", () => this.#ended(new Error("the database was closed")));
    // Only what waits for an answer keeps the process.
    this.#worker.unref();
  }

  /** Resolves when it is the caller's turn to write, with what ends it: one statement or one transaction at a time. */
  async turn(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return resolve;
  }

  run(sql: string, parameters: readonly unknown[]): Promise<QueryResult<unknown>> {
    const answer = Promise.withResolvers<QueryResult<unknown>>();
    if (this.#waiting.push(answer) === 1) this.#worker.ref();
    this.#worker.postMessage({ sql, parameters } satisfies ToWriter);
    return answer.promise;
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#worker.once("exit", () => resolve()));
    this.#worker.ref();
    this.#worker.postMessage("close" satisfies ToWriter);
    await ended;
  }

  #answered(answer: FromWriter): void {
    const asked = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker.unref();
    if ("result" in answer) asked?.resolve(answer.result);
    else asked?.reject(Object.assign(new Error(answer.error.message), answer.error));
  }

  #ended(error: unknown): void {
    for (const asked of this.#waiting.splice(0)) asked.reject(error);
  }
}
