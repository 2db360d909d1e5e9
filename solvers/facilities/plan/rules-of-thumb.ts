import type { FacilitiesProblem } from "../problem.ts";
import { smoothingExcessUsd } from "./constraints/index.ts";
import { Room } from "./room.ts";
import { baseCostUsd, type PlanState, remove, restore, type Snapshot, schoolOf, UNPLANNED } from "./state.ts";

/** How a district without an optimizer picks: what comes first in a plan year (0 first), highest first; 0 or less = not in question. */
type Urgency = (problem: FacilitiesProblem, a: number, year: number) => number;

const ageIn = (problem: FacilitiesProblem, a: number, year: number) =>
  problem.forecast.ageYears[a] + problem.calendar.middle[year];
const lifeOf = ({ register, forecast }: FacilitiesProblem, a: number) =>
  register.types[register.type[forecast.live[a]]].lifeMedianYears;

export const RULES_OF_THUMB: readonly { readonly name: string; readonly urgency: Urgency }[] = [
  { name: "oldest first", urgency: ageIn },
  {
    name: "past service life first",
    urgency: (problem, a, year) => {
      const past = ageIn(problem, a, year) / lifeOf(problem, a);
      return past >= 1 ? past : 0;
    },
  },
  { name: "worst FCI school first", urgency: worstSchoolFirst },
];

/** The school with the largest share of its value past service life comes first, within it what is furthest past. */
function worstSchoolFirst(problem: FacilitiesProblem, a: number, year: number): number {
  const past = ageIn(problem, a, year) / lifeOf(problem, a);
  return past >= 1 ? 10 * fciOf(problem, year)[schoolOf(problem, a)] + Math.min(past, 9) / 10 : 0;
}

const known = new WeakMap<FacilitiesProblem, Map<number, Float64Array>>();

/** Share of each school's replacement cost that is past its service life in a plan year, with nothing done. */
function fciOf(problem: FacilitiesProblem, year: number): Float64Array {
  const years = known.get(problem) ?? new Map<number, Float64Array>();
  known.set(problem, years);
  const kept = years.get(year);
  if (kept) return kept;
  const due = new Float64Array(problem.register.schoolIds.length);
  const all = new Float64Array(due.length);
  for (let a = 0; a < problem.costUsd.length; a++) {
    const school = schoolOf(problem, a);
    all[school] += problem.costUsd[a];
    if (ageIn(problem, a, year) >= lifeOf(problem, a)) due[school] += problem.costUsd[a];
  }
  const shares = due.map((usd, school) => (all[school] > 0 ? usd / all[school] : 0));
  years.set(year, shares);
  return shares;
}

/**
 * The list that a rule of thumb makes with the same money and rules: must-dos, then, year by year, whatever is most urgent and still fits.
 * Equity floors are not its concern.
 */
export function listByRule(problem: FacilitiesProblem, mustDos: Snapshot, urgency: Urgency): PlanState {
  const state = restore(problem, mustDos);
  const years = state.years;
  const { ids } = problem.funds;
  // Smoothing against the mean of all money is what a district can know beforehand.
  const mean = problem.funds.amountUsd.reduce((sum, each) => sum + each, 0) / years;
  const room = new Room(state, problem.rules.smoothingMaxRatio * mean);
  for (let year = 0; year < years; year++) {
    const found: { a: number; urgency: number }[] = [];
    for (let a = 0; a < state.year.length; a++) {
      if (state.year[a] !== UNPLANNED || problem.costUsd[a] <= 0) continue;
      const urgent = urgency(problem, a, year);
      if (urgent > 0) found.push({ a, urgency: urgent });
    }
    found.sort((x, y) => y.urgency - x.urgency || x.a - y.a);
    for (const { a } of found) ids.some((_, f) => problem.payable[a * ids.length + f] === 1 && room.tryAdd(a, year, f));
  }
  while (smoothingExcessUsd(state) > 0) if (!cutHighestYear(state)) break;
  return state;
}

/** Takes the smallest optional project out of the year that spends most. */
function cutHighestYear(state: PlanState): boolean {
  let year = 0;
  for (let t = 1; t < state.years; t++) if (state.optionalSpend[t] > state.optionalSpend[year]) year = t;
  let least = -1;
  for (let a = 0; a < state.year.length; a++)
    if (state.year[a] === year && state.obliged[a] === 0)
      if (least < 0 || baseCostUsd(state.problem, a, year) < baseCostUsd(state.problem, least, year)) least = a;
  if (least >= 0) remove(state, least);
  return least >= 0;
}
