import type { MipModel } from "@trivium/mip";
import type { FacilitiesProblem } from "../problem.ts";
import type { RelaxedProblem } from "./bound/lagrangian.ts";
import type { PlanState } from "./state.ts";

/** By fund and year, and by year; empty where there is no such rule. */
export interface SharedRows {
  readonly budget: Int32Array;
  readonly smoothing: Int32Array;
  /** Ties the spend of all years to a variable that smoothing reads; −1 = nothing does. */
  readonly total: number;
  readonly project: Int32Array;
  readonly equity: Int32Array;
}

/**
 * Rows that tie projects together, less what the fixed ones take of them.
 *
 * @param money part of each budget that may be spent
 */
export function sharedRows(
  model: MipModel,
  { problem, carryMaxUsd }: RelaxedProblem,
  money: number,
  fixed: PlanState,
): SharedRows {
  const { funds, rules, calendar } = problem;
  const years = calendar.years.length;
  const budget = Int32Array.from(funds.amountUsd, (amount, at) =>
    model.addRow(-Infinity, amount * money - fixed.fundSpend[at]),
  );
  for (let at = 0; at < budget.length; at++) {
    if (at % years === years - 1 || carryMaxUsd[at] === 0) continue;
    const carried = model.addVariable(0, 0, carryMaxUsd[at]);
    model.addEntry(budget[at], carried, 1);
    model.addEntry(budget[at + 1], carried, -1);
  }
  const perYear = (wanted: boolean, most: (year: number) => number) =>
    Int32Array.from(wanted ? calendar.years : [], (_, year) => model.addRow(-Infinity, most(year)));
  const spent = fixed.totalSpend;
  const ratio = rules.smoothingMaxRatio;
  const smoothing = perYear(ratio !== Infinity, (year) => -fixed.optionalSpend[year]);
  const all = smoothing.length > 0 ? model.addVariable(0) : -1;
  for (const row of smoothing) model.addEntry(row, all, -ratio / years);
  return {
    budget,
    smoothing,
    total: smoothing.length > 0 ? model.addRow(-spent, -spent, [all], [-1]) : -1,
    project: perYear(rules.projectsMax !== Infinity, (year) => rules.projectsMax - fixed.projects[year]),
    equity: Int32Array.from(rules.equity, ({ member, minShare }) => {
      const inside = fixed.schoolSpend.reduce((sum, each, school) => sum + member[school] * each, 0);
      return model.addRow(minShare * spent - inside, Infinity);
    }),
  };
}

/** Dollars spent at a school in a year, as smoothing (unless it leaves them alone) and equity see them. */
export function addSpend(
  model: MipModel,
  problem: FacilitiesProblem,
  rows: SharedRows,
  variable: number,
  school: number,
  year: number,
  usd: number,
  smoothed: boolean,
): void {
  if (rows.total >= 0) {
    if (smoothed) model.addEntry(rows.smoothing[year], variable, usd);
    model.addEntry(rows.total, variable, usd);
  }
  problem.rules.equity.forEach(({ member, minShare }, g) => {
    model.addEntry(rows.equity[g], variable, usd * (member[school] - minShare));
  });
}
