import type { PlanState } from "../state.ts";

/** Named schools get at least min_share of the whole horizon's spend, mobilization included. */
export function equityHolds(state: PlanState): boolean {
  const { equity } = state.problem.rules;
  if (equity.length === 0) return true;
  let total = 0;
  for (const spend of state.schoolSpend) total += spend;
  return equity.every(({ member, minShare }) => {
    let inside = 0;
    for (let school = 0; school < member.length; school++)
      if (member[school] === 1) inside += state.schoolSpend[school];
    return inside >= minShare * total - 0.005;
  });
}
