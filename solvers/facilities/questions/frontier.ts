import { type Answer, createContext, type Question } from "@trivium/engine";
import type { FrontierAnswer, FrontierPoint, Plan, WhatIfProject } from "@trivium/model";
import type { Prices } from "../plan/bound/prices.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { dollarPrice, ifNothingUsd, type MadePlan, makePlan, type StartProject } from "../solve.ts";
import { figuresOf, startOf } from "./figures-of.ts";
import { numberOf, wholeNumberOf } from "./number.ts";

/** Moves of the local search for a point, unless told otherwise. */
export const ITERATIONS = 30_000;

/**
 * `{ kind: "frontier", points?, least?, most?, iterations? }`: what every year's budgets, all scaled alike from `least` to `most` of what they are, would
 * do: the least expected cost with each. Each point starts from the prices and projects of the one before.
 */
export async function askFrontier(
  problem: FacilitiesProblem,
  plan: Plan<"facilities">,
  question: Question,
): Promise<Answer> {
  const count = wholeNumberOf(question, "points", 10, 2, 50);
  const least = numberOf(question, "least", 0.5, 0.01, 10);
  const most = numberOf(question, "most", 1.4, least, 10);
  const iterations = wholeNumberOf(question, "iterations", ITERATIONS, 1, 1e8);
  const points: FrontierPoint[] = [];
  let start: readonly StartProject[] = plan.decisions.plan.map(startOf);
  let warm: Prices | undefined;
  for (let point = 0; point < count; point++) {
    const share = least + ((most - least) * point) / (count - 1);
    const scaled = withMoney(problem, share);
    const context = createContext(scaled, { limits: { iterations }, seed: plan.seed });
    const made = await makePlan(scaled, start, context, { warm });
    points.push(pointOf(scaled, made, share));
    start = made.state.projects.length > 0 ? projectsIn(made) : start;
    warm = made.priced.prices;
  }
  const answer: FrontierAnswer = { points };
  return { ...answer };
}

/** The same district with all its money scaled. */
function withMoney(problem: FacilitiesProblem, share: number): FacilitiesProblem {
  const { funds } = problem;
  const scaled = (values: Float64Array) => values.map((each) => each * share);
  return {
    ...problem,
    funds: { ...funds, amountUsd: scaled(funds.amountUsd), carryMaxUsd: scaled(funds.carryMaxUsd) },
  };
}

function pointOf(problem: FacilitiesProblem, made: MadePlan, share: number): FrontierPoint {
  const { years } = problem.calendar;
  const figures = figuresOf(problem, made.state, made.unmet.length);
  const budget = problem.funds.amountUsd.reduce((sum, each) => sum + each, 0);
  const { projects, spend_usd, objective_usd, saved_usd, expected_failures, emergency_usd, fci_end } = figures;
  return {
    budget_share: share,
    budget_usd: Math.round(budget * 100) / 100,
    spend_usd,
    projects,
    objective_usd,
    bound_usd: Math.round((ifNothingUsd(problem) - made.priced.boundUsd) * 100) / 100,
    saved_usd,
    expected_failures,
    emergency_usd,
    fci_end,
    dollar_saves_usd: Math.max(0, ...years.map((_, year) => dollarPrice(problem, made.priced.prices, year))),
    must_do_unmet: figures.must_do_unmet,
  };
}

/** A plan's projects, to start another from. */
export function projectsIn({ state }: MadePlan): WhatIfProject[] {
  const { register, forecast, calendar, funds, renews } = state.problem;
  return Array.from(state.year).flatMap((year, a) =>
    year < 0
      ? []
      : [
          {
            asset_id: register.assetIds[forecast.live[a]],
            fiscal_year: calendar.years[year],
            fund_id: funds.ids[state.fund[a]],
            action: renews[a] === 1 ? "renew" : "replace",
          },
        ],
  );
}
