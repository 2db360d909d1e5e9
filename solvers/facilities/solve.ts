import { partOf, type Solution, type SolveContext, type SolveOptions } from "@trivium/engine";
import { decisionsOf, type PlannedProject } from "./decisions.ts";
import { measurePlan } from "./measure.ts";
import { emptyRelaxation, type RelaxedProblem, relax, relaxedProblem } from "./plan/bound/lagrangian.ts";
import { type Multipliers, startMultipliers, stepMultipliers } from "./plan/bound/multipliers.ts";
import { emptyPrices, type Prices } from "./plan/bound/prices.ts";
import { equityMissingUsd, rulesHold } from "./plan/constraints/index.ts";
import { construct } from "./plan/construct.ts";
import { dive } from "./plan/dive.ts";
import { placeMustDos, unmetMustDos } from "./plan/must-do.ts";
import { reasonOf } from "./plan/reason.ts";
import { search } from "./plan/search.ts";
import { add, type PlanState, projectCostUsd, restore, type Snapshot, snapshot, UNPLANNED } from "./plan/state.ts";
import { unmetRows } from "./plan/unmet.ts";
import type { FacilitiesProblem } from "./problem.ts";

/** Steps of the price search: more where a step is cheap. */
const STEPS_MIN = 60;
const STEPS_MAX = 800;
const WORK = 4e7;
const CONSTRUCT_EVERY = 20;
/** Weight of the newest relaxed plan in how often a visit was made; how often it must be to be agreed on, in turn. */
const NEWEST = 0.05;
const THRESHOLDS = [0.5, 0.3, 0.7, 0.4, 0.6];
/** The price search stops within this share of the bound. */
const CLOSE_ENOUGH = 1e-5;
/** Feasibility tolerance of the linear program, as a share of its value. */
const LP_TOLERANCE = 1e-6;

/**
 * The capital plan: must-dos first; Lagrangian prices of dollars, giving a proven bound and, every few steps, a plan by package greedy;
 * then local search over plans that keep every rule until the budget is spent. Feasible from the first step on.
 */
export async function solvePlan(
  problem: FacilitiesProblem,
  options: SolveOptions,
  context: SolveContext<FacilitiesProblem>,
): Promise<Solution<"facilities">> {
  const obliged = placeMustDos(problem);
  const unmet = unmetMustDos(obliged);
  const base = snapshot(obliged);
  const nothingUsd = problem.ifNothingUsd.reduce((sum, each) => sum + each, 0);
  const relaxed = relaxedProblem(
    problem,
    unmet.map((each) => each.asset),
  );
  const report = (phase: string, iterations: number, savingUsd: number, boundUsd: number) =>
    context.report({
      phase,
      iterations,
      best: nothingUsd - savingUsd,
      best_label: "objective_usd",
      bound: nothingUsd - boundUsd,
    });
  const dual = searchPrices(relaxed, base, startPlan(problem, base, options), context, report);
  const priced = await improveByLp(relaxed, dual, context);
  const field = {
    random: context.random,
    candidates: Int32Array.from(relaxed.bySchool.flatMap((each) => Array.from(each))).sort(),
    bySchool: relaxed.bySchool,
    mustDosMove: unmet.length === 0,
  };
  const found = search(
    restore(problem, priced.best),
    field,
    context.budget,
    priced.iterations,
    (iterations, savingUsd) => report("local search", iterations, savingUsd, priced.boundUsd),
  );
  const state = restore(problem, found.best);
  if (equityMissingUsd(state) > 0)
    return {
      status: "no_plan",
      decisions: decisionsOf(problem, []),
      unmet: [],
      metrics: {},
      bound: null,
      iterations: found.iterations,
    };
  return finishPlan(problem, state, unmetRows(problem, unmet), priced, nothingUsd, found.iterations);
}

interface Priced {
  readonly best: Snapshot;
  readonly boundUsd: number;
  readonly prices: Prices;
  readonly iterations: number;
}

function searchPrices(
  relaxed: RelaxedProblem,
  mustDos: Snapshot,
  start: PlanState,
  context: SolveContext<FacilitiesProblem>,
  report: (phase: string, iterations: number, savingUsd: number, boundUsd: number) => void,
): Priced {
  const { problem } = relaxed;
  const assets = problem.forecast.live.length;
  const found = emptyRelaxation(problem);
  const visitShare = new Float64Array(found.open.length);
  const excess = emptyPrices(problem);
  const multipliers: Multipliers = startMultipliers(relaxed);
  const work = assets * problem.calendar.years.length * Math.max(1, problem.funds.ids.length);
  const steps = Math.round(Math.min(STEPS_MAX, Math.max(STEPS_MIN, WORK / Math.max(1, work))));
  const budget = partOf(context.budget, 0, 0.5);
  let best = snapshot(start);
  let bestUsd = start.savingUsd;
  let step = 0;
  for (; step < steps && (step === 0 || budget.spent(step) < 1); step++) {
    relax(relaxed, multipliers.prices, found, excess);
    for (let visit = 0; visit < visitShare.length; visit++)
      visitShare[visit] += Math.max(NEWEST, 1 / (step + 1)) * (found.open[visit] - visitShare[visit]);
    if (step % CONSTRUCT_EVERY === 0 || step === steps - 1) {
      const threshold = THRESHOLDS[((step / CONSTRUCT_EVERY) % THRESHOLDS.length) | 0];
      const plan = construct(mustDos, { prices: multipliers.best, visitShare, threshold }, problem);
      if (plan.savingUsd > bestUsd && rulesHold(plan)) {
        best = snapshot(plan);
        bestUsd = plan.savingUsd;
      }
    }
    stepMultipliers(relaxed, multipliers, found, excess, bestUsd);
    report("prices", step, bestUsd, multipliers.bestUsd);
    if (multipliers.bestUsd - bestUsd <= CLOSE_ENOUGH * Math.abs(multipliers.bestUsd)) break;
  }
  return { best, boundUsd: Math.max(multipliers.bestUsd, bestUsd), prices: multipliers.best, iterations: step };
}

/** For small problems the linear program: its bound where it is lower, its plan where that saves more. */
async function improveByLp(
  relaxed: RelaxedProblem,
  dual: Priced,
  context: SolveContext<FacilitiesProblem>,
): Promise<Priced> {
  const { problem } = relaxed;
  const bestUsd = restore(problem, dual.best).savingUsd;
  const close = dual.boundUsd - bestUsd <= CLOSE_ENOUGH * Math.abs(dual.boundUsd);
  if (close || context.budget.spent(dual.iterations) >= 1) return dual;
  const dived = await dive(relaxed, dual.prices, () => context.budget.spent(dual.iterations) >= 1);
  if (dived === null) return dual;
  const better = dived.plan !== null && dived.plan.savingUsd > bestUsd;
  return {
    ...dual,
    best: better && dived.plan ? snapshot(dived.plan) : dual.best,
    boundUsd: Math.max(bestUsd, Math.min(dual.boundUsd, dived.boundUsd * (1 + LP_TOLERANCE))),
  };
}

/** The plan handed in, where it keeps all rules with the must-dos laid on; else the must-dos alone. */
function startPlan(problem: FacilitiesProblem, mustDos: Snapshot, options: SolveOptions): PlanState {
  const state = restore(problem, mustDos);
  if (options.start?.area !== "facilities") return state;
  const indexOf = new Map(Array.from(problem.forecast.live, (asset, a) => [problem.register.assetIds[asset], a]));
  const { plan } = options.start.decisions as {
    plan: readonly { asset_id: string; fiscal_year: number; fund_id?: string }[];
  };
  for (const row of plan) {
    const a = indexOf.get(row.asset_id);
    const year = problem.calendar.years.indexOf(row.fiscal_year);
    const fund = problem.funds.ids.indexOf(row.fund_id ?? "");
    if (a === undefined || year < 0 || fund < 0 || state.year[a] !== UNPLANNED) continue;
    if (problem.payable[a * state.fundCount + fund] === 1 && problem.costUsd[a] > 0) add(state, a, year, fund);
  }
  return rulesHold(state) ? state : restore(problem, mustDos);
}

function finishPlan(
  problem: FacilitiesProblem,
  state: PlanState,
  unmet: ReturnType<typeof unmetRows>,
  priced: Priced,
  nothingUsd: number,
  iterations: number,
): Solution<"facilities"> {
  const projects: PlannedProject[] = [];
  state.year.forEach((year, a) => {
    if (year === UNPLANNED) return;
    projects.push({
      a,
      year,
      fund: problem.funds.ids[state.fund[a]],
      costUsd: projectCostUsd(state, a),
      reason: reasonOf(problem, state, a),
    });
  });
  const decisions = decisionsOf(problem, projects);
  const measured = measurePlan(problem, decisions.plan, unmet);
  const boundUsd = nothingUsd - priced.boundUsd;
  const value = measured.objective_usd as number;
  const gap = Math.max(0, (value - boundUsd) / Math.max(Math.abs(value), 1e-9));
  const status = unmet.length > 0 ? "must_do_unmet" : gap < 1e-6 ? "optimal" : "feasible";
  const dollars = Object.fromEntries(
    problem.calendar.years.map((year, t) => [
      `dollar_${year}_saves_usd`,
      Math.round(dollarPrice(problem, priced.prices, t) * 1e4) / 1e4,
    ]),
  );
  return {
    status,
    decisions,
    unmet,
    metrics: {
      ...measured,
      bound_usd: Math.round(boundUsd * 100) / 100,
      gap,
      saving_share_of_bound: priced.boundUsd > 0 ? state.savingUsd / priced.boundUsd : 1,
      ...dollars,
      status,
    },
    bound: {
      objective: "objective_usd",
      value,
      best_possible: boundUsd,
      gap,
      proof: "Lagrangian relaxation of budgets, smoothing, project limits and equity; dual ascent on visits",
    },
    iterations,
  };
}

/** What one more dollar of the best-priced fund in a year would save. */
function dollarPrice(problem: FacilitiesProblem, prices: Prices, year: number): number {
  let best = 0;
  for (let f = 0; f < problem.funds.ids.length; f++)
    best = Math.max(best, prices.fund[f * problem.calendar.years.length + year]);
  return best;
}
