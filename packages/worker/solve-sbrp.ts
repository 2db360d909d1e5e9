import { type SbrpInstance, type SbrpOptions, type SbrpSolution, solveSbrp } from "@trivium/routing";
import { solvedInThreads, type ThreadHooks } from "./threads/solved-in-threads.ts";

/** Solves an instance of the public school-bus set, its searches in threads; this thread only waits. */
export const solveSbrpInThreads = (
  instance: SbrpInstance,
  options: SbrpOptions,
  hooks: ThreadHooks,
): Promise<SbrpSolution> =>
  solvedInThreads(instance, "routing", "sbrp-tasks", hooks, (context) => solveSbrp(instance, options, context));
