import type { DecisionsOf, UnmetOf } from "@trivium/model";
import { tablesAround } from "./decisions.ts";
import { outlookOf, round } from "./plan/outlook.ts";
import type { FacilitiesProblem } from "./problem.ts";

/**
 * Today's list in the tables of a plan, measured with the same forecast. Building, school and cost are filled in where the list leaves them out
 * (the cost then without mobilization).
 */
export function todayOf(
  problem: FacilitiesProblem,
): { decisions: DecisionsOf["facilities"]; unmet: UnmetOf["facilities"] } | null {
  if (problem.todayPlan === null) return null;
  const { register, forecast, calendar } = problem;
  const liveOf = new Map(Array.from(forecast.live, (asset, a) => [register.assetIds[asset], a]));
  const plan = problem.todayPlan.map((row) => {
    const a = liveOf.get(row.asset_id);
    if (a === undefined) return row;
    const asset = forecast.live[a];
    const year = calendar.years.indexOf(row.fiscal_year);
    const renewed = row.action === "renew" ? outlookOf(problem, a).renewed : undefined;
    const costUsd = renewed?.costUsd ?? problem.replacementUsd[a];
    return {
      ...row,
      building_id: row.building_id ?? register.buildings[register.building[asset]].id,
      school_id: row.school_id ?? register.schoolIds[register.school[asset]],
      action: row.action ?? ("replace" as const),
      ...(row.cost_usd === undefined && year >= 0
        ? { cost_usd: round(costUsd * problem.money.escalation[year], 2) }
        : {}),
    };
  });
  return { decisions: tablesAround(problem, plan), unmet: [] };
}
