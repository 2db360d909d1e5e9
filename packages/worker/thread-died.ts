import { InternalError } from "@trivium/model";
import { memoryCap } from "./memory-watch.ts";

/** What is said when a thread ends without an answer: out of memory, or a native crash. */
export function threadDied(cause: unknown, capMb?: number): InternalError {
  if (capMb !== undefined && (cause as { code?: string } | undefined)?.code === "ERR_WORKER_OUT_OF_MEMORY")
    return memoryCap(capMb);
  const reason = cause instanceof Error ? cause.message : `exit code ${cause}`;
  return new InternalError(
    "thread-died",
    `the solving thread ended without an answer (${reason}). Maybe the problem needs more memory than there is`,
    { values: { reason } },
  );
}
