import type { PlanState } from "../state.ts";

/** A hundredth of a dollar: sums of thousands of amounts are right to less. */
const TOLERANCE_USD = 0.005;
/** Left unspent: whoever counts the middle of a year a day or two apart gets escalated costs this much higher. */
const MARGIN = 0.0002;

/**
 * Spend of a fund in a year ≤ its amount + what it carried over; what is left, at most carryMaxUsd, goes on.
 * @returns the money that would have to come in beside it, each dollar in the year that lacks it; 0 when all years hold
 */
function fundMissingUsd(state: PlanState, fund: number): number {
  const { amountUsd, carryMaxUsd } = state.problem.funds;
  let carried = 0;
  let missing = 0;
  for (let at = fund * state.years; at < (fund + 1) * state.years; at++) {
    const left = amountUsd[at] * (1 - MARGIN) + carried - state.fundSpend[at];
    if (left < -TOLERANCE_USD) missing -= left;
    carried = Math.max(0, Math.min(left, carryMaxUsd[at]));
  }
  return missing;
}

/** The same over all funds. */
export function budgetsMissingUsd(state: PlanState): number {
  let missing = 0;
  for (let fund = 0; fund < state.fundCount; fund++) missing += fundMissingUsd(state, fund);
  return missing;
}
