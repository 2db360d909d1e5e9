import type { Answer, Question } from "@trivium/engine";
import type { FuturesAnswer, FutureYear, Plan } from "@trivium/model";
import { renewedBy, replacedBy } from "../decisions.ts";
import { fanOf, horizonSums } from "../futures/fan.ts";
import { type Futures, simulateFutures } from "../futures/simulate.ts";
import { round } from "../plan/outlook.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { numberOf, wholeNumberOf } from "./number.ts";

export const FUTURES = 1000;
export const FUTURES_MAX = 20_000;

/** `{ kind: "futures", futures?, seed?, reserve_usd? }`: emergencies, backlog and condition of the plan over simulated futures, and how likely a year is overrun. */
export function askFutures(problem: FacilitiesProblem, plan: Plan<"facilities">, question: Question): Answer {
  const count = wholeNumberOf(question, "futures", FUTURES, 1, FUTURES_MAX);
  const seed = wholeNumberOf(question, "seed", plan.seed ?? 1, 0, 0xffffffff);
  const reserveUsd = numberOf(question, "reserve_usd", 0, 0);
  const futures = simulateFutures(
    problem,
    replacedBy(problem, plan.decisions.plan),
    count,
    seed,
    renewedBy(problem, plan.decisions.plan),
  );
  const unspent = unspentUsd(problem, plan);
  const answer: FuturesAnswer = {
    futures: count,
    seed,
    reserve_usd: reserveUsd,
    by_year: problem.calendar.years.map((_, year) => futureYear(problem, futures, year, unspent[year], reserveUsd)),
    failures: fanOf(horizonSums(futures.failures, futures.years), 3),
    emergency_usd: fanOf(horizonSums(futures.emergencyUsd, futures.years), 2),
    overrun_chance_any_year: chance(futures, (future) =>
      unspent.some((left, year) => futures.emergencyUsd[future * futures.years + year] > left + reserveUsd),
    ),
  };
  return { ...answer };
}

function futureYear(
  problem: FacilitiesProblem,
  futures: Futures,
  year: number,
  unspent: number,
  reserveUsd: number,
): FutureYear {
  const { calendar, replacementUsd: costUsd, money } = problem;
  const all = costUsd.reduce((sum, each) => sum + each, 0);
  const of = (values: ArrayLike<number>, scale = 1) =>
    Float64Array.from({ length: futures.count }, (_, future) => scale * values[future * futures.years + year]);
  return {
    fiscal_year: calendar.years[year],
    failures: fanOf(of(futures.failures), 3),
    emergency_usd: fanOf(of(futures.emergencyUsd), 2),
    fci: fanOf(of(futures.dueUsd, all > 0 ? 1 / all : 0), 6),
    backlog_usd: fanOf(of(futures.dueUsd, money.escalation[year]), 2),
    unspent_usd: round(unspent, 2),
    overrun_chance: chance(
      futures,
      (future) => futures.emergencyUsd[future * futures.years + year] > unspent + reserveUsd,
    ),
  };
}

function chance(futures: Futures, happens: (future: number) => boolean): number {
  let hits = 0;
  for (let future = 0; future < futures.count; future++) if (happens(future)) hits++;
  return hits / futures.count;
}

/** That year's amounts of all funds less the plan's spend of the year; never below 0 (a year may spend what was carried over). */
function unspentUsd({ calendar, funds }: FacilitiesProblem, plan: Plan<"facilities">): number[] {
  const years = calendar.years.length;
  return calendar.years.map((fiscalYear, year) => {
    const budget = funds.ids.reduce((sum, _, fund) => sum + funds.amountUsd[fund * years + year], 0);
    const spend = plan.decisions.plan.reduce(
      (sum, row) => sum + (row.fiscal_year === fiscalYear ? (row.cost_usd ?? 0) : 0),
      0,
    );
    return Math.max(0, budget - spend);
  });
}
