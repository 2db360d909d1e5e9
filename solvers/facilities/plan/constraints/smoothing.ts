import type { PlanState } from "../state.ts";

const TOLERANCE_USD = 0.005;

/** Most optional spend that smoothing allows a year of this plan: smoothing_max_ratio × the mean spend of all years, must-dos included. */
export function smoothingLimitUsd(state: PlanState): number {
  const ratio = state.problem.rules.smoothingMaxRatio;
  return ratio === Infinity ? Infinity : (ratio * state.totalSpend) / state.years;
}

/**
 * No year's optional spend above smoothing_max_ratio × the mean of all years' spend: must-dos are never held back by it.
 * @returns dollars above the limit, over all years
 */
export function smoothingExcessUsd(state: PlanState): number {
  const limit = smoothingLimitUsd(state) + TOLERANCE_USD;
  if (limit === Infinity) return 0;
  let excess = 0;
  for (let year = 0; year < state.years; year++) excess += Math.max(0, state.optionalSpend[year] - limit);
  return excess;
}
