import type { Engine } from "@trivium/engine";
import { analyse } from "./analysis/analysis.ts";
import { buildProblem } from "./problem/build.ts";
import type { SchedulingProblem } from "./problem/problem.ts";
import { ask } from "./questions/ask.ts";
import { reseatTask, searchTask } from "./questions/one-more/tasks.ts";
import { compare } from "./report/compare.ts";
import { explain } from "./report/explain.ts";
import { withFairness } from "./report/fairness.ts";
import { measure } from "./report/metrics.ts";
import { chainTask, solve } from "./search/solve.ts";

export { loadStudents } from "./loading/load-students.ts";
export type { SchedulingProblem } from "./problem/problem.ts";
export { DEFAULT_WEIGHTS, type WeightName } from "./problem/weights.ts";
export { solveTimetable, type TimetableSolved, timetableTask } from "./timetable/solve.ts";

/** The master schedule: when each section meets, with whom, where, and which students sit in it. */
export const engine: Engine<"scheduling", SchedulingProblem> = {
  area: "scheduling",
  needsRoads: false,
  tasks: { chain: chainTask, one_more: reseatTask, one_more_search: searchTask },
  build: async (dataset, options) => buildProblem(dataset, options),
  solve,
  measure,
  today: (problem) => problem.today,
  finish: async (decisions, { dataset }) => withFairness(decisions, dataset),
  compare,
  explain,
  analyse,
  ask,
};
