import type { PlanState } from "../state.ts";
import { budgetsMissingUsd } from "./budget.ts";
import { equityMissingUsd } from "./equity.ts";
import { projectsExcess } from "./projects-max.ts";
import { smoothingExcessUsd } from "./smoothing.ts";

/** Rules that tie projects together; blackouts, must-do years and what a fund may buy are kept by whoever places a project. */
export function rulesHold(state: PlanState): boolean {
  return (
    projectsExcess(state) === 0 &&
    budgetsMissingUsd(state) === 0 &&
    smoothingExcessUsd(state) === 0 &&
    equityMissingUsd(state) === 0
  );
}

export { budgetsMissingUsd, writeFundRoom } from "./budget.ts";
export { equityMissingUsd } from "./equity.ts";
export { projectsExcess } from "./projects-max.ts";
export { smoothingExcessUsd, smoothingLimitUsd } from "./smoothing.ts";
export { yearIsOpen } from "./years-open.ts";
