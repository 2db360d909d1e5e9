import type { PlanState } from "../state.ts";

const TOLERANCE_USD = 0.005;

/**
 * No year's optional spend above smoothing_max_ratio × the mean of all years' optional spend: must-dos count on neither side.
 * @returns dollars above the limit, over all years
 */
export function smoothingExcessUsd(state: PlanState): number {
  const ratio = state.problem.rules.smoothingMaxRatio;
  if (ratio === Infinity) return 0;
  let total = 0;
  for (let year = 0; year < state.years; year++) total += state.optionalSpend[year];
  const limit = (ratio * total) / state.years + TOLERANCE_USD;
  let excess = 0;
  for (let year = 0; year < state.years; year++) excess += Math.max(0, state.optionalSpend[year] - limit);
  return excess;
}
