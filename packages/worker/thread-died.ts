import { InternalError } from "@trivium/model";

/** What is said when a thread ends without an answer: out of memory, or a native crash. */
export function threadDied(cause: unknown): InternalError {
  const reason = cause instanceof Error ? cause.message : `exit code ${cause}`;
  return new InternalError(
    "thread-died",
    `the solving thread ended without an answer (${reason}). Maybe the problem needs more memory than there is`,
    { values: { reason } },
  );
}
