import type { PlanState } from "../state.ts";
import { budgetsHold } from "./budget.ts";
import { equityHolds } from "./equity.ts";
import { projectsMaxHolds } from "./projects-max.ts";
import { smoothingHolds } from "./smoothing.ts";

/** All rules that depend on more than one project; blackouts and what a fund may buy are kept by the moves themselves. */
export function rulesHold(state: PlanState): boolean {
  for (let year = 0; year < state.years; year++) if (!projectsMaxHolds(state, year)) return false;
  return budgetsHold(state) && smoothingHolds(state) && equityHolds(state);
}

export { budgetsHold, fundMissingUsd } from "./budget.ts";
export { equityHolds } from "./equity.ts";
export { projectsMaxHolds } from "./projects-max.ts";
export { smoothingHolds } from "./smoothing.ts";
export { yearIsOpen } from "./years-open.ts";
