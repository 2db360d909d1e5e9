import { stat } from "node:fs/promises";
import type { ReadDistrict } from "@trivium/intake";
import { ProblemError } from "./problem.ts";
import { ThreadPool } from "./threads/pool.ts";
import type { ReadRequest } from "./threads/read-district.ts";

/** A thread that read a larger one is not kept: its memory goes with it. */
const KEPT_UP_TO_BYTES = 8 * 1024 * 1024;

/** A district of a hundred thousand students is read in far less than the time and memory; what takes more is no district. */
const readers = new ThreadPool<ReadRequest, ReadDistrict>(new URL("./threads/read-district.ts", import.meta.url), {
  atOnce: 2,
  waitingMax: 20,
  timeoutMs: 120_000,
  memoryMb: 3072,
  full: ["uploads-full", "too many districts are being read at the moment. Maybe come back in a few seconds"],
  failed: (why) => new ProblemError(422, "unreadable", `the district could not be read: ${why}`),
});

/**
 * Reads an uploaded district in a thread apart.
 * @throws InputError as intake does; ProblemError unreadable when it takes too long or too much memory; BusyError when too many are being read
 */
export async function readUpload(request: ReadRequest): Promise<ReadDistrict> {
  const { size } = await stat(request.path);
  return readers.run(request, size <= KEPT_UP_TO_BYTES);
}
