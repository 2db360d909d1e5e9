import type { FacilitiesProblem } from "../../problem.ts";
import { baseCostUsd } from "../state.ts";
import type { Relaxation, RelaxedProblem } from "./lagrangian.ts";
import { copyPrices, emptyPrices, type Prices } from "./prices.ts";

const NAMES = ["fund", "smoothing", "project", "equity"] as const;
/** Weight of the newest excess in the direction: the rest remembers, which keeps prices from zigzagging. */
const NEWEST = 0.25;
/** Steps without a better bound before they get shorter. */
const PATIENCE = 20;
/** First step from prices that are nearly right. */
const WARM = 0.02;
const SHORTER = 0.7;
/** The step aims no lower than this share below the best bound: a poor plan would make it wild. */
const LEVEL = 0.05;

/**
 * Prices on their way to the lowest bound: subgradients with Polyak's step length and a direction averaged over the past (Barahona & Anbil 2000,
 * Mathematical Programming 87:385–399, the volume algorithm). Prices stay ≥ 0.
 */
export interface Multipliers {
  readonly prices: Prices;
  readonly best: Prices;
  bestUsd: number;
  readonly direction: Prices;
  stepShare: number;
  sinceBetter: number;
}

export function startMultipliers(relaxed: RelaxedProblem, from?: Prices): Multipliers {
  const { problem } = relaxed;
  const prices = from ? copyPrices(from) : emptyPrices(problem);
  const years = problem.calendar.years.length;
  const first = from ? 0 : marginalSaving(problem);
  if (!from) for (let at = 0; at < prices.fund.length; at++) prices.fund[at] = first * (1 - (at % years) / years);
  return {
    prices,
    best: copyPrices(prices),
    bestUsd: Infinity,
    direction: emptyPrices(problem),
    stepShare: from ? WARM : 1,
    sinceBetter: 0,
  };
}

/** Saving per dollar of the last project that all budgets together would reach, best first: a fair first price of a dollar. */
function marginalSaving(problem: FacilitiesProblem): number {
  const years = problem.calendar.years.length;
  const density: { rate: number; cost: number }[] = [];
  for (let a = 0; a < problem.costUsd.length; a++) {
    if (problem.costUsd[a] <= 0) continue;
    let rate = 0;
    for (let year = 0; year < years; year++)
      rate = Math.max(rate, problem.savingUsd[a * years + year] / baseCostUsd(problem, a, year));
    density.push({ rate, cost: problem.costUsd[a] });
  }
  density.sort((x, y) => y.rate - x.rate);
  let left = problem.funds.amountUsd.reduce((sum, each) => sum + each, 0);
  for (const { rate, cost } of density) {
    left -= cost;
    if (left < 0) return Math.max(0, rate);
  }
  return 0;
}

/** One step towards lower bounds, after `found` was relaxed at the present prices; `bestPlanUsd` is what a plan is known to save. */
export function stepMultipliers(
  relaxed: RelaxedProblem,
  state: Multipliers,
  found: Relaxation,
  excess: Prices,
  bestPlanUsd: number,
): void {
  if (state.bestUsd === Infinity || found.boundUsd < state.bestUsd - 1e-7 * Math.abs(state.bestUsd)) {
    state.bestUsd = found.boundUsd;
    for (const name of NAMES) state.best[name].set(state.prices[name]);
    state.sinceBetter = 0;
  } else if (++state.sinceBetter >= PATIENCE) {
    state.stepShare *= SHORTER;
    state.sinceBetter = 0;
    for (const name of NAMES) state.prices[name].set(state.best[name]);
  }
  const square = turn(relaxed, state, excess);
  if (square === 0) return;
  const excessUsd = Math.min(found.boundUsd - bestPlanUsd, found.boundUsd - (1 - LEVEL) * state.bestUsd);
  const length = (state.stepShare * Math.max(0, excessUsd)) / square;
  for (const name of NAMES) {
    const unit = unitOf(relaxed, name) ** 2;
    for (let k = 0; k < excess[name].length; k++)
      state.prices[name][k] = Math.max(0, state.prices[name][k] + length * unit * state.direction[name][k]);
  }
}

/** Turns the direction towards the newest excess. @returns its squared length, without what a price of 0 cannot follow */
function turn(relaxed: RelaxedProblem, state: Multipliers, excess: Prices): number {
  let square = 0;
  for (const name of NAMES) {
    const unit = unitOf(relaxed, name);
    const direction = state.direction[name];
    for (let k = 0; k < direction.length; k++) {
      direction[k] += NEWEST * (excess[name][k] - direction[k]);
      if (direction[k] > 0 || state.prices[name][k] > 0) square += (direction[k] * unit) ** 2;
    }
  }
  return square;
}

/** Projects are counted, all else is in dollars: a project weighs as much as its usual cost. */
const unitOf = (relaxed: RelaxedProblem, name: (typeof NAMES)[number]): number =>
  name === "project" ? relaxed.usualCostUsd : 1;
