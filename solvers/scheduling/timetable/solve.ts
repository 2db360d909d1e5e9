import type { SolveContext } from "@trivium/engine";
import type { PlacedClass, TimetableInstance } from "@trivium/model";
import { kernelOf, searchTimetable } from "./search/solve.ts";
import type { Timetable } from "./search/timetable.ts";

export { timetableTask } from "./search/solve.ts";

export interface TimetableSolved {
  /** `infeasible` is proven; `none`: no legal timetable was found within the budget. */
  readonly status: "feasible" | "infeasible" | "none";
  readonly reason?: string;
  /** Where and when each class meets and who attends it; empty unless feasible. */
  readonly classes: readonly PlacedClass[];
  /** As the search counts it; the verifier counts it anew. */
  readonly penalty: number | undefined;
  readonly iterations: number;
}

/**
 * Solves an instance of ITC2019: times, rooms and students' classes of least penalty. Anytime; the same instance, seed, threads and iterations give the
 * same timetable.
 */
export async function solveTimetable(
  instance: TimetableInstance,
  context: SolveContext<TimetableInstance>,
): Promise<TimetableSolved> {
  const { status, reason, timetable, iterations } = await searchTimetable(instance, context);
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    classes: status === "feasible" && timetable ? placedClasses(instance, timetable) : [],
    penalty: status === "feasible" ? timetable?.penalty : undefined,
    iterations,
  };
}

function placedClasses(instance: TimetableInstance, { time, room, chosen }: Timetable): PlacedClass[] {
  const { classIds, times, rooms, sectioning } = kernelOf(instance);
  const students = classIds.map((): string[] => []);
  chosen.forEach((c, k) => {
    if (c >= 0) students[c].push(sectioning.studentIds[sectioning.requestStudent[Math.floor(k / sectioning.stride)]]);
  });
  return classIds.map((id, c) => {
    const { days, weeks, start } = times.meetings[time[c]];
    return {
      id,
      days,
      weeks,
      start,
      room: room[c] === rooms ? undefined : instance.rooms[room[c]].id,
      students: students[c],
    };
  });
}
