import type { RelaxedProblem } from "./bound/lagrangian.ts";
import type { Prices } from "./bound/prices.ts";
import { rulesHold } from "./constraints/index.ts";
import { fillUp, tryAdd, tryAnyFund } from "./construct.ts";
import { baseCostUsd, emptyPlan, type PlanState, schoolOf, UNPLANNED } from "./state.ts";
import { solveVisitLp, type VisitLp } from "./visit-lp.ts";

/** Above this many assets × years × funds a linear program takes longer than it is worth. */
const LARGEST = 30_000;
/** A visit is made when the program makes it at least this far. */
const THRESHOLDS = [0.25, 0.45];
/** The mobilization's split among funds is learnt from the round before. */
const ROUNDS = 2;

/** What the linear program teaches: its bound, and the best plan rounded from it (null: none kept all rules). */
export interface Dive {
  readonly boundUsd: number;
  readonly plan: PlanState | null;
}

/**
 * Rounds the linear relaxation: first which visits are made (several thresholds), then, with those fixed, which projects go where; what is fractional
 * is taken in falling order as far as it fits, and the rest of the money filled up. Small problems only; null for others.
 */
export async function dive(relaxed: RelaxedProblem, prices: Prices, stop: () => boolean): Promise<Dive | null> {
  const { problem } = relaxed;
  if (problem.savingUsd.length * Math.max(1, problem.funds.ids.length) > LARGEST || problem.funds.ids.length === 0)
    return null;
  const free = await solveVisitLp(relaxed, null);
  if (free === null) return null;
  let plan: PlanState | null = null;
  for (const threshold of THRESHOLDS) {
    const made = Uint8Array.from(free.visits, (share) => +(share >= threshold));
    let fixed: VisitLp | null = null;
    for (let attempt = 0; attempt < ROUNDS && !stop(); attempt++) {
      fixed = await solveVisitLp(relaxed, made, fixed ? fundShares(relaxed, fixed) : undefined);
      if (fixed === null) break;
      const rounded = round(relaxed, fixed, prices);
      if (rounded && (plan === null || rounded.savingUsd > plan.savingUsd)) plan = rounded;
    }
  }
  return { boundUsd: free.savingUsd, plan };
}

/** Each fund's part of the cost of a visit; equal parts of those that may be there where the program has no project. */
function fundShares({ problem, present }: RelaxedProblem, lp: VisitLp): Float64Array {
  const funds = problem.funds.ids.length;
  const years = problem.calendar.years.length;
  const shares = new Float64Array(present.length);
  for (const { a, year, fund, share } of lp.projects)
    shares[(schoolOf(problem, a) * years + year) * funds + fund] += share * baseCostUsd(problem, a, year);
  for (let from = 0; from < shares.length; from += funds) {
    const weights = shares.subarray(from, from + funds);
    if (!weights.some((each) => each > 0)) weights.set(present.subarray(from, from + funds));
    const total = weights.reduce((sum, each) => sum + each, 0);
    for (let f = 0; f < funds; f++) weights[f] = total > 0 ? weights[f] / total : 0;
  }
  return shares;
}

function round({ problem, obliged }: RelaxedProblem, lp: VisitLp, prices: Prices): PlanState | null {
  const state = emptyPlan(problem);
  state.obliged.set(obliged);
  const projects = lp.projects.toSorted(
    (x, y) => obliged[y.a] - obliged[x.a] || y.share - x.share || x.a - y.a || x.year - y.year,
  );
  for (const { a, year, fund } of projects) if (state.year[a] === UNPLANNED) tryAdd(state, a, year, fund, Infinity);
  for (const { a, year } of projects) if (state.year[a] === UNPLANNED) tryAnyFund(state, a, year, prices, Infinity);
  if (obliged.some((must, a) => must === 1 && state.year[a] === UNPLANNED)) return null;
  if (!rulesHold(state)) return null;
  fillUp(state, prices);
  return rulesHold(state) ? state : null;
}
