import type { FacilitiesProblem } from "../problem.ts";

export const UNPLANNED = -1;

/**
 * A capital plan in the making: which live asset is replaced in which year by which fund, with the running totals that the rules and the money need.
 * `add` and `remove` cost O(funds); the rules are checked by `constraints/`.
 */
export interface PlanState {
  readonly problem: FacilitiesProblem;
  readonly years: number;
  readonly fundCount: number;
  /** By live asset: plan year (0 first) or UNPLANNED, and fund. */
  readonly year: Int16Array;
  readonly fund: Int16Array;
  /** 1 = placed as a must-do: stays within its `by`, does not count against smoothing. */
  readonly obliged: Uint8Array;
  /** Unshared costs of a visit by fund, [(school × years + year) × funds + fund]; its optional part; its number of projects. */
  readonly visitBase: Float64Array;
  readonly visitOptional: Float64Array;
  readonly visitProjects: Int32Array;
  /** Spend with mobilization, [fund × years + year]; the optional part by year; by school. */
  readonly fundSpend: Float64Array;
  readonly optionalSpend: Float64Array;
  readonly schoolSpend: Float64Array;
  readonly projects: Int32Array;
  /** Of all funds and years. */
  totalSpend: number;
  /** Σ of what the planned replacements save, dollars. */
  savingUsd: number;
}

export function emptyPlan(problem: FacilitiesProblem): PlanState {
  const years = problem.calendar.years.length;
  const fundCount = problem.funds.ids.length;
  const visits = problem.register.schoolIds.length * years;
  const assets = problem.forecast.live.length;
  return {
    problem,
    years,
    fundCount,
    year: new Int16Array(assets).fill(UNPLANNED),
    fund: new Int16Array(assets).fill(UNPLANNED),
    obliged: new Uint8Array(assets),
    visitBase: new Float64Array(visits * fundCount),
    visitOptional: new Float64Array(visits),
    visitProjects: new Int32Array(visits),
    fundSpend: new Float64Array(fundCount * years),
    optionalSpend: new Float64Array(years),
    schoolSpend: new Float64Array(problem.register.schoolIds.length),
    projects: new Int32Array(years),
    totalSpend: 0,
    savingUsd: 0,
  };
}

/** Plans a live asset that is unplanned. No rule is checked. */
export function add(state: PlanState, a: number, year: number, fund: number): void {
  state.year[a] = year;
  state.fund[a] = fund;
  state.savingUsd += state.problem.savingUsd[a * state.years + year];
  state.projects[year]++;
  change(state, a, year, fund, 1);
}

export function remove(state: PlanState, a: number): void {
  const year = state.year[a];
  state.year[a] = UNPLANNED;
  state.savingUsd -= state.problem.savingUsd[a * state.years + year];
  state.projects[year]--;
  change(state, a, year, state.fund[a], -1);
  state.fund[a] = UNPLANNED;
}

export function schoolOf(problem: FacilitiesProblem, a: number): number {
  return problem.register.school[problem.forecast.live[a]];
}

/** Escalated cost of replacing a live asset in a year, without mobilization. */
export function baseCostUsd(problem: FacilitiesProblem, a: number, year: number): number {
  return problem.costUsd[a] * problem.money.escalation[year];
}

function change(state: PlanState, a: number, year: number, fund: number, sign: 1 | -1): void {
  const { problem, years, fundCount } = state;
  const school = schoolOf(problem, a);
  const visit = school * years + year;
  const cost = sign * baseCostUsd(problem, a, year);
  spendVisit(state, school, year, -1);
  state.visitProjects[visit] += sign;
  if (state.visitProjects[visit] === 0) {
    state.visitBase.fill(0, visit * fundCount, (visit + 1) * fundCount);
    state.visitOptional[visit] = 0;
  } else {
    state.visitBase[visit * fundCount + fund] += cost;
    if (state.obliged[a] === 0) state.visitOptional[visit] += cost;
  }
  spendVisit(state, school, year, 1);
}

/** Adds or takes away what a visit costs each fund: its projects' costs, and the mobilization shared in proportion to them. */
function spendVisit(state: PlanState, school: number, year: number, sign: 1 | -1): void {
  const { years, fundCount } = state;
  const visit = school * years + year;
  if (state.visitProjects[visit] === 0) return;
  let base = 0;
  for (let f = 0; f < fundCount; f++) base += state.visitBase[visit * fundCount + f];
  const share = sign * (1 + state.problem.money.mobilizationUsd[year] / base);
  for (let f = 0; f < fundCount; f++)
    state.fundSpend[f * years + year] += share * state.visitBase[visit * fundCount + f];
  state.optionalSpend[year] += share * state.visitOptional[visit];
  state.schoolSpend[school] += share * base;
  state.totalSpend += share * base;
}

/** What a planned project costs: its own escalated cost and its share of the visit's mobilization. */
export function projectCostUsd(state: PlanState, a: number): number {
  const year = state.year[a];
  const visit = schoolOf(state.problem, a) * state.years + year;
  let base = 0;
  for (let f = 0; f < state.fundCount; f++) base += state.visitBase[visit * state.fundCount + f];
  return baseCostUsd(state.problem, a, year) * (1 + state.problem.money.mobilizationUsd[year] / base);
}

/** The decisions alone. */
export interface Snapshot {
  readonly year: Int16Array;
  readonly fund: Int16Array;
  readonly obliged: Uint8Array;
}

export const snapshot = (state: PlanState): Snapshot => ({
  year: state.year.slice(),
  fund: state.fund.slice(),
  obliged: state.obliged.slice(),
});

/** A fresh state with these decisions: its sums carry no rounding of the past. */
export function restore(problem: FacilitiesProblem, kept: Snapshot): PlanState {
  const state = emptyPlan(problem);
  state.obliged.set(kept.obliged);
  for (let a = 0; a < kept.year.length; a++) if (kept.year[a] !== UNPLANNED) add(state, a, kept.year[a], kept.fund[a]);
  return state;
}
