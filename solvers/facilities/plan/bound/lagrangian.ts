import type { FacilitiesProblem } from "../../problem.ts";
import { mustDos } from "../must-do.ts";
import { schoolOf } from "../state.ts";
import { type FundClasses, fundClasses } from "./fund-classes.ts";
import { dollarPrices, type Prices } from "./prices.ts";
import { VisitChooser } from "./visit-choice.ts";

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
  /** 1 = the school has a must-do. */
  readonly anyObliged: Uint8Array;
  readonly classes: FundClasses;
  /** Most a fund can carry out of a year, finite. */
  readonly carryMaxUsd: Float64Array;
  /** 1 = the fund has money in the year and may pay for an asset of the school, [(school × years + year) × funds + fund]. */
  readonly present: Uint8Array;
  /** Mean cost of a project: puts counts and dollars on one scale. */
  readonly usualCostUsd: number;
  readonly chooser: VisitChooser;
}

/** @param unmet must-dos that cannot be met: they are free like any other */
export function relaxedProblem(problem: FacilitiesProblem, unmet: readonly number[]): RelaxedProblem {
  const obliged = new Uint8Array(problem.forecast.live.length);
  for (const a of mustDos(problem)) obliged[a] = 1;
  for (const a of unmet) obliged[a] = 0;
  const years = problem.calendar.years.length;
  const classes = fundClasses(problem);
  const bySchool: number[][] = problem.register.schoolIds.map(() => []);
  const anyObliged = new Uint8Array(bySchool.length);
  let cost = 0;
  let count = 0;
  for (let a = 0; a < obliged.length; a++) {
    const school = schoolOf(problem, a);
    const closed = problem.rules.blackout.subarray(school * years, (school + 1) * years).every((each) => each === 1);
    if (problem.costUsd[a] <= 0 || closed || classes.funds[classes.of[a]].length === 0) continue;
    bySchool[school].push(a);
    if (obliged[a] === 1) anyObliged[school] = 1;
    cost += problem.costUsd[a];
    count++;
  }
  const carryMaxUsd = finiteCarry(problem);
  return {
    problem,
    bySchool: bySchool.map((each) => Int32Array.from(each)),
    obliged,
    anyObliged,
    classes,
    carryMaxUsd,
    present: presentFunds(problem, bySchool, carryMaxUsd),
    usualCostUsd: count > 0 ? cost / count : 1,
    chooser: new VisitChooser(Math.max(0, ...bySchool.map((each) => each.length)), years),
  };
}

/** The same for some schools only, with the money and rules of `problem`. */
export function relaxedPart(problem: FacilitiesProblem, whole: RelaxedProblem, chosen: Uint8Array): RelaxedProblem {
  return {
    ...whole,
    problem,
    bySchool: whole.bySchool.map((assets, school) => (chosen[school] === 1 ? assets : assets.subarray(0, 0))),
    carryMaxUsd: finiteCarry(problem),
  };
}

/** Most that can be carried out of a year: no more than all that came in until then. */
function finiteCarry({ funds, calendar }: FacilitiesProblem): Float64Array {
  const years = calendar.years.length;
  return funds.carryMaxUsd.map((most, at) => {
    const from = at - (at % years);
    return Math.min(
      most,
      funds.amountUsd.subarray(from, at + 1).reduce((sum, each) => sum + each, 0),
    );
  });
}

/**
 * Value of the relaxed problem at these prices, a proven upper bound on the saving:
 *
 *   L(prices) = Σ_schools [visits and projects at their prices] + Σ λ_ft amount_ft + Σ max(0, λ_f,t+1 − λ_ft) carry_ft + Σ π_t projects_max
 *
 * A project in year t saves b_it and pays c_it (λ + smoothing − equity) + π_t, λ the least of the funds that may pay; a visit pays its mobilization at the
 * least λ of the funds that may have a project there. `excess` receives, per rule, how far the relaxed choice breaks it (the subgradient with its sign turned).
 * O(assets × years), and what the schools' choices of visits take.
 *
 * @param made 1 = the visit is made, and paid, in any case, 0 = it is not: then no visits are chosen, and L bounds only plans with these
 */
export function relax(
  relaxed: RelaxedProblem,
  prices: Prices,
  out: Relaxation,
  excess: Prices,
  made?: Uint8Array,
): void {
  const { problem, bySchool, obliged, classes, chooser } = relaxed;
  const { costUsd } = problem;
  const years = problem.calendar.years.length;
  const { escalation, mobilizationUsd } = problem.money;
  const dollar = dollarPrices(problem, prices);
  const cheapest = cheapestFunds(relaxed, prices);
  out.boundUsd = 0;
  out.year.fill(-1);
  out.open.fill(0);
  for (const values of Object.values(excess)) values.fill(0);
  const spend = excess.fund;
  const spendByYear = new Float64Array(years);
  const spendBySchool = new Float64Array(bySchool.length);
  // Price of a dollar of as-of cost by class of funds, [optional or obliged][class × years + year].
  const priceOf = [0, 1].map(() => new Float64Array(classes.funds.length * years));
  const visitPrice = new Float64Array(years);
  const visitFund = new Int32Array(years);
  for (let school = 0; school < bySchool.length; school++) {
    const assets = bySchool[school];
    if (assets.length === 0) continue;
    for (let at = 0; at < priceOf[0].length; at++) {
      const year = at % years;
      const here = school * years + year;
      const fundPrice = cheapest.price[at];
      const closed = problem.rules.blackout[here] === 1 || fundPrice === Infinity || made?.[here] === 0;
      priceOf[0][at] = closed ? Infinity : escalation[year] * (fundPrice + dollar.optional[here]);
      priceOf[1][at] = closed ? Infinity : escalation[year] * (fundPrice + dollar.obliged[here]);
    }
    for (let year = 0; year < years; year++) {
      const at = school * years + year;
      visitFund[year] = leastFund(relaxed, prices, school, year);
      const smoothing =
        relaxed.anyObliged[school] === 0
          ? dollar.optional[at]
          : Math.min(dollar.optional[at], dollar.optional[at] - prices.smoothing[year]);
      visitPrice[year] = mobilizationUsd[year] * (prices.fund[visitFund[year] * years + year] + smoothing);
      if (made === undefined) continue;
      if (made[at] === 1) out.boundUsd -= visitPrice[year];
      visitPrice[year] = 0;
    }
    out.boundUsd += chooseVisits(relaxed, school, priceOf, prices.project, visitPrice);
    for (let i = 0; i < chooser.count; i++) {
      const year = chooser.year[i];
      const a = chooser.asset[i];
      out.year[a] = year;
      if (year < 0) continue;
      if (made === undefined) chooser.open[year] = 1;
      const fund = cheapest.fund[classes.of[a] * years + year];
      const cost = costUsd[a] * escalation[year];
      out.fund[a] = fund;
      spend[fund * years + year] += cost;
      spendBySchool[school] += cost;
      excess.project[year] += 1;
      if (obliged[a] === 0) spendByYear[year] += cost;
    }
    for (let year = 0; year < years; year++) {
      if ((made === undefined ? chooser.open[year] : made[school * years + year]) === 0) continue;
      out.open[school * years + year] = 1;
      spend[visitFund[year] * years + year] += mobilizationUsd[year];
      spendBySchool[school] += mobilizationUsd[year];
      if (relaxed.anyObliged[school] === 0) spendByYear[year] += mobilizationUsd[year];
    }
  }
  chargeBudgets(relaxed, prices, out, excess);
  chargeSharedRules(problem, prices, out, excess, spendByYear, spendBySchool);
}

/**
 * The best visits and projects of one school at given prices; the relaxed problem's `chooser` then holds them.
 *
 * @param priceOf of a dollar of as-of cost by class of funds, [optional or obliged][class × years + year]; Infinity where nothing may be done
 * @param projectPrice of a project, by year
 * @param visitPrice of a visit, by year
 * @returns ≥ what any choice is worth
 */
export function chooseVisits(
  { problem, bySchool, obliged, classes, chooser }: RelaxedProblem,
  school: number,
  priceOf: readonly Float64Array[],
  projectPrice: Float64Array,
  visitPrice: Float64Array,
): number {
  const { savingUsd, costUsd, calendar, rules } = problem;
  const years = calendar.years.length;
  chooser.start();
  for (const a of bySchool[school]) {
    const must = obliged[a];
    const price = priceOf[must];
    const from = a * years;
    const kind = classes.of[a] * years;
    const cost = costUsd[a];
    const row = chooser.row();
    let best = Number.NEGATIVE_INFINITY;
    for (let year = 0; year < years; year++) {
      const value = savingUsd[from + year] - cost * price[kind + year] - projectPrice[year];
      chooser.values[row + year] = value;
      if (value > best) best = value;
    }
    if (must === 1) {
      for (let year = 0; year < years; year++)
        if (calendar.years[year] > rules.mustDoBy[a]) chooser.values[row + year] = Number.NEGATIVE_INFINITY;
      chooser.keep(a, true);
    } else if (best > 0) chooser.keep(a, false);
  }
  return chooser.choose(visitPrice);
}

/** Cheapest fund of each class in each year and its price, [class × years + year]; Infinity where none may pay. */
export function cheapestFunds(
  { problem, classes }: Pick<RelaxedProblem, "problem" | "classes">,
  prices: Prices,
): { fund: Int32Array; price: Float64Array } {
  const years = problem.calendar.years.length;
  const fund = new Int32Array(classes.funds.length * years).fill(-1);
  const price = new Float64Array(classes.funds.length * years).fill(Infinity);
  classes.funds.forEach((funds, kind) => {
    for (const f of funds)
      for (let year = 0; year < years; year++) {
        if (prices.fund[f * years + year] >= price[kind * years + year]) continue;
        price[kind * years + year] = prices.fund[f * years + year];
        fund[kind * years + year] = f;
      }
  });
  return { fund, price };
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
  const spent = bySchool.reduce((sum, each) => sum + each, 0);
  for (let year = 0; year < byYear.length; year++) {
    if (rules.projectsMax === Infinity) excess.project[year] = 0;
    else {
      out.boundUsd += prices.project[year] * rules.projectsMax;
      excess.project[year] -= rules.projectsMax;
    }
    excess.smoothing[year] =
      rules.smoothingMaxRatio === Infinity ? 0 : byYear[year] - (rules.smoothingMaxRatio * spent) / byYear.length;
  }
  rules.equity.forEach(({ member, minShare }, g) => {
    let inside = 0;
    for (let school = 0; school < member.length; school++) inside += member[school] * bySchool[school];
    excess.equity[g] = minShare * spent - inside;
  });
}
