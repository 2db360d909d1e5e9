import type { PlanState } from "../state.ts";

const TOLERANCE_USD = 0.005;

/** Named schools get at least min_share of the whole horizon's spend, mobilization included. @returns dollars they lack */
export function equityMissingUsd(state: PlanState): number {
  const { equity } = state.problem.rules;
  if (equity.length === 0) return 0;
  let total = 0;
  for (let school = 0; school < state.schoolSpend.length; school++) total += state.schoolSpend[school];
  let missing = 0;
  for (const { member, minShare } of equity) {
    let inside = 0;
    for (let school = 0; school < member.length; school++)
      if (member[school] === 1) inside += state.schoolSpend[school];
    missing += Math.max(0, minShare * total - inside - TOLERANCE_USD);
  }
  return missing;
}
