import type { DecisionsOf, Metrics, UnmetOf } from "@trivium/model";
import { renewedBy, replacedBy } from "./decisions.ts";
import { mustDos } from "./plan/must-do.ts";
import { round } from "./plan/outlook.ts";
import { fciByYear, type Totals, totalsOf } from "./plan/totals.ts";
import type { FacilitiesProblem } from "./problem.ts";

/**
 * Figures of any list of projects for this problem's forecast, today's list included.
 * Sums over the horizon; money of failures and repairs undiscounted but for `objective_usd` and `objective_if_nothing_usd`.
 */
export function measurePlan(
  problem: FacilitiesProblem,
  plan: DecisionsOf["facilities"]["plan"],
  unmet: UnmetOf["facilities"],
): Metrics {
  const { calendar, evidence, funds } = problem;
  const replaced = replacedBy(problem, plan);
  const renews = renewedBy(problem, plan);
  const counted = plan.filter((row) => calendar.years.includes(row.fiscal_year));
  const totals = totalsOf(problem, replaced, renews);
  const nothing = totalsOf(problem, new Int16Array(replaced.length).fill(-1));
  const met = mustDos(problem).filter(
    (a) => replaced[a] >= 0 && renews[a] === 0 && calendar.years[replaced[a]] <= problem.rules.mustDoBy[a],
  ).length;
  const total = (of: Totals, name: "failures" | "emergencyUsd" | "repairUsd" | "energyUsd") =>
    of[name].reduce((sum, each) => sum + each, 0);
  const avoided = (name: "failures" | "emergencyUsd" | "repairUsd") => total(nothing, name) - total(totals, name);
  const dollars = (value: number) => round(value, 2);
  const fci = fciByYear(problem, replaced);
  return {
    projects: counted.length,
    visits: new Set(counted.map((row) => `${row.school_id ?? row.asset_id}:${row.fiscal_year}`)).size,
    spend_usd: dollars(counted.reduce((sum, row) => sum + (row.cost_usd ?? 0), 0)),
    budget_usd: dollars(funds.amountUsd.reduce((sum, each) => sum + each, 0)),
    must_do_met: met,
    must_do_unmet: unmet.length > 0 ? unmet.length : mustDos(problem).length - met,
    objective_usd: dollars(totals.objectiveUsd),
    objective_if_nothing_usd: dollars(nothing.objectiveUsd),
    saved_usd: dollars(nothing.objectiveUsd - totals.objectiveUsd),
    bound_usd: null,
    expected_failures: round(total(totals, "failures"), 3),
    expected_failures_if_nothing: round(total(nothing, "failures"), 3),
    failures_avoided: round(avoided("failures"), 3),
    emergency_usd: dollars(total(totals, "emergencyUsd")),
    emergency_if_nothing_usd: dollars(total(nothing, "emergencyUsd")),
    emergency_avoided_usd: dollars(avoided("emergencyUsd")),
    repair_usd: dollars(total(totals, "repairUsd")),
    repair_avoided_usd: dollars(avoided("repairUsd")),
    energy_usd: dollars(total(totals, "energyUsd")),
    fci_end: round(fci[fci.length - 1], 6),
    assets_live: replaced.length,
    as_of_date: isoDay(calendar.asOfDay),
    forecast_failures_known: round(evidence.failures, 2),
    forecast_basis:
      evidence.failures < FEW_FAILURES ? "prior-driven: history is too short to tell" : "the district's history",
    removals_without_reason: evidence.removalsWithoutReason,
    failures_5y_if_unknown_removals_planned: round(evidence.failures5yLow, 3),
    failures_5y_if_unknown_removals_failed: round(evidence.failures5yHigh, 3),
  };
}

const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Below this many failures nothing is claimed of a forecast. */
const FEW_FAILURES = 30;
