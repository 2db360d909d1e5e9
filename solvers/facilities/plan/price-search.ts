import { partOf, type Random, type SolveContext } from "@trivium/engine";
import type { FacilitiesProblem } from "../problem.ts";
import { balance } from "./balance.ts";
import { emptyRelaxation, type RelaxedProblem, relax } from "./bound/lagrangian.ts";
import { startMultipliers, stepMultipliers } from "./bound/multipliers.ts";
import { emptyPrices, type Prices } from "./bound/prices.ts";
import { sampleOf } from "./bound/sample.ts";
import { rulesHold } from "./constraints/index.ts";
import { construct } from "./construct.ts";
import { dive, roundBalanced, roundProjects } from "./dive.ts";
import { type PlanState, type Snapshot, snapshot } from "./state.ts";
import { solveWholeProgram } from "./whole-program.ts";

/** Steps of the price search: more where a step is cheap. */
const STEPS_MIN = 150;
const STEPS_MAX = 1500;
const WORK = 4e8;
const SAMPLE_STEPS = 1000;
/** Shares of the budget by which the prices of a sample and of the whole end: alone, and where another thread goes on with them. */
const SAMPLE_UNTIL = 0.15;
const PRICES_UNTIL = 0.4;
const PRICES_UNTIL_SHARED = 0.2;
/** The price search has converged when its steps are this short. */
const STEP_LEAST = 1e-4;
/** Weight of the newest relaxed plan in how often a visit was made; how often it must be to be agreed on, in turn. */
const NEWEST = 0.05;
const THRESHOLD = 0.3;
/** Above so many assets whole projects are small beside the money, and a linear program gains nothing. */
const DIVE_ASSETS_MAX = 12_000;
/** The search ends within this share of the bound. */
const CLOSE_ENOUGH = 1e-5;

/** A plan, what no plan can save more than, and the prices that prove it. */
export interface Priced {
  readonly best: Snapshot;
  readonly savingUsd: number;
  readonly boundUsd: number;
  readonly prices: Prices;
  /** How often each visit was made by the relaxed plans of late, [school × years + year]. */
  readonly visitShare: Float64Array;
  readonly iterations: number;
}

/** Told of the best saving and the bound so far. */
export type ReportPlan = (phase: string, iterations: number, savingUsd: number, boundUsd: number) => void;

/** Lagrangian prices, on a sample of the schools first where there are many, and a first plan by package greedy. */
export function searchPrices(
  relaxed: RelaxedProblem,
  mustDos: Snapshot,
  start: PlanState,
  context: Pick<SolveContext<FacilitiesProblem>, "budget" | "threads">,
  report: ReportPlan,
  warm?: Prices,
): Priced {
  const { problem, classes } = relaxed;
  const found = emptyRelaxation(problem);
  const visitShare = new Float64Array(found.open.length);
  const excess = emptyPrices(problem);
  const sample = warm ? { prices: warm, steps: 0 } : samplePrices(relaxed, context);
  const multipliers = startMultipliers(relaxed, sample.prices);
  const work = problem.forecast.live.length * problem.calendar.years.length;
  const steps = Math.round(Math.min(STEPS_MAX, Math.max(STEPS_MIN, WORK / Math.max(1, work))));
  const budget = partOf(context.budget, 0, context.threads > 1 ? PRICES_UNTIL_SHARED : PRICES_UNTIL);
  let best = snapshot(start);
  let bestUsd = start.savingUsd;
  let step = 0;
  for (; step < steps && (step === 0 || budget.spent(sample.steps + step) < 1); step++) {
    relax(relaxed, multipliers.prices, found, excess);
    for (let visit = 0; visit < visitShare.length; visit++)
      visitShare[visit] += Math.max(NEWEST, 1 / (step + 1)) * (found.open[visit] - visitShare[visit]);
    if (step === 0) {
      const guide = { prices: multipliers.prices, classes, visitShare, threshold: THRESHOLD };
      const plan = construct(mustDos, guide, problem, () => budget.spent(sample.steps) >= 1);
      if (plan.savingUsd > bestUsd && rulesHold(plan)) {
        best = snapshot(plan);
        bestUsd = plan.savingUsd;
      }
    }
    stepMultipliers(relaxed, multipliers, found, excess, bestUsd);
    report("prices", sample.steps + step, bestUsd, multipliers.bestUsd);
    const close = multipliers.bestUsd - bestUsd <= CLOSE_ENOUGH * Math.abs(multipliers.bestUsd);
    if (multipliers.stepShare < STEP_LEAST || close) break;
  }
  return {
    best,
    savingUsd: bestUsd,
    boundUsd: Math.max(multipliers.bestUsd, bestUsd),
    prices: multipliers.best,
    visitShare,
    iterations: sample.steps + step,
  };
}

/** Goes on with the prices until they have converged. */
export function tightenPrices(
  relaxed: RelaxedProblem,
  priced: Priced,
  spent: (iterations: number) => number,
  report: ReportPlan,
): Priced {
  const { savingUsd } = priced;
  const multipliers = startMultipliers(relaxed, priced.prices);
  const found = emptyRelaxation(relaxed.problem);
  const excess = emptyPrices(relaxed.problem);
  let { iterations } = priced;
  const boundUsd = () => Math.max(savingUsd, Math.min(priced.boundUsd, multipliers.bestUsd));
  for (; multipliers.stepShare >= STEP_LEAST && spent(iterations) < 1; iterations++) {
    relax(relaxed, multipliers.prices, found, excess);
    stepMultipliers(relaxed, multipliers, found, excess, savingUsd);
    report("prices", iterations, savingUsd, boundUsd());
  }
  if (multipliers.bestUsd >= priced.boundUsd) return { ...priced, iterations };
  return { ...priced, boundUsd: boundUsd(), prices: multipliers.best, iterations };
}

/** Prices of a part of a large district. */
function samplePrices(
  relaxed: RelaxedProblem,
  context: Pick<SolveContext<FacilitiesProblem>, "budget">,
): { prices?: Prices; steps: number } {
  const sample = sampleOf(relaxed);
  if (sample === null) return { steps: 0 };
  const budget = partOf(context.budget, 0, SAMPLE_UNTIL);
  const multipliers = startMultipliers(sample);
  const found = emptyRelaxation(sample.problem);
  const excess = emptyPrices(sample.problem);
  let steps = 0;
  for (; steps < SAMPLE_STEPS && multipliers.stepShare >= STEP_LEAST; steps++) {
    if (steps > 0 && budget.spent(steps) >= 1) break;
    relax(sample, multipliers.prices, found, excess);
    stepMultipliers(sample, multipliers, found, excess, 0);
  }
  return { prices: multipliers.best, steps };
}

/** What the whole plan as one program proves, and the plan rounded from it where it saves more; as it was where the district is too large for that. */
export async function proveWhole(relaxed: RelaxedProblem, priced: Priced, stop: () => boolean): Promise<Priced> {
  const { prices, visitShare, savingUsd } = priced;
  const whole = await solveWholeProgram(relaxed, prices, savingUsd, stop);
  if (whole === null) return priced;
  const guide = { prices, classes: relaxed.classes, visitShare, threshold: 1 };
  const plan = whole.projects.length > 0 ? roundProjects(relaxed, whole.projects, guide) : null;
  const better = plan !== null && plan.savingUsd > savingUsd ? { best: snapshot(plan), savingUsd: plan.savingUsd } : {};
  return { ...priced, ...better, boundUsd: Math.min(priced.boundUsd, whole.boundUsd) };
}

/**
 * Plans from schools that choose in turn, and from linear programs of the visits that they chose, where they save more.
 *
 * @param runs plans rounded at most
 */
export async function roundPrices(
  relaxed: RelaxedProblem,
  priced: Priced,
  random: Random,
  runs: number,
  stop: () => boolean,
  report: ReportPlan,
): Promise<Priced> {
  const { prices, visitShare, iterations, boundUsd } = priced;
  let { best, savingUsd } = priced;
  const guide = { prices, classes: relaxed.classes, visitShare, threshold: 1 };
  const keep = (plan: PlanState | null) => {
    if (plan === null || plan.savingUsd <= savingUsd) return;
    best = snapshot(plan);
    savingUsd = plan.savingUsd;
    report("rounding", iterations, savingUsd, boundUsd);
  };
  for (let run = 0; run < runs; run++) {
    if (stop() || boundUsd - savingUsd <= CLOSE_ENOUGH * Math.abs(boundUsd)) break;
    const balanced = balance(relaxed, prices, random.fork(run), stop);
    keep(roundBalanced(relaxed, balanced, guide));
    if (relaxed.problem.forecast.live.length <= DIVE_ASSETS_MAX) keep(await dive(relaxed, balanced, guide, stop));
  }
  return { ...priced, best, savingUsd, boundUsd: Math.max(savingUsd, boundUsd) };
}
