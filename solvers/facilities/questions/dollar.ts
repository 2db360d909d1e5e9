import type { Answer, Question } from "@trivium/engine";
import { InputError, type Plan } from "@trivium/model";
import type { FacilitiesProblem } from "../problem.ts";

/** `{ kind: "dollar", fiscal_year }`: what would one more dollar in that year save? The dual price of the year's money, from the bound's proof. */
export function askDollar(problem: FacilitiesProblem, plan: Plan<"facilities">, question: Question): Answer {
  const { years } = problem.calendar;
  const year = question.fiscal_year;
  if (typeof year !== "number" || !years.includes(year))
    throw new InputError(
      "year-not-planned",
      `fiscal_year is ${String(year)}: must be a year of the plan, ${years[0]} to ${years[years.length - 1]}. Maybe ${years[0]}`,
      { path: "fiscal_year", values: { fiscal_year: year } },
    );
  return {
    fiscal_year: year,
    saves_usd: dollarPriceIn(plan, year),
    by_year: Object.fromEntries(years.map((each) => [each, dollarPriceIn(plan, each)])),
  };
}

/** What one more dollar in a year saves by the plan's own dual prices; 0 where it reports none (today's list). */
export function dollarPriceIn(plan: Plan<"facilities">, year: number): number {
  const price = plan.metrics[`dollar_${year}_saves_usd`];
  return typeof price === "number" ? price : 0;
}
