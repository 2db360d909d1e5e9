import type { TimetableInstance } from "@trivium/model";
import { solveTimetable, type TimetableSolved } from "@trivium/scheduling";
import { solvedInThreads, type ThreadHooks } from "./threads/solved-in-threads.ts";

/** Solves an instance of ITC2019, its searches in threads; this thread only waits. */
export const solveTimetableInThreads = (instance: TimetableInstance, hooks: ThreadHooks): Promise<TimetableSolved> =>
  solvedInThreads(instance, "scheduling", "timetable-tasks", hooks, (context) => solveTimetable(instance, context));
