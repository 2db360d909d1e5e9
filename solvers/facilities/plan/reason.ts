import type { FacilitiesProblem } from "../problem.ts";
import { plain, share, usd } from "../report/words.ts";
import { baseCostUsd, type PlanState } from "./state.ts";

/** Why an asset is in the plan, and in this year: one sentence for the board. */
export function reasonOf(problem: FacilitiesProblem, state: PlanState, a: number): string {
  const year = state.year[a];
  const years = problem.calendar.years.length;
  const { forecast } = problem;
  const saving = problem.savingUsd[a * years + year];
  const perDollar = saving / baseCostUsd(problem, a, year);
  const due = state.obliged[a] === 1 ? `Must be done by ${problem.rules.mustDoBy[a]}. ` : "";
  return (
    `${due}${plain(forecast.ageYears[a], 0)} years old, ${share(forecast.pFail[a * 4 + 2])} likely to fail within 5 years; ` +
    `${problem.renews[a] === 1 ? "renewing" : "replacing"} it in ${problem.calendar.years[year]} saves ${usd(saving)} (${plain(perDollar, 2)} a dollar)`
  );
}
