import { BusyError, InternalError } from "@trivium/model";

/** What the store says when the database is away, held by others, full or read-only: none of it lasts. */
const PASSES = /^store-(away|busy|full|read-only)$/;

/** Whether an error is the store's trouble, and passes by itself or by the operator's hand. */
const isPassing = (error: unknown): boolean =>
  error instanceof BusyError || (error instanceof InternalError && PASSES.test(error.code));

/**
 * Reads or writes, again and again while the store's trouble lasts: a night's plan is not thrown away because the database restarts, or
 * its disk is full, at the moment when it is done. Gives up when the process stops.
 */
export async function untilDone<T>(work: () => Promise<T>, everyMs: number, stopping: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (stopping.aborted || !isPassing(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
