import type { Plan, WhatIfFigures } from "@trivium/model";
import type { PlanState } from "../plan/state.ts";
import { fciByYear, totalsOf } from "../plan/totals.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { ifNothingUsd, type StartProject } from "../solve.ts";

/** The figures by which a plan made for a question is judged. */
export function figuresOf(problem: FacilitiesProblem, state: PlanState, mustDoUnmet: number): WhatIfFigures {
  const totals = totalsOf(problem, state.year);
  const fci = fciByYear(problem, state.year);
  const sum = (values: Float64Array) => values.reduce((total, each) => total + each, 0);
  const cents = (value: number) => Math.round(value * 100) / 100;
  return {
    projects: sum(Float64Array.from(state.projects)),
    spend_usd: cents(state.totalSpend),
    objective_usd: cents(totals.objectiveUsd),
    saved_usd: cents(ifNothingUsd(problem) - totals.objectiveUsd),
    expected_failures: Math.round(sum(totals.failures) * 1000) / 1000,
    emergency_usd: cents(sum(totals.emergencyUsd)),
    fci_end: fci[fci.length - 1],
    must_do_unmet: mustDoUnmet,
  };
}

export const startOf = (row: Plan<"facilities">["decisions"]["plan"][number]): StartProject => ({
  asset_id: row.asset_id,
  fiscal_year: row.fiscal_year,
  ...(row.fund_id === undefined ? {} : { fund_id: row.fund_id }),
});
