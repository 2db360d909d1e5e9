import type { FacilitiesProblem } from "../problem.ts";
import type { FundClasses } from "./bound/fund-classes.ts";
import { cheapestFunds } from "./bound/lagrangian.ts";
import { dollarPrices, type Prices } from "./bound/prices.ts";
import { equityMissingUsd, rulesHold, smoothingExcessUsd, smoothingLimitUsd } from "./constraints/index.ts";
import { Room } from "./room.ts";
import { baseCostUsd, type PlanState, remove, restore, type Snapshot, schoolOf, UNPLANNED } from "./state.ts";

/** What a plan is built from: dollar prices, and how often each visit [school × years + year] was made by the relaxed plans of late. */
export interface Guide {
  readonly prices: Prices;
  readonly classes: FundClasses;
  readonly visitShare: Float64Array;
  /** Visits made at least this often are allowed from the start, the others only with what money is left. */
  readonly threshold: number;
}

/** Years that are tried for a project before it is left out. */
const YEARS_TRIED = 8;
const TARGETS = 8;

/**
 * Package greedy: a plan that keeps all rules, from the must-dos alone.
 *
 * First the visits that the relaxed plans agree on, filled with the projects that save most per dollar beyond the price of their money; then whatever
 * still fits into visits that are open; then new visits. Smoothing bounds every year by a target mean, lowered until the plan's own mean bears it.
 *
 * @param mustDos a plan of must-dos only
 * @param stop asked between two targets; true ends it with the must-dos alone
 */
export function construct(mustDos: Snapshot, guide: Guide, problem: FacilitiesProblem, stop: () => boolean): PlanState {
  const amounts = problem.funds.amountUsd.reduce((sum, each) => sum + each, 0);
  let target = amounts / problem.calendar.years.length;
  for (let attempt = 0; attempt < TARGETS && !(attempt > 0 && stop()); attempt++) {
    const state = restore(problem, mustDos);
    const ceiling = problem.rules.smoothingMaxRatio * target;
    const agreed = (visit: number) => guide.visitShare[visit] >= guide.threshold || state.visitProjects[visit] > 0;
    insertBest(state, guide, agreed, ceiling);
    fillUp(state, guide, ceiling);
    if (equityMissingUsd(state) > 0) restoreEquity(state, guide, ceiling);
    if (smoothingExcessUsd(state) === 0) return state;
    const mean = state.totalSpend / state.years;
    target = Math.min(mean, target * 0.97);
  }
  return restore(problem, mustDos);
}

type Allowed = (visit: number) => boolean;
type Wanted = (a: number) => boolean;
const anyVisit: Allowed = () => true;
const anyAsset: Wanted = () => true;

/** Whatever still fits: first into visits that are made anyway, then new ones. No rule but smoothing (and equity) can be broken by it. */
export function fillUp(state: PlanState, guide: Guide, ceilingUsd = smoothingLimitUsd(state), wanted = anyAsset): void {
  insertByRate(state, guide, (visit) => state.visitProjects[visit] > 0, ceilingUsd, wanted);
  insertByRate(state, guide, anyVisit, ceilingUsd, wanted);
}

/**
 * Each asset into the allowed year where it saves most beyond the price of its money, the next best where that has no room;
 * assets in the order of that saving per dollar, best first.
 */
function insertBest(state: PlanState, { prices, classes }: Guide, allowed: Allowed, ceilingUsd: number): void {
  const { problem, years } = state;
  const { price } = cheapestFunds({ problem, classes }, prices);
  const { optional } = dollarPrices(problem, prices);
  const score = (a: number, year: number) =>
    problem.savingUsd[a * years + year] -
    baseCostUsd(problem, a, year) *
      (price[classes.of[a] * years + year] + optional[schoolOf(problem, a) * years + year]) -
    prices.project[year];
  insertInOrder(state, prices, classes, allowed, ceilingUsd, anyAsset, score, (a) => problem.costUsd[a]);
}

/** Every replacement that would still save something, best saving per dollar (mobilization of a new visit included) first. */
function insertByRate(
  state: PlanState,
  { prices, classes }: Guide,
  allowed: Allowed,
  ceilingUsd: number,
  wanted: Wanted,
): void {
  const { problem, years } = state;
  const score = (a: number, year: number) => {
    const saving = problem.savingUsd[a * years + year];
    if (saving <= 0) return 0;
    const made = state.visitProjects[schoolOf(problem, a) * years + year] > 0;
    return saving / (baseCostUsd(problem, a, year) + (made ? 0 : problem.money.mobilizationUsd[year]));
  };
  insertInOrder(state, prices, classes, allowed, ceilingUsd, wanted, score, () => 1);
}

/** Scores every unplanned asset in every allowed year; the best-scored (per `unit`) are placed first, each in its best year that has room. */
function insertInOrder(
  state: PlanState,
  prices: Prices,
  classes: FundClasses,
  allowed: Allowed,
  ceilingUsd: number,
  wanted: Wanted,
  score: (a: number, year: number) => number,
  unit: (a: number) => number,
  goOn: (a: number) => boolean = anyAsset,
): void {
  const { problem, years } = state;
  const rate = new Float64Array(state.year.length);
  const queue: number[] = [];
  for (let a = 0; a < rate.length; a++) {
    if (state.year[a] !== UNPLANNED || problem.costUsd[a] <= 0 || !wanted(a)) continue;
    const visit = schoolOf(problem, a) * years;
    let best = 0;
    for (let year = 0; year < years; year++) if (allowed(visit + year)) best = Math.max(best, score(a, year));
    if (best <= 0) continue;
    rate[a] = best / unit(a);
    queue.push(a);
  }
  queue.sort((x, y) => rate[y] - rate[x] || x - y);
  const room = new Room(state, ceilingUsd);
  const tried = new Uint8Array(years);
  for (const a of queue) {
    if (!goOn(a)) return;
    const visit = schoolOf(problem, a) * years;
    tried.fill(0);
    for (let attempt = 0; attempt < YEARS_TRIED; attempt++) {
      let best = -1;
      let most = 0;
      for (let year = 0; year < years; year++) {
        if (tried[year] === 1 || !allowed(visit + year) || !room.mayFit(a, year, classes.funds[classes.of[a]]))
          continue;
        const value = score(a, year);
        if (value <= most) continue;
        best = year;
        most = value;
      }
      if (best < 0 || tryFunds(state, room, a, best, classes.funds[classes.of[a]], prices)) break;
      tried[best] = 1;
    }
  }
}

/** The cheapest fund first, then the others that may pay. */
function tryFunds(
  state: PlanState,
  room: Room,
  a: number,
  year: number,
  funds: readonly number[],
  prices: Prices,
): boolean {
  let first = -1;
  for (const f of funds)
    if (first < 0 || prices.fund[f * state.years + year] < prices.fund[first * state.years + year]) first = f;
  if (first < 0) return false;
  if (room.tryAdd(a, year, first)) return true;
  for (const f of funds) if (f !== first && room.tryAdd(a, year, f)) return true;
  return false;
}

/** Gives up the projects outside the equity schools that save least per dollar, and fills in inside, until the floors hold. */
export function restoreEquity(state: PlanState, guide: Guide, ceilingUsd: number): void {
  const { problem, years } = state;
  const inside = (a: number) => problem.rules.equity.some(({ member }) => member[schoolOf(problem, a)] === 1);
  const rate = (a: number) => problem.savingUsd[a * years + state.year[a]] / baseCostUsd(problem, a, state.year[a]);
  const outside = Array.from(state.year, (_, a) => a)
    .filter((a) => state.year[a] !== UNPLANNED && state.obliged[a] === 0 && !inside(a))
    .sort((x, y) => rate(x) - rate(y) || x - y);
  const step = Math.max(8, Math.ceil(outside.length / 40));
  fillUp(state, guide, ceilingUsd, inside);
  let given = 0;
  for (const a of outside) {
    if (equityMissingUsd(state) === 0) break;
    remove(state, a);
    if (++given % step === 0) fillUp(state, guide, ceilingUsd, inside);
  }
  fillUp(state, guide, ceilingUsd, inside);
  keepFilling(state, guide, ceilingUsd);
}

/**
 * The last resort where the floors are not met otherwise: projects at their schools at the least loss (or the most saving) per dollar, after the optional
 * projects elsewhere were given up.
 */
export function forceEquity(state: PlanState, guide: Guide): void {
  const { problem, years } = state;
  const inside = (a: number) => problem.rules.equity.some(({ member }) => member[schoolOf(problem, a)] === 1);
  for (let a = 0; a < state.year.length; a++)
    if (state.year[a] !== UNPLANNED && state.obliged[a] === 0 && !inside(a)) remove(state, a);
  const score = (a: number, year: number) =>
    SHIFT + problem.savingUsd[a * years + year] / baseCostUsd(problem, a, year);
  const enough = (a: number) => inside(a) && equityMissingUsd(state) > 0;
  for (let round = 0; round < ROUNDS && equityMissingUsd(state) > 0; round++)
    insertInOrder(state, guide.prices, guide.classes, anyVisit, Infinity, enough, score, () => 1, enough);
}

/** Makes every score positive: nothing saves or loses so many dollars a dollar. */
const SHIFT = 1e6;
const ROUNDS = 3;

/** With the floors met, what is left over may go anywhere as long as they stay met. */
function keepFilling(state: PlanState, guide: Guide, ceilingUsd: number): void {
  if (equityMissingUsd(state) > 0) return;
  const before = state.year.slice();
  fillUp(state, guide, ceilingUsd);
  if (rulesHold(state)) return;
  for (let a = 0; a < before.length; a++)
    if (before[a] === UNPLANNED && state.year[a] !== UNPLANNED && state.obliged[a] === 0) {
      if (rulesHold(state)) return;
      remove(state, a);
    }
}
