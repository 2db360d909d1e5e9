import type { PlanState } from "../state.ts";

/** A hundredth of a dollar: sums of thousands of amounts are right to less. */
const TOLERANCE_USD = 0.005;
/** Left unspent: whoever counts the middle of a year a day or two apart gets escalated costs this much higher. */
export const MARGIN = 0.0002;

/**
 * Spend of a fund in a year ≤ its amount + what it carried over; what is left, at most carryMaxUsd, goes on.
 * @returns the money that would have to come in beside it, each dollar in the year that lacks it; 0 when all years hold
 */
function fundMissingUsd(state: PlanState, fund: number): number {
  const { amountUsd, carryMaxUsd } = state.problem.funds;
  const { fundSpend } = state;
  let carried = 0;
  let missing = 0;
  for (let at = fund * state.years, end = at + state.years; at < end; at++) {
    const left = amountUsd[at] * (1 - MARGIN) + carried - fundSpend[at];
    if (left < -TOLERANCE_USD) missing -= left;
    const most = carryMaxUsd[at];
    carried = Math.max(0, Math.min(left, most));
  }
  return missing;
}

/** The same over all funds. */
export function budgetsMissingUsd(state: PlanState): number {
  let missing = 0;
  for (let fund = 0; fund < state.fundCount; fund++) missing += fundMissingUsd(state, fund);
  return missing;
}

/**
 * What a fund could spend more in each year, alone, without lacking money then or later: min(left_t, what cannot be carried + room_{t+1}).
 * @param room [fund × years + year], the fund's part is written
 */
export function writeFundRoom(state: PlanState, fund: number, room: Float64Array): void {
  const { amountUsd, carryMaxUsd } = state.problem.funds;
  const from = fund * state.years;
  const last = from + state.years - 1;
  let carried = 0;
  for (let at = from; at <= last; at++) {
    const left = amountUsd[at] * (1 - MARGIN) + carried - state.fundSpend[at];
    room[at] = left;
    carried = Math.max(0, Math.min(left, carryMaxUsd[at]));
  }
  for (let at = last - 1; at >= from; at--)
    room[at] = Math.min(room[at], Math.max(0, room[at] - carryMaxUsd[at]) + room[at + 1]);
}
