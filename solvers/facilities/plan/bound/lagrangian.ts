import type { FacilitiesProblem } from "../../problem.ts";
import { yearIsOpen } from "../constraints/index.ts";
import { mustDos } from "../must-do.ts";
import { baseCostUsd, schoolOf } from "../state.ts";
import { dollarPrices, type Prices } from "./prices.ts";
import { chooseVisits } from "./visit-choice.ts";

/** The relaxed problem: the plan without budgets, smoothing, project limits and equity, each broken at its price. */
export interface Relaxation {
  /** ≥ the saving of any plan that keeps the rules and meets these must-dos. */
  boundUsd: number;
  /** By live asset: the year it would take at these prices, or −1; the cheapest fund there. */
  readonly year: Int16Array;
  readonly fund: Int16Array;
  /** 1 = the school is visited in the year, [school × years + year]. */
  readonly open: Uint8Array;
}

export function emptyRelaxation(problem: FacilitiesProblem): Relaxation {
  const assets = problem.forecast.live.length;
  return {
    boundUsd: 0,
    year: new Int16Array(assets).fill(-1),
    fund: new Int16Array(assets).fill(-1),
    open: new Uint8Array(problem.register.schoolIds.length * problem.calendar.years.length),
  };
}

/** What stays the same from one price vector to the next. */
export interface RelaxedProblem {
  readonly problem: FacilitiesProblem;
  /** Live assets by school; those that can never be a project are left out. */
  readonly bySchool: readonly Int32Array[];
  readonly obliged: Uint8Array;
  /** Most a fund can carry out of a year, finite. */
  readonly carryMaxUsd: Float64Array;
  readonly present: Uint8Array;
  /** Mean cost of a project: puts counts and dollars on one scale. */
  readonly usualCostUsd: number;
}

/** @param unmet must-dos that cannot be met: they are free like any other */
export function relaxedProblem(problem: FacilitiesProblem, unmet: readonly number[]): RelaxedProblem {
  const obliged = new Uint8Array(problem.forecast.live.length);
  for (const a of mustDos(problem)) obliged[a] = 1;
  for (const a of unmet) obliged[a] = 0;
  const years = problem.calendar.years.length;
  const anyYear = (a: number) => problem.calendar.years.some((_, year) => yearIsOpen(problem, a, year));
  const payable = (a: number) =>
    problem.funds.ids.some((_, f) => problem.payable[a * problem.funds.ids.length + f] === 1);
  const bySchool: number[][] = problem.register.schoolIds.map(() => []);
  let cost = 0;
  let count = 0;
  for (let a = 0; a < obliged.length; a++) {
    if (!anyYear(a) || !payable(a)) continue;
    bySchool[schoolOf(problem, a)].push(a);
    cost += problem.costUsd[a];
    count++;
  }
  const carryMaxUsd = problem.funds.carryMaxUsd.map((most, at) => {
    const from = at - (at % years);
    return Math.min(
      most,
      problem.funds.amountUsd.subarray(from, at + 1).reduce((sum, each) => sum + each, 0),
    );
  });
  return {
    problem,
    bySchool: bySchool.map((each) => Int32Array.from(each)),
    obliged,
    carryMaxUsd,
    present: presentFunds(problem, bySchool, carryMaxUsd),
    usualCostUsd: count > 0 ? cost / count : 1,
  };
}

/**
 * Value of the relaxed problem at these prices, a proven upper bound on the saving:
 *
 *   L(prices) = Σ_schools [visits and projects at their prices] + Σ λ_ft amount_ft + Σ max(0, λ_f,t+1 − λ_ft) carry_ft + Σ π_t projects_max
 *
 * A project in year t saves b_it and pays c_it (λ + smoothing − equity) + π_t, λ the least of the funds that may pay; a visit pays its mobilization at the
 * least λ of the funds that may have a project there. `excess` receives, per rule, how far the relaxed choice breaks it (the subgradient with its sign turned).
 */
export function relax(relaxed: RelaxedProblem, prices: Prices, out: Relaxation, excess: Prices): void {
  const { problem, bySchool, obliged } = relaxed;
  const years = problem.calendar.years.length;
  const dollar = dollarPrices(problem, prices);
  out.boundUsd = 0;
  out.year.fill(-1);
  out.open.fill(0);
  for (const values of Object.values(excess)) values.fill(0);
  const spend = excess.fund;
  const spendByYear = new Float64Array(years);
  const spendBySchool = new Float64Array(bySchool.length);
  bySchool.forEach((assets, school) => {
    if (assets.length === 0) return;
    const values = new Float64Array(assets.length * years).fill(-Infinity);
    const choice = { bound: 0, year: new Int16Array(assets.length), open: new Uint8Array(years) };
    const bound = Uint8Array.from(assets, (a) => obliged[a]);
    assets.forEach((a, i) => {
      for (let year = 0; year < years; year++) {
        if (!yearIsOpen(problem, a, year)) continue;
        if (obliged[a] === 1 && problem.calendar.years[year] > problem.rules.mustDoBy[a]) continue;
        const extra = (obliged[a] === 1 ? dollar.obliged : dollar.optional)[school * years + year];
        const fundPrice = prices.fund[cheapestFund(problem, prices, a, year) * years + year];
        values[i * years + year] =
          problem.savingUsd[a * years + year] -
          baseCostUsd(problem, a, year) * (fundPrice + extra) -
          prices.project[year];
      }
    });
    const optionalOnly = !bound.includes(1);
    const visitFund = Int32Array.from({ length: years }, (_, year) => leastFund(relaxed, prices, school, year));
    const visitPrice = Float64Array.from({ length: years }, (_, year) => {
      const at = school * years + year;
      const smoothing = optionalOnly
        ? dollar.optional[at]
        : Math.min(dollar.optional[at], dollar.optional[at] - prices.smoothing[year]);
      return problem.money.mobilizationUsd[year] * (prices.fund[visitFund[year] * years + year] + smoothing);
    });
    chooseVisits(values, assets.length, visitPrice, bound, choice);
    out.boundUsd += choice.bound;
    assets.forEach((a, i) => {
      const year = choice.year[i];
      out.year[a] = year;
      if (year < 0) return;
      choice.open[year] = 1;
      const fund = cheapestFund(problem, prices, a, year);
      const cost = baseCostUsd(problem, a, year);
      out.fund[a] = fund;
      spend[fund * years + year] += cost;
      spendBySchool[school] += cost;
      excess.project[year] += 1;
      if (obliged[a] === 0) spendByYear[year] += cost;
    });
    for (let year = 0; year < years; year++) {
      if (choice.open[year] === 0) continue;
      out.open[school * years + year] = 1;
      spend[visitFund[year] * years + year] += problem.money.mobilizationUsd[year];
      spendBySchool[school] += problem.money.mobilizationUsd[year];
      if (optionalOnly) spendByYear[year] += problem.money.mobilizationUsd[year];
    }
  });
  chargeBudgets(relaxed, prices, out, excess);
  chargeSharedRules(problem, prices, out, excess, spendByYear, spendBySchool);
}

/** Cheapest fund that may pay for a live asset in a year. */
export function cheapestFund(problem: FacilitiesProblem, prices: Prices, a: number, year: number): number {
  const funds = problem.funds.ids.length;
  const years = problem.calendar.years.length;
  let best = -1;
  for (let f = 0; f < funds; f++)
    if (
      problem.payable[a * funds + f] === 1 &&
      (best < 0 || prices.fund[f * years + year] < prices.fund[best * years + year])
    )
      best = f;
  return best;
}

/** Cheapest fund that may have a project, and so a part of the mobilization, at a school in a year; 0 when none may. */
function leastFund({ problem, present }: RelaxedProblem, prices: Prices, school: number, year: number): number {
  const funds = problem.funds.ids.length;
  const years = problem.calendar.years.length;
  let best = -1;
  for (let f = 0; f < funds; f++) {
    if (present[(school * years + year) * funds + f] === 0) continue;
    if (best < 0 || prices.fund[f * years + year] < prices.fund[best * years + year]) best = f;
  }
  return Math.max(0, best);
}

/** [(school × years + year) × funds + fund]: 1 = the fund has money in the year and may pay for an asset of the school. */
function presentFunds(
  problem: FacilitiesProblem,
  bySchool: readonly (readonly number[])[],
  carryMaxUsd: Float64Array,
): Uint8Array {
  const funds = problem.funds.ids.length;
  const years = problem.calendar.years.length;
  const present = new Uint8Array(bySchool.length * years * funds);
  bySchool.forEach((assets, school) => {
    for (let f = 0; f < funds; f++) {
      if (!assets.some((a) => problem.payable[a * funds + f] === 1)) continue;
      for (let year = 0; year < years; year++) {
        const at = f * years + year;
        const money = problem.funds.amountUsd[at] + (year > 0 ? carryMaxUsd[at - 1] : 0);
        present[(school * years + year) * funds + f] = +(money > 0);
      }
    }
  });
  return present;
}

function chargeBudgets(
  { problem, carryMaxUsd }: RelaxedProblem,
  prices: Prices,
  out: Relaxation,
  excess: Prices,
): void {
  const years = problem.calendar.years.length;
  for (let at = 0; at < prices.fund.length; at++) {
    out.boundUsd += prices.fund[at] * problem.funds.amountUsd[at];
    excess.fund[at] -= problem.funds.amountUsd[at];
    const gain = at % years === years - 1 ? 0 : prices.fund[at + 1] - prices.fund[at];
    if (gain <= 0) continue;
    out.boundUsd += gain * carryMaxUsd[at];
    excess.fund[at] += carryMaxUsd[at];
    excess.fund[at + 1] -= carryMaxUsd[at];
  }
}

function chargeSharedRules(
  problem: FacilitiesProblem,
  prices: Prices,
  out: Relaxation,
  excess: Prices,
  byYear: Float64Array,
  bySchool: Float64Array,
): void {
  const { rules } = problem;
  const total = byYear.reduce((sum, each) => sum + each, 0);
  for (let year = 0; year < byYear.length; year++) {
    if (rules.projectsMax === Infinity) excess.project[year] = 0;
    else {
      out.boundUsd += prices.project[year] * rules.projectsMax;
      excess.project[year] -= rules.projectsMax;
    }
    excess.smoothing[year] =
      rules.smoothingMaxRatio === Infinity ? 0 : byYear[year] - (rules.smoothingMaxRatio * total) / byYear.length;
  }
  const spent = bySchool.reduce((sum, each) => sum + each, 0);
  rules.equity.forEach(({ member, minShare }, g) => {
    let inside = 0;
    for (let school = 0; school < member.length; school++) inside += member[school] * bySchool[school];
    excess.equity[g] = minShare * spent - inside;
  });
}
