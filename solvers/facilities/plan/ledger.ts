import type { RelaxedProblem } from "./bound/lagrangian.ts";
import { copyPrices, emptyPrices, type Prices } from "./bound/prices.ts";
import { MARGIN } from "./constraints/budget.ts";
import { baseCostUsd, UNPLANNED } from "./state.ts";

const NAMES = ["fund", "smoothing", "project", "equity"] as const;
/** Part of a pass's price change that stays. */
const LEARN = 0.3;
const CARRY_SWEEPS = 2;

/**
 * What is spent by choices that need not keep the rules, and what that is worth: the augmented Lagrangian
 *
 *   Σ saving − Σ_rows (max(0, λ + κ e)² − λ²) / 2κ,   e = how far a row is broken (< 0: what it has left)
 *
 * with carry-over as a flow chosen to even out the prices of a fund's years.
 */
export class Ledger {
  readonly year: Int16Array;
  readonly fund: Int16Array;
  /** λ. */
  readonly prices: Prices;
  readonly #relaxed: RelaxedProblem;
  readonly #years: number;
  readonly #funds: number;
  readonly #spend: Float64Array;
  readonly #carried: Float64Array;
  readonly #optional: Float64Array;
  readonly #projects: Float64Array;
  readonly #schoolSpend: Float64Array;
  readonly #inside: Float64Array;
  #total = 0;
  /** κ of a row at stiffness 1, and now. */
  readonly #unit: Prices;
  readonly #stiffness: Prices;
  readonly #excess: Prices;
  readonly #now: Prices;
  readonly #base: Float64Array;
  readonly #baseOptional: Float64Array;

  constructor(relaxed: RelaxedProblem, prices: Prices) {
    const { problem } = relaxed;
    const assets = problem.forecast.live.length;
    this.#relaxed = relaxed;
    this.#years = problem.calendar.years.length;
    this.#funds = problem.funds.ids.length;
    this.year = new Int16Array(assets).fill(UNPLANNED);
    this.fund = new Int16Array(assets).fill(UNPLANNED);
    this.prices = copyPrices(prices);
    const rows = this.#funds * this.#years;
    this.#spend = new Float64Array(rows);
    this.#carried = new Float64Array(rows);
    this.#optional = new Float64Array(this.#years);
    this.#projects = new Float64Array(this.#years);
    this.#schoolSpend = new Float64Array(relaxed.bySchool.length);
    this.#inside = new Float64Array(problem.rules.equity.length);
    this.#base = new Float64Array(rows);
    this.#baseOptional = new Float64Array(this.#years);
    this.#excess = emptyPrices(problem);
    this.#now = emptyPrices(problem);
    this.#unit = unitsOf(relaxed, prices);
    this.#stiffness = copyPrices(this.#unit);
  }

  stiffen(by: number): void {
    for (const name of NAMES)
      for (let k = 0; k < this.#unit[name].length; k++) this.#stiffness[name][k] = by * this.#unit[name][k];
  }

  /** Adds `times` what the school's projects and visits spend. */
  post(school: number, times: number): void {
    if (times === 0) return;
    const { problem, bySchool, obliged } = this.#relaxed;
    const years = this.#years;
    const base = this.#base.fill(0);
    const optional = this.#baseOptional.fill(0);
    for (const a of bySchool[school]) {
      const year = this.year[a];
      if (year < 0) continue;
      const usd = baseCostUsd(problem, a, year);
      base[this.fund[a] * years + year] += usd;
      if (obliged[a] === 0) optional[year] += usd;
      this.#projects[year] += times;
    }
    let spent = 0;
    for (let year = 0; year < years; year++) {
      let whole = 0;
      for (let f = 0; f < this.#funds; f++) whole += base[f * years + year];
      if (whole === 0) continue;
      const factor = times * (1 + problem.money.mobilizationUsd[year] / whole);
      for (let f = 0; f < this.#funds; f++) this.#spend[f * years + year] += factor * base[f * years + year];
      this.#optional[year] += factor * optional[year];
      spent += factor * whole;
    }
    this.#total += spent;
    this.#schoolSpend[school] += spent;
    problem.rules.equity.forEach(({ member }, g) => {
      this.#inside[g] += member[school] * spent;
    });
  }

  /** Lets each fund carry money to where it is dearer, as far as it may. */
  carry(): void {
    const { carryMaxUsd } = this.#relaxed;
    this.#count();
    const { fund: excess } = this.#excess;
    const { fund: price } = this.prices;
    const { fund: stiffness } = this.#stiffness;
    const years = this.#years;
    for (let sweep = 0; sweep < CARRY_SWEEPS; sweep++)
      for (let at = 0; at < excess.length; at++) {
        if (carryMaxUsd[at] === 0 || at % years === years - 1) continue;
        const here = price[at] + stiffness[at] * excess[at];
        const next = price[at + 1] + stiffness[at + 1] * excess[at + 1];
        const wanted = this.#carried[at] + (next - here) / (stiffness[at] + stiffness[at + 1]);
        const change = Math.min(carryMaxUsd[at], Math.max(0, wanted)) - this.#carried[at];
        this.#carried[at] += change;
        excess[at] += change;
        excess[at + 1] -= change;
      }
  }

  /** Prices at what is spent now: max(0, λ + κ e). */
  now(): Prices {
    this.#count();
    for (const name of NAMES)
      for (let k = 0; k < this.#now[name].length; k++)
        this.#now[name][k] = Math.max(0, this.prices[name][k] + this.#stiffness[name][k] * this.#excess[name][k]);
    return this.#now;
  }

  /** The augmented Lagrangian, of the savings those of one school only. */
  worthUsd(school: number): number {
    const { problem, bySchool } = this.#relaxed;
    this.#count();
    let worth = 0;
    for (const a of bySchool[school]) if (this.year[a] >= 0) worth += problem.savingUsd[a * this.#years + this.year[a]];
    for (const name of NAMES)
      for (let k = 0; k < this.#excess[name].length; k++) {
        const stiffness = this.#stiffness[name][k];
        if (stiffness === 0) continue;
        const price = Math.max(0, this.prices[name][k] + stiffness * this.#excess[name][k]);
        worth -= price ** 2 / (2 * stiffness);
      }
    return worth;
  }

  /** Counts the mobilization of a visit that will be made; until the next count of all, like `place`. */
  open(school: number, year: number): void {
    const { problem, present } = this.#relaxed;
    const usd = problem.money.mobilizationUsd[year];
    let best = -1;
    for (let f = 0; f < this.#funds; f++)
      if (present[(school * this.#years + year) * this.#funds + f] === 1)
        if (best < 0 || this.#fundPrice(f, year, usd) < this.#fundPrice(best, year, usd)) best = f;
    if (best >= 0) this.#excess.fund[best * this.#years + year] += usd;
  }

  /**
   * Gives an asset its best year among those that are open, and the cheapest fund there, at the prices that it makes itself; or leaves it out.
   *
   * @param priceOfSpend what a dollar at the school costs in any year beside fund and smoothing
   */
  place(a: number, open: Uint8Array, priceOfSpend: number): void {
    const { problem, classes, obliged } = this.#relaxed;
    const must = obliged[a] === 1;
    let most = must ? Number.NEGATIVE_INFINITY : 0;
    this.year[a] = this.fund[a] = UNPLANNED;
    const { smoothing, project } = this.#excess;
    for (let year = 0; year < this.#years; year++) {
      if (open[year] === 0 || (must && problem.calendar.years[year] > problem.rules.mustDoBy[a])) continue;
      const usd = baseCostUsd(problem, a, year);
      const smoothed = must ? 0 : this.#price("smoothing", year, smoothing[year] + usd / 2);
      const rest =
        problem.savingUsd[a * this.#years + year] -
        usd * (priceOfSpend + smoothed) -
        this.#price("project", year, project[year] + 0.5);
      if (rest <= most) continue;
      for (const f of classes.funds[classes.of[a]]) {
        const value = rest - usd * this.#fundPrice(f, year, usd);
        if (value <= most) continue;
        most = value;
        this.year[a] = year;
        this.fund[a] = f;
      }
    }
    const year = this.year[a];
    if (year < 0) return;
    const usd = baseCostUsd(problem, a, year);
    this.#excess.fund[this.fund[a] * this.#years + year] += usd;
    if (!must) smoothing[year] += usd;
    project[year] += 1;
  }

  #fundPrice(fund: number, year: number, usd: number): number {
    const at = fund * this.#years + year;
    return this.#price("fund", at, this.#excess.fund[at] + usd / 2);
  }

  #price(name: keyof Prices, at: number, excess: number): number {
    return Math.max(0, this.prices[name][at] + this.#stiffness[name][at] * excess);
  }

  /** Part of what rows are broken by stays in their prices. */
  learn(): void {
    this.#count();
    for (const name of NAMES)
      for (let k = 0; k < this.#excess[name].length; k++) {
        const change = LEARN * this.#stiffness[name][k] * this.#excess[name][k];
        this.prices[name][k] = Math.max(0, this.prices[name][k] + change);
      }
  }

  #count(): void {
    const { problem } = this.#relaxed;
    const { funds, rules } = problem;
    const years = this.#years;
    const { fund, smoothing, project, equity } = this.#excess;
    for (let at = 0; at < fund.length; at++) {
      const before = at % years === 0 ? 0 : this.#carried[at - 1];
      fund[at] = this.#spend[at] + this.#carried[at] - before - funds.amountUsd[at] * (1 - MARGIN);
    }
    if (rules.smoothingMaxRatio !== Infinity)
      for (let year = 0; year < years; year++)
        smoothing[year] = this.#optional[year] - (rules.smoothingMaxRatio * this.#total) / years;
    if (rules.projectsMax !== Infinity)
      for (let year = 0; year < years; year++) project[year] = this.#projects[year] - rules.projectsMax;
    rules.equity.forEach(({ minShare }, g) => {
      equity[g] = minShare * this.#total - this.#inside[g];
    });
  }
}

/** κ by row: a row broken by 1 % of what it usually bears moves its price by 1 % of a dollar's. 0 where there is no such rule. */
function unitsOf({ problem, usualCostUsd }: RelaxedProblem, prices: Prices): Prices {
  const { funds, rules, calendar } = problem;
  const years = calendar.years.length;
  const unit = emptyPrices(problem);
  const all = funds.amountUsd.reduce((sum, each) => sum + each, 0);
  const usual = Math.max(1e-3, prices.fund.reduce((sum, each) => sum + each, 0) / Math.max(1, prices.fund.length));
  for (let at = 0; at < unit.fund.length; at++) {
    const from = at - (at % years);
    const mean = funds.amountUsd.subarray(from, from + years).reduce((sum, each) => sum + each, 0) / years;
    unit.fund[at] = Math.max(usual, prices.fund[at]) / Math.max(1, mean, funds.amountUsd[at]);
  }
  if (rules.smoothingMaxRatio !== Infinity) unit.smoothing.fill((usual * years) / Math.max(1, all));
  if (rules.projectsMax !== Infinity) unit.project.fill((usual * usualCostUsd) / Math.max(1, rules.projectsMax));
  unit.equity.fill(usual / Math.max(1, all / years));
  return unit;
}
