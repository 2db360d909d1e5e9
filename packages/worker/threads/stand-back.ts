import { constants, setPriority } from "node:os";

/**
 * Lets the threads that answer people go before this one, which searches: on a machine whose cores all solve, calls stay quick.
 * Linux keeps priorities by thread; elsewhere they are the whole process's, and are left alone.
 */
export function standBack(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed here: then all are equal.
  }
}
