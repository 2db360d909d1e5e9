import type { Balanced } from "./balance.ts";
import type { RelaxedProblem } from "./bound/lagrangian.ts";
import { equityMissingUsd, rulesHold, smoothingLimitUsd } from "./constraints/index.ts";
import { fillUp, type Guide, restoreEquity } from "./construct.ts";
import { type Doubt, doubtsOf } from "./doubts.ts";
import { Room } from "./room.ts";
import { settle } from "./settle.ts";
import {
  add,
  baseCostUsd,
  emptyPlan,
  type PlanState,
  remove,
  restore,
  schoolOf,
  snapshot,
  UNPLANNED,
} from "./state.ts";
import { type FractionalProject, solveVisitProgram, type VisitLp } from "./visit-program.ts";

/** The mobilization's split among funds is learnt from the round before. */
const ROUNDS = 2;
/** Rounds of cutting years down to what smoothing allows and filling up again. */
const SMOOTHINGS = 12;

/** Assets that are put to the program; the clearer ones are placed beforehand. */
const FREE_MAX = 2_500;

/**
 * A plan from the prices: the visits that the relaxed plans agree on are made; assets whose best year is clear at the prices are placed there, those in
 * doubt by the linear program, whose whole projects are taken first, what is fractional in falling order as far as it fits; then the rest of the money
 * is filled up.
 *
 * @param stop asked while the program runs; true ends it
 * @returns the best plan rounded, or null when none kept all rules
 */
export async function dive(
  relaxed: RelaxedProblem,
  balanced: Balanced,
  guide: Guide,
  stop: () => boolean,
): Promise<PlanState | null> {
  const { problem, obliged } = relaxed;
  if (problem.funds.ids.length === 0) return null;
  const chosen = emptyPlan(problem);
  balanced.year.forEach((year, a) => {
    if (year >= 0) add(chosen, a, year, balanced.fund[a]);
  });
  const made = Uint8Array.from(chosen.visitProjects, (count) => +(count > 0));
  const settled = settle(relaxed, balanced.prices, made, SETTLE_STEPS, stop);
  const doubts = doubtsOf(relaxed, settled, made);
  const fixed = emptyPlan(problem);
  fixed.obliged.set(obliged);
  const free = placeClear(relaxed, guide, fixed, doubts);
  let best: PlanState | null = null;
  let lp: VisitLp | null = null;
  for (let attempt = 0; attempt < ROUNDS && !stop(); attempt++) {
    const split = lp ? fundShares(relaxed, fixed, lp) : undefined;
    lp = await solveVisitProgram(relaxed, {
      prices: settled.prices,
      fixed,
      free,
      made,
      stop,
      ...(split ? { split } : {}),
    });
    const rounded = round(relaxed, fixed, lp?.projects ?? [], guide);
    if (rounded && (best === null || rounded.savingUsd > best.savingUsd)) best = rounded;
    if (lp === null) return best;
  }
  return best;
}

/**
 * Places the clearest assets, must-dos and then the clearest first, the most restricted fund first where prices are alike. Nothing is placed where the
 * program can take all. @returns the others, by school
 */
function placeClear(relaxed: RelaxedProblem, guide: Guide, fixed: PlanState, doubts: readonly Doubt[]): number[][] {
  const { problem, classes, obliged } = relaxed;
  const free: number[][] = relaxed.bySchool.map(() => []);
  const reach = problem.funds.ids.map((_, f) => classes.funds.reduce((n, each) => n + +each.includes(f), 0));
  const room = new Room(fixed, Infinity);
  const place = ({ a, year }: Doubt): boolean => {
    const price = (f: number) => guide.prices.fund[f * fixed.years + year];
    const funds = classes.funds[classes.of[a]].toSorted((x, y) => {
      const alike = Math.abs(price(x) - price(y)) < ALIKE * (price(x) + price(y));
      return alike ? reach[x] - reach[y] || x - y : price(x) - price(y);
    });
    return funds.some((fund) => room.tryAdd(a, year, fund));
  };
  const many = doubts.length > FREE_MAX;
  const doubtful = doubts.slice(0, FREE_MAX);
  for (const doubt of doubtful)
    if (!many || obliged[doubt.a] === 0 || doubt.year < 0 || !place(doubt)) free[doubt.school].push(doubt.a);
  for (const doubt of doubts.slice(FREE_MAX).reverse())
    if (doubt.year >= 0 && !place(doubt)) free[doubt.school].push(doubt.a);
  return free;
}

/** Price steps once the visits are chosen. */
const SETTLE_STEPS = 200;
/** Prices of funds that differ by less are taken as one. */
const ALIKE = 0.1;

/** Each fund's part of the cost of a visit; equal parts of those that may be there where the program has no project. */
function fundShares({ problem, present }: RelaxedProblem, fixed: PlanState, lp: VisitLp): Float64Array {
  const funds = problem.funds.ids.length;
  const years = problem.calendar.years.length;
  const shares = fixed.visitBase.slice();
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

/** A plan that keeps all rules from choices that nearly do: those that save most beyond the price of their money first. */
export function roundBalanced(
  relaxed: RelaxedProblem,
  { year, fund, prices }: Balanced,
  guide: Guide,
): PlanState | null {
  const { problem } = relaxed;
  const years = problem.calendar.years.length;
  const projects: FractionalProject[] = [];
  year.forEach((t, a) => {
    if (t < 0) return;
    const usd = baseCostUsd(problem, a, t);
    const share = problem.savingUsd[a * years + t] / usd - prices.fund[fund[a] * years + t];
    projects.push({ a, year: t, fund: fund[a], share });
  });
  return roundProjects(relaxed, projects, guide);
}

/** A plan that keeps all rules from projects that nearly do, in falling order of their share. */
export function roundProjects(
  relaxed: RelaxedProblem,
  projects: readonly FractionalProject[],
  guide: Guide,
): PlanState | null {
  const fixed = emptyPlan(relaxed.problem);
  fixed.obliged.set(relaxed.obliged);
  return round(relaxed, fixed, projects, guide);
}

function round(
  { problem, obliged }: RelaxedProblem,
  fixed: PlanState,
  found: VisitLp["projects"],
  guide: Guide,
): PlanState | null {
  const state = restore(problem, snapshot(fixed));
  const projects = found.toSorted(
    (x, y) => obliged[y.a] - obliged[x.a] || y.share - x.share || x.a - y.a || x.year - y.year,
  );
  const room = new Room(state, Infinity);
  for (const { a, year, fund } of projects) if (state.year[a] === UNPLANNED) room.tryAdd(a, year, fund);
  const { classes } = guide;
  for (const { a, year } of projects)
    if (state.year[a] === UNPLANNED) classes.funds[classes.of[a]].some((fund) => room.tryAdd(a, year, fund));
  for (let a = 0; a < obliged.length; a++)
    if (obliged[a] === 1 && state.year[a] === UNPLANNED && !placeMustDo(state, room, guide, a)) return null;
  smooth(state, guide);
  if (equityMissingUsd(state) > 0) restoreEquity(state, guide, smoothingLimitUsd(state));
  return rulesHold(state) ? state : null;
}

function placeMustDo(state: PlanState, room: Room, { classes }: Guide, a: number): boolean {
  const { calendar, rules } = state.problem;
  return calendar.years.some(
    (fiscal, year) =>
      fiscal <= rules.mustDoBy[a] && classes.funds[classes.of[a]].some((fund) => room.tryAdd(a, year, fund)),
  );
}

/** Takes the worst projects out of years that spend too much for smoothing, and fills up the others, until it holds. */
function smooth(state: PlanState, guide: Guide): void {
  const { problem, years } = state;
  const rate = (a: number) => problem.savingUsd[a * years + state.year[a]] / problem.costUsd[a];
  for (let attempt = 0; attempt < SMOOTHINGS; attempt++) {
    const limit = smoothingLimitUsd(state);
    let over = false;
    for (let year = 0; year < years; year++) {
      if (state.optionalSpend[year] <= limit) continue;
      over = true;
      const loose: number[] = [];
      for (let a = 0; a < state.year.length; a++) if (state.year[a] === year && state.obliged[a] === 0) loose.push(a);
      loose.sort((x, y) => rate(x) - rate(y) || x - y);
      for (const a of loose) {
        if (state.optionalSpend[year] <= limit) break;
        remove(state, a);
      }
    }
    fillUp(state, guide, smoothingLimitUsd(state));
    if (!over) return;
  }
}
