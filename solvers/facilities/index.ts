import type { Engine } from "@trivium/engine";
import { buildProblem } from "./build.ts";
import { comparePlans } from "./compare.ts";
import { explainAsset } from "./explain/explain.ts";
import { measurePlan } from "./measure.ts";
import { tasks } from "./plan/legs.ts";
import type { FacilitiesProblem } from "./problem.ts";
import { ask } from "./questions/index.ts";
import { withGroups } from "./report/fairness.ts";
import { solvePlan } from "./solve.ts";
import { todayOf } from "./today.ts";

/** What fails when, what to replace when. The model is stated in MODEL.md. */
export const engine: Engine<"facilities", FacilitiesProblem> = {
  area: "facilities",
  needsRoads: false,
  tasks,
  build: async (dataset) => buildProblem(dataset),
  solve: solvePlan,
  finish: async (decisions, { dataset }) => withGroups(decisions, dataset),
  measure: (problem, decisions, unmet) => measurePlan(problem, decisions.plan, unmet),
  today: todayOf,
  compare: comparePlans,
  explain: explainAsset,
  ask,
};

export { forecastRegister } from "./build.ts";
export { backtestEvents } from "./events/event-backtest.ts";
export { dayOf, type EventTables } from "./events/event-register.ts";
export type { FacilitiesProblem } from "./problem.ts";
export {
  type CurveResult,
  fitSurvival,
  type RegressionResult,
  SURVIVAL_MODELS,
  type SurvivalRequest,
} from "./survival/fit-survival.ts";
