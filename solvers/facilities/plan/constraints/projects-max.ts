import type { PlanState } from "../state.ts";

/** At most projects_max_per_year projects in a year, must-dos included. */
export function projectsMaxHolds(state: PlanState, year: number): boolean {
  return state.projects[year] <= state.problem.rules.projectsMax;
}
