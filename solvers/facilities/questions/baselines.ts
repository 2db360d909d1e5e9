import type { Answer, Question } from "@trivium/engine";
import type { BaselineList, BaselinesAnswer, Plan } from "@trivium/model";
import { renewedBy, replacedBy } from "../decisions.ts";
import { fanOf, horizonSums } from "../futures/fan.ts";
import { simulateFutures } from "../futures/simulate.ts";
import { placeMustDos } from "../plan/must-do.ts";
import { listByRule, RULES_OF_THUMB } from "../plan/rules-of-thumb.ts";
import { snapshot } from "../plan/state.ts";
import { fciByYear, totalsOf } from "../plan/totals.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { ifNothingUsd } from "../solve.ts";
import { todayOf } from "../today.ts";
import { FUTURES, FUTURES_MAX } from "./futures.ts";
import { wholeNumberOf } from "./number.ts";

interface List {
  readonly name: string;
  /** By live asset: plan year (0 first) or −1. */
  readonly replaced: ArrayLike<number>;
  readonly renews: ArrayLike<number>;
  readonly projects: number;
  readonly spendUsd: number;
}

/** `{ kind: "baselines", futures?, seed? }`: the plan, today's list and the rules of thumb that districts use, with the same money, simulated on the same futures. */
export function askBaselines(problem: FacilitiesProblem, plan: Plan<"facilities">, question: Question): Answer {
  const futures = wholeNumberOf(question, "futures", FUTURES, 1, FUTURES_MAX);
  const seed = wholeNumberOf(question, "seed", plan.seed ?? 1, 0, 0xffffffff);
  const years = problem.calendar.years.length;
  const attainableUsd = plan.bound ? ifNothingUsd(problem) - plan.bound.best_possible : null;
  const lists = listsOf(problem, plan);
  const emergencies = (list: List) => {
    const found = simulateFutures(problem, list.replaced, futures, seed, list.renews);
    return { failures: horizonSums(found.failures, years), emergencyUsd: horizonSums(found.emergencyUsd, years) };
  };
  const own = emergencies(lists[0]);
  const rows = lists.map((list, at): BaselineList => {
    const found = at === 0 ? own : emergencies(list);
    const expected = totalsOf(problem, list.replaced, list.renews);
    const savedUsd = ifNothingUsd(problem) - expected.objectiveUsd;
    const cheaper = own.emergencyUsd.reduce((n, usd, future) => n + +(usd < found.emergencyUsd[future]), 0);
    const fci = fciByYear(problem, list.replaced);
    return {
      name: list.name,
      projects: list.projects,
      spend_usd: cents(list.spendUsd),
      objective_usd: cents(expected.objectiveUsd),
      saved_usd: cents(savedUsd),
      share_of_attainable: attainableUsd && attainableUsd > 0 ? savedUsd / attainableUsd : null,
      fci_end: fci[fci.length - 1],
      failures: fanOf(found.failures.slice(), 3),
      emergency_usd: fanOf(found.emergencyUsd.slice(), 2),
      plan_cheaper_chance: cheaper / futures,
    };
  });
  const answer: BaselinesAnswer = { futures, seed, lists: rows };
  return { ...answer };
}

const cents = (value: number): number => Math.round(value * 100) / 100;

function listsOf(problem: FacilitiesProblem, plan: Plan<"facilities">): List[] {
  const today = todayOf(problem);
  const mustDos = snapshot(placeMustDos(problem));
  return [
    listOf(problem, "plan", plan.decisions.plan),
    ...(today ? [listOf(problem, "today", today.decisions.plan)] : []),
    ...RULES_OF_THUMB.map(({ name, urgency }): List => {
      const state = listByRule(problem, mustDos, urgency);
      const projects = state.projects.reduce((sum, each) => sum + each, 0);
      return { name, replaced: state.year, renews: problem.renews, projects, spendUsd: state.totalSpend };
    }),
    listOf(problem, "nothing", []),
  ];
}

function listOf(problem: FacilitiesProblem, name: string, rows: Plan<"facilities">["decisions"]["plan"]): List {
  const counted = rows.filter((row) => problem.calendar.years.includes(row.fiscal_year));
  return {
    name,
    replaced: replacedBy(problem, rows),
    renews: renewedBy(problem, rows),
    projects: counted.length,
    spendUsd: counted.reduce((sum, row) => sum + (row.cost_usd ?? 0), 0),
  };
}
