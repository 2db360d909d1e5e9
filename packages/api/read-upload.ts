import { Worker } from "node:worker_threads";
import type { ReadDistrict } from "@trivium/intake";
import { unpackError } from "@trivium/jobs";
import { ProblemError } from "./problem.ts";
import type { ReadMessage, ReadRequest } from "./threads/read-district.ts";

/** A district of a hundred thousand students is read in far less; what takes more is no district. */
const TIMEOUT_MS = 120_000;
const MEMORY_MAX_MB = 3072;

/** Reads an uploaded district in a thread of its own. @throws InputError as intake does; ProblemError unreadable when it takes too long or too much memory */
export function readUpload(request: ReadRequest): Promise<ReadDistrict> {
  const worker = new Worker(new URL("./threads/read-district.ts", import.meta.url), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<ReadDistrict>();
  const giveUp = (why: string) => reject(new ProblemError(422, "unreadable", `the district could not be read: ${why}`));
  const timer = setTimeout(() => giveUp(`it took more than ${TIMEOUT_MS / 1000} s`), TIMEOUT_MS);
  worker.on("message", (message: ReadMessage) =>
    "read" in message ? resolve(message.read) : reject(unpackError(message.error)),
  );
  worker.on("error", (error) => giveUp(error.message));
  worker.on("exit", () => giveUp("the reading thread ended early"));
  return promise.finally(() => {
    clearTimeout(timer);
    void worker.terminate();
  });
}
