import { cheapestFund, type Relaxation } from "./bound/lagrangian.ts";
import type { Prices } from "./bound/prices.ts";
import { budgetsHold, equityHolds, projectsMaxHolds, smoothingHolds, yearIsOpen } from "./constraints/index.ts";
import { add, baseCostUsd, type PlanState, remove, restore, type Snapshot, schoolOf, UNPLANNED } from "./state.ts";

/**
 * Package greedy: a plan that keeps all rules, from the must-dos alone and the relaxed choice at some prices.
 *
 * First the relaxed visits (their packages of projects), best saving per dollar first; then single projects into what money is left, best first,
 * visits that are open anyway before new ones. Smoothing bounds every year by a target mean, lowered until the plan's own mean bears it.
 *
 * @param mustDos a plan of must-dos only
 */
export function construct(
  mustDos: Snapshot,
  relaxation: Relaxation,
  prices: Prices,
  problem: PlanState["problem"],
): PlanState {
  let target = Infinity;
  for (let attempt = 0; ; attempt++) {
    const state = restore(problem, mustDos);
    const ceiling = problem.rules.smoothingMaxRatio * target;
    addPackages(state, relaxation, ceiling);
    addSingles(state, prices, ceiling);
    if (!equityHolds(state)) restoreEquity(state, prices, ceiling);
    if (smoothingHolds(state) || attempt === 30)
      return attempt === 30 && !smoothingHolds(state) ? restore(problem, mustDos) : state;
    const mean = state.optionalSpend.reduce((sum, each) => sum + each, 0) / state.years;
    target = Math.min(mean, target * 0.97);
  }
}

/** Adds a project if every rule but equity still holds; smoothing as a ceiling on the year's optional spend. */
function tryAdd(state: PlanState, a: number, year: number, fund: number, ceilingUsd: number): boolean {
  if (fund < 0 || !yearIsOpen(state.problem, a, year)) return false;
  add(state, a, year, fund);
  if (projectsMaxHolds(state, year) && state.optionalSpend[year] <= ceilingUsd && budgetsHold(state)) return true;
  remove(state, a);
  return false;
}

function tryAddByAnyFund(state: PlanState, a: number, year: number, first: number, ceilingUsd: number): boolean {
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

interface Package {
  readonly assets: number[];
  readonly year: number;
  saving: number;
  cost: number;
}

function addPackages(state: PlanState, relaxation: Relaxation, ceilingUsd: number): void {
  const { problem, years } = state;
  const packages = new Map<number, Package>();
  relaxation.year.forEach((year, a) => {
    if (year < 0 || state.year[a] !== UNPLANNED) return;
    const key = schoolOf(problem, a) * years + year;
    const each = packages.get(key) ?? { assets: [], year, saving: 0, cost: problem.money.mobilizationUsd[year] };
    packages.set(key, each);
    each.assets.push(a);
    each.saving += problem.savingUsd[a * years + year];
    each.cost += baseCostUsd(problem, a, year);
  });
  const density = (a: number, year: number) => problem.savingUsd[a * years + year] / problem.costUsd[a];
  const ordered = [...packages.values()].sort((x, y) => y.saving / y.cost - x.saving / x.cost);
  for (const each of ordered)
    for (const a of each.assets.sort((x, y) => density(y, each.year) - density(x, each.year) || x - y))
      tryAddByAnyFund(state, a, each.year, relaxation.fund[a], ceilingUsd);
}

/** Two rounds: a visit opened in the first makes its neighbours cheaper in the second. */
function addSingles(state: PlanState, prices: Prices, ceilingUsd: number): void {
  for (let round = 0; round < 2; round++)
    for (const { a, year } of singles(state, () => true)) {
      if (state.year[a] === UNPLANNED)
        tryAddByAnyFund(state, a, year, cheapestFund(state.problem, prices, a, year), ceilingUsd);
    }
}

/** Every replacement that would still save something, best saving per dollar (mobilization of a new visit included) first. */
function singles(state: PlanState, wanted: (a: number) => boolean): { a: number; year: number; rate: number }[] {
  const { problem, years } = state;
  const found: { a: number; year: number; rate: number }[] = [];
  for (let a = 0; a < state.year.length; a++) {
    if (state.year[a] !== UNPLANNED || problem.costUsd[a] <= 0 || !wanted(a)) continue;
    for (let year = 0; year < years; year++) {
      const saving = problem.savingUsd[a * years + year];
      const visit = schoolOf(problem, a) * years + year;
      const cost =
        baseCostUsd(problem, a, year) + (state.visitProjects[visit] > 0 ? 0 : problem.money.mobilizationUsd[year]);
      if (saving > 0) found.push({ a, year, rate: saving / cost });
    }
  }
  return found.sort((x, y) => y.rate - x.rate || x.a - y.a || x.year - y.year);
}

/** Gives up the projects outside the equity schools that save least per dollar, and fills in inside, until the floors hold. */
function restoreEquity(state: PlanState, prices: Prices, ceilingUsd: number): void {
  const { problem, years } = state;
  const inside = (a: number) => problem.rules.equity.some(({ member }) => member[schoolOf(problem, a)] === 1);
  const fill = () => {
    for (const { a, year } of singles(state, inside))
      if (state.year[a] === UNPLANNED)
        tryAddByAnyFund(state, a, year, cheapestFund(problem, prices, a, year), ceilingUsd);
  };
  const rate = (a: number) => problem.savingUsd[a * years + state.year[a]] / baseCostUsd(problem, a, state.year[a]);
  const outside = Array.from(state.year, (_, a) => a)
    .filter((a) => state.year[a] !== UNPLANNED && state.obliged[a] === 0 && !inside(a))
    .sort((x, y) => rate(x) - rate(y) || x - y);
  fill();
  let given = 0;
  for (const a of outside) {
    if (equityHolds(state)) return;
    remove(state, a);
    if (++given % 8 === 0) fill();
  }
  fill();
}
