import type { Answer, Question } from "@trivium/engine";
import { dayNumber, InputError, type Plan } from "@trivium/model";
import { endingsWithin, scoreLastForecast } from "../backtest/last-forecast.ts";
import { fiscalYearFirstDay } from "../plan/fiscal-years.ts";
import type { FacilitiesProblem } from "../problem.ts";

/** What became of a project that was due by the end of the window. */
type Outcome = "done" | "failed first" | "not done";

/**
 * `{ kind: "actuals", until? }`: last year's forecast against what has happened since. The plan is the old one; the problem is built from the
 * district as it is known now, with `actuals.csv` or a register that has grown older. `until` (a date) defaults to the last day that is known.
 */
export function askActuals(problem: FacilitiesProblem, plan: Plan<"facilities">, question: Question): Answer {
  const from = plan.metrics.as_of_date;
  if (typeof from !== "string")
    throw new InputError(
      "plan-without-date",
      "the plan does not say as of which date it was made. Maybe solve it anew",
      {
        path: "plan",
      },
    );
  const until = question.until ?? lastKnownDay(problem);
  if (typeof until !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(until) || until <= from)
    throw new InputError(
      "nothing-since",
      `until ${String(until)} is not a date after ${from}, when the forecast was made. Maybe actuals.csv is missing, or the register is the old one`,
      { path: "until", values: { from, until } },
    );
  const score = scoreLastForecast(problem.register, problem.actuals, plan.decisions.forecast, from, until);
  return { ...score, projects: projectOutcomes(problem, plan, dayNumber(from), dayNumber(until)) };
}

function lastKnownDay({ calendar, actuals }: FacilitiesProblem): string {
  const asOf = new Date(calendar.asOfDay * 86_400_000).toISOString().slice(0, 10);
  return [asOf, ...actuals.map((row) => row.date)].sort().at(-1) ?? asOf;
}

/** Projects of the fiscal years that have ended by `until`: which were done, and which failed before their turn came. */
function projectOutcomes(
  problem: FacilitiesProblem,
  plan: Plan<"facilities">,
  fromDay: number,
  untilDay: number,
): { asset_id: string; fiscal_year: number; outcome: Outcome }[] {
  const ended = endingsWithin(problem.register, problem.actuals, fromDay, untilDay);
  const { yearStart } = problem.calendar;
  return plan.decisions.plan
    .filter((project) => fiscalYearFirstDay(yearStart, project.fiscal_year + 1) <= untilDay)
    .map(({ asset_id, fiscal_year }) => {
      const end = ended.get(asset_id);
      return { asset_id, fiscal_year, outcome: end === undefined ? "not done" : end.failed ? "failed first" : "done" };
    });
}
