import type { FacilitiesProblem } from "../problem.ts";
import { cheapestFund } from "./bound/lagrangian.ts";
import type { Prices } from "./bound/prices.ts";
import {
  budgetsMissingUsd,
  equityMissingUsd,
  projectsExcess,
  smoothingExcessUsd,
  yearIsOpen,
} from "./constraints/index.ts";
import { add, baseCostUsd, type PlanState, remove, restore, type Snapshot, schoolOf, UNPLANNED } from "./state.ts";

/** What a plan is built from: dollar prices, and how often each visit [school × years + year] was made by the relaxed plans of late. */
export interface Guide {
  readonly prices: Prices;
  readonly visitShare: Float64Array;
  /** Visits made at least this often are allowed from the start, the others only with what money is left. */
  readonly threshold: number;
}

/**
 * Package greedy: a plan that keeps all rules, from the must-dos alone.
 *
 * First the visits that the relaxed plans agree on, filled with the projects that save most per dollar beyond the price of their money; then whatever
 * still fits into visits that are open; then new visits. Smoothing bounds every year by a target mean, lowered until the plan's own mean bears it.
 *
 * @param mustDos a plan of must-dos only
 */
export function construct(mustDos: Snapshot, guide: Guide, problem: FacilitiesProblem): PlanState {
  let target = Infinity;
  for (let attempt = 0; attempt < 30; attempt++) {
    const state = restore(problem, mustDos);
    const ceiling = problem.rules.smoothingMaxRatio * target;
    const agreed = (visit: number) => guide.visitShare[visit] >= guide.threshold || state.visitProjects[visit] > 0;
    insertBest(state, guide, agreed, ceiling);
    insertAll(
      state,
      singles(state, () => true, agreed),
      guide.prices,
      ceiling,
    );
    insertAll(
      state,
      singles(
        state,
        () => true,
        () => true,
      ),
      guide.prices,
      ceiling,
    );
    if (equityMissingUsd(state) > 0) restoreEquity(state, guide.prices, ceiling);
    if (smoothingExcessUsd(state) === 0) return state;
    const mean = state.optionalSpend.reduce((sum, each) => sum + each, 0) / state.years;
    target = Math.min(mean, target * 0.97);
  }
  return restore(problem, mustDos);
}

/** Whatever still fits: first into visits that are made anyway, then new ones. No rule but smoothing (and equity) can be broken by it. */
export function fillUp(state: PlanState, prices: Prices, ceilingUsd = highestYear(state)): void {
  const made = (visit: number) => state.visitProjects[visit] > 0;
  insertAll(
    state,
    singles(state, () => true, made),
    prices,
    ceilingUsd,
  );
  insertAll(
    state,
    singles(
      state,
      () => true,
      () => true,
    ),
    prices,
    ceilingUsd,
  );
}

/** Optional spend that no year has to exceed: filling up below it raises the mean, never the peak. */
function highestYear(state: PlanState): number {
  if (state.problem.rules.smoothingMaxRatio === Infinity) return Infinity;
  return state.optionalSpend.reduce((most, each) => Math.max(most, each), 0);
}

interface Single {
  readonly a: number;
  readonly year: number;
  readonly rate: number;
}

/**
 * Each asset into the allowed year where it saves most beyond the price of its money, the next best where that has no room;
 * assets in the order of that saving per dollar, best first.
 */
function insertBest(
  state: PlanState,
  { prices }: Guide,
  allowed: (visit: number) => boolean,
  ceilingUsd: number,
): void {
  const { problem, years } = state;
  const found: { a: number; rate: number; choices: { year: number; net: number }[] }[] = [];
  for (let a = 0; a < state.year.length; a++) {
    if (state.year[a] !== UNPLANNED || problem.costUsd[a] <= 0) continue;
    const choices: { year: number; net: number }[] = [];
    for (let year = 0; year < years; year++) {
      const fund = allowed(schoolOf(problem, a) * years + year) ? cheapestFund(problem, prices, a, year) : -1;
      if (fund < 0) continue;
      const price = baseCostUsd(problem, a, year) * prices.fund[fund * years + year] + prices.project[year];
      const net = problem.savingUsd[a * years + year] - price;
      if (net > 0) choices.push({ year, net });
    }
    choices.sort((x, y) => y.net - x.net);
    if (choices.length > 0) found.push({ a, rate: choices[0].net / problem.costUsd[a], choices });
  }
  found.sort((x, y) => y.rate - x.rate || x.a - y.a);
  for (const { a, choices } of found) choices.some(({ year }) => tryAnyFund(state, a, year, prices, ceilingUsd));
}

/** Every replacement that would still save something, best saving per dollar (mobilization of a new visit included) first. */
function singles(state: PlanState, wanted: (a: number) => boolean, allowed: (visit: number) => boolean): Single[] {
  const { problem, years } = state;
  const found: Single[] = [];
  for (let a = 0; a < state.year.length; a++) {
    if (state.year[a] !== UNPLANNED || problem.costUsd[a] <= 0 || !wanted(a)) continue;
    for (let year = 0; year < years; year++) {
      const saving = problem.savingUsd[a * years + year];
      const visit = schoolOf(problem, a) * years + year;
      if (saving <= 0 || !allowed(visit)) continue;
      const cost =
        baseCostUsd(problem, a, year) + (state.visitProjects[visit] > 0 ? 0 : problem.money.mobilizationUsd[year]);
      found.push({ a, year, rate: saving / cost });
    }
  }
  return found.sort(byRate);
}

const byRate = (x: Single, y: Single): number => y.rate - x.rate || x.a - y.a || x.year - y.year;

function insertAll(state: PlanState, found: readonly Single[], prices: Prices, ceilingUsd: number): void {
  for (const { a, year } of found) if (state.year[a] === UNPLANNED) tryAnyFund(state, a, year, prices, ceilingUsd);
}

/** The cheapest fund first, then any other that may pay. */
export function tryAnyFund(state: PlanState, a: number, year: number, prices: Prices, ceilingUsd: number): boolean {
  const first = cheapestFund(state.problem, prices, a, year);
  if (tryAdd(state, a, year, first, ceilingUsd)) return true;
  for (let fund = 0; fund < state.fundCount; fund++)
    if (
      fund !== first &&
      state.problem.payable[a * state.fundCount + fund] === 1 &&
      tryAdd(state, a, year, fund, ceilingUsd)
    )
      return true;
  return false;
}

/** Adds a project if every rule but equity still holds; smoothing as a ceiling on the year's optional spend. */
export function tryAdd(state: PlanState, a: number, year: number, fund: number, ceilingUsd: number): boolean {
  if (fund < 0 || !yearIsOpen(state.problem, a, year)) return false;
  add(state, a, year, fund);
  if (projectsExcess(state) === 0 && state.optionalSpend[year] <= ceilingUsd && budgetsMissingUsd(state) === 0)
    return true;
  remove(state, a);
  return false;
}

/** Gives up the projects outside the equity schools that save least per dollar, and fills in inside, until the floors hold. */
function restoreEquity(state: PlanState, prices: Prices, ceilingUsd: number): void {
  const { problem, years } = state;
  const inside = (a: number) => problem.rules.equity.some(({ member }) => member[schoolOf(problem, a)] === 1);
  const fill = () =>
    insertAll(
      state,
      singles(state, inside, () => true),
      prices,
      ceilingUsd,
    );
  const rate = (a: number) => problem.savingUsd[a * years + state.year[a]] / baseCostUsd(problem, a, state.year[a]);
  const outside = Array.from(state.year, (_, a) => a)
    .filter((a) => state.year[a] !== UNPLANNED && state.obliged[a] === 0 && !inside(a))
    .sort((x, y) => rate(x) - rate(y) || x - y);
  fill();
  let given = 0;
  for (const a of outside) {
    if (equityMissingUsd(state) === 0) return;
    remove(state, a);
    if (++given % 8 === 0) fill();
  }
  fill();
}
