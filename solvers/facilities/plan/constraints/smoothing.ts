import type { PlanState } from "../state.ts";

/** No year's optional spend above smoothing_max_ratio × the mean of all years' optional spend: must-dos count on neither side. */
export function smoothingHolds(state: PlanState): boolean {
  const ratio = state.problem.rules.smoothingMaxRatio;
  if (ratio === Infinity) return true;
  let total = 0;
  let highest = 0;
  for (let year = 0; year < state.years; year++) {
    total += state.optionalSpend[year];
    highest = Math.max(highest, state.optionalSpend[year]);
  }
  return highest <= (ratio * total) / state.years + 0.005;
}
