import type { PlanState } from "../state.ts";

/** At most projects_max_per_year projects in a year, must-dos included. @returns projects above that, over all years */
export function projectsExcess(state: PlanState): number {
  const most = state.problem.rules.projectsMax;
  let excess = 0;
  for (let year = 0; year < state.years; year++) excess += Math.max(0, state.projects[year] - most);
  return excess;
}
