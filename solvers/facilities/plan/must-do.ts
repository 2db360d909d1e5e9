import type { FacilitiesProblem } from "../problem.ts";
import { budgetsMissingUsd, projectsExcess, yearIsOpen } from "./constraints/index.ts";
import { add, emptyPlan, type PlanState, remove, restore, snapshot, UNPLANNED } from "./state.ts";

/** A must-do that no year up to its `by` has room for, the optional projects put aside. */
export interface UnmetMustDo {
  readonly asset: number;
  readonly by: number;
  readonly reason: "no_year" | "no_cost" | "no_fund" | "blackout" | "projects_max" | "budget";
  /** Least extra money, in the best fund and plan year (0 first), with the other must-dos as they are; 0 and −1 where money is not what is missing. */
  readonly extraUsd: number;
  readonly fund: number;
  readonly year: number;
  /** Those reckoned before fill that year's projects once they have got their money: this one needs one more project there as well. */
  readonly alsoProject: boolean;
}

/** Live assets that a must-do binds within the horizon; one whose `by` lies beyond the last plan year may wait for a later plan. */
export function mustDos(problem: FacilitiesProblem): number[] {
  const { years } = problem.calendar;
  const bound = (by: number) => by > 0 && by <= years[years.length - 1];
  return Array.from(problem.rules.mustDoBy, (_, a) => a).filter((a) => bound(problem.rules.mustDoBy[a]));
}

/** In what order must-dos are placed, and which year each prefers: no single one packs every budget best, so the best of several is kept. */
const ORDERS: readonly ((problem: FacilitiesProblem, a: number, b: number) => number)[] = [
  (problem, a, b) => problem.rules.mustDoBy[a] - problem.rules.mustDoBy[b] || problem.costUsd[b] - problem.costUsd[a],
  (problem, a, b) => problem.costUsd[b] - problem.costUsd[a],
  (problem, a, b) => problem.costUsd[a] - problem.costUsd[b],
];
const PREFERENCES = ["saving", "early", "late"] as const;

/** Rounds in which those that found no room go first. */
const SQUEAKS = 12;

/**
 * A plan of must-dos alone: as many as can be met, then as much saved as can be. Greedy in several orders; those left out go first in the next round
 * (squeaky wheel), as no single order packs every budget best.
 * @see Joslin & Clements 1999, Journal of Artificial Intelligence Research 10:353–373
 */
export function placeMustDos(problem: FacilitiesProblem): PlanState {
  const assets = mustDos(problem);
  let best = emptyPlan(problem);
  let bestMet = -1;
  for (const order of ORDERS)
    for (const preference of PREFERENCES) {
      let queue = assets.toSorted((x, y) => order(problem, x, y) || x - y);
      for (let round = 0; round < SQUEAKS; round++) {
        const state = emptyPlan(problem);
        const left = queue.filter((a) => !placeOne(state, a, preference));
        const met = queue.length - left.length;
        if (met > bestMet || (met === bestMet && state.savingUsd > best.savingUsd)) {
          best = state;
          bestMet = met;
        }
        if (left.length === 0) break;
        const squeaky = new Set(left);
        queue = [...left, ...queue.filter((a) => !squeaky.has(a))];
      }
    }
  return best;
}

function placeOne(state: PlanState, a: number, preference: (typeof PREFERENCES)[number]): boolean {
  const { problem, years } = state;
  const open = yearsUpTo(problem, a).filter((year) => yearIsOpen(problem, a, year));
  const saving = (year: number) => problem.savingUsd[a * years + year];
  if (preference === "saving") open.sort((x, y) => saving(y) - saving(x) || x - y);
  if (preference === "late") open.reverse();
  state.obliged[a] = 1;
  const freedom = (fund: number) =>
    problem.funds.uniformat[fund].length === 0 && problem.funds.schools[fund].length === 0;
  const funds = Array.from({ length: state.fundCount }, (_, f) => f).sort((x, y) => +freedom(x) - +freedom(y) || x - y);
  for (const year of open)
    for (const fund of funds) {
      if (problem.payable[a * state.fundCount + fund] === 0) continue;
      add(state, a, year, fund);
      if (projectsExcess(state) === 0 && budgetsMissingUsd(state) === 0) return true;
      remove(state, a);
    }
  state.obliged[a] = 0;
  return false;
}

const yearsUpTo = (problem: FacilitiesProblem, a: number): number[] =>
  problem.calendar.years.flatMap((fiscal, year) => (fiscal <= problem.rules.mustDoBy[a] ? [year] : []));

/**
 * Why each must-do that `state` (must-dos alone) leaves out cannot be met. Each is reckoned after those before it in the list have got their extra money,
 * so the sum of `extraUsd` pays for all of them.
 */
export function unmetMustDos(state: PlanState): UnmetMustDo[] {
  const paid = restore(state.problem, snapshot(state));
  return mustDos(state.problem).flatMap((a) => (state.year[a] === UNPLANNED ? [whyUnmet(state, paid, a)] : []));
}

/** @param paid the same plan with the unmet must-dos that were reckoned before; this one is added to it where money is all that lacks */
function whyUnmet(state: PlanState, paid: PlanState, a: number): UnmetMustDo {
  const { problem } = state;
  const by = problem.rules.mustDoBy[a];
  const not = (reason: UnmetMustDo["reason"]): UnmetMustDo => ({
    asset: a,
    by,
    reason,
    extraUsd: 0,
    year: -1,
    fund: -1,
    alsoProject: false,
  });
  const years = yearsUpTo(problem, a);
  if (years.length === 0) return not("no_year");
  if (problem.costUsd[a] <= 0) return not("no_cost");
  const funds = Array.from({ length: state.fundCount }, (_, f) => f).filter(
    (f) => problem.payable[a * state.fundCount + f] === 1,
  );
  if (funds.length === 0) return not("no_fund");
  const open = years.filter((year) => yearIsOpen(problem, a, year));
  if (open.length === 0) return not("blackout");
  const free = open.filter((year) => state.projects[year] < problem.rules.projectsMax);
  if (free.length === 0) return not("projects_max");
  const stillFree = free.filter((year) => paid.projects[year] < problem.rules.projectsMax);
  const tried = stillFree.length > 0 ? stillFree : free;
  const before = budgetsMissingUsd(paid);
  let best = { year: tried[0], fund: funds[0], extraUsd: Infinity };
  for (const year of tried)
    for (const fund of funds) {
      add(paid, a, year, fund);
      const extraUsd = budgetsMissingUsd(paid) - before;
      if (extraUsd < best.extraUsd) best = { year, fund, extraUsd };
      remove(paid, a);
    }
  add(paid, a, best.year, best.fund);
  return { asset: a, by, reason: "budget", ...best, alsoProject: stillFree.length === 0 };
}
