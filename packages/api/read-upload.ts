import { stat } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import type { ReadDistrict } from "@trivium/intake";
import { unpackError } from "@trivium/jobs";
import { BusyError } from "@trivium/model";
import { ProblemError } from "./problem.ts";
import type { ReadMessage, ReadRequest } from "./threads/read-district.ts";

/** A district of a hundred thousand students is read in far less; what takes more is no district. */
const TIMEOUT_MS = 120_000;
const MEMORY_MAX_MB = 3072;
/** Districts read at a time; so many more wait for their turn, and those beyond are told to come back. */
const AT_ONCE = 2;
const WAITING_MAX = 20;
const RETRY_AFTER_S = 5;
/** A thread that read a larger one is not kept: its memory goes with it. */
const KEPT_UP_TO_BYTES = 8 * 1024 * 1024;

const idle: Worker[] = [];
const waiting: (() => void)[] = [];
let reading = 0;

/**
 * Reads an uploaded district in a thread apart; threads are kept for the next one.
 * @throws InputError as intake does; ProblemError unreadable when it takes too long or too much memory; BusyError when too many are being read
 */
export async function readUpload(request: ReadRequest): Promise<ReadDistrict> {
  await turn();
  try {
    const worker = idle.pop() ?? started();
    const { size } = await stat(request.path);
    return await readBy(worker, request, size <= KEPT_UP_TO_BYTES);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else reading--;
  }
}

async function turn(): Promise<void> {
  if (reading >= AT_ONCE) {
    if (waiting.length >= WAITING_MAX)
      throw new BusyError(
        "uploads-full",
        "too many districts are being read at the moment. Maybe come back in a few seconds",
        RETRY_AFTER_S,
      );
    // Whoever ends hands its turn over.
    return new Promise((resolve) => waiting.push(resolve));
  }
  reading++;
}

function started(): Worker {
  const worker = new Worker(new URL("./threads/read-district.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
  });
  worker.on("error", () => {});
  worker.on("exit", () => {
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
  });
  return worker;
}

function readBy(worker: Worker, request: ReadRequest, keep: boolean): Promise<ReadDistrict> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadDistrict>();
  let alive = true;
  const giveUp = (why: string) => {
    alive = false;
    reject(new ProblemError(422, "unreadable", `the district could not be read: ${why}`));
  };
  const timer = setTimeout(() => giveUp(`it took more than ${TIMEOUT_MS / 1000} s`), TIMEOUT_MS);
  worker.ref();
  const onMessage = (message: ReadMessage) =>
    "read" in message ? resolve(message.read) : reject(unpackError(message.error));
  const onError = (error: Error) => giveUp(error.message);
  const onExit = () => giveUp("the reading thread ended early");
  worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  worker.postMessage(request);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off("message", onMessage).off("error", onError).off("exit", onExit);
    if (!alive || !keep) return void worker.terminate();
    worker.unref();
    idle.push(worker);
  });
}
