import type { FacilitiesProblem } from "../../problem.ts";

/** Prices of the rules that tie projects together (Lagrange multipliers, all ≥ 0), in dollars of objective. */
export interface Prices {
  /** Of a dollar of a fund in a year, [fund × years + year]. */
  readonly fund: Float64Array;
  /** Of a dollar above the smoothing limit, by year. */
  readonly smoothing: Float64Array;
  /** Of a project, by year. */
  readonly project: Float64Array;
  /** Of a dollar missing to an equity floor. */
  readonly equity: Float64Array;
}

export function emptyPrices(problem: FacilitiesProblem): Prices {
  const years = problem.calendar.years.length;
  return {
    fund: new Float64Array(problem.funds.ids.length * years),
    smoothing: new Float64Array(years),
    project: new Float64Array(years),
    equity: new Float64Array(problem.rules.equity.length),
  };
}

export const copyPrices = (prices: Prices): Prices => ({
  fund: prices.fund.slice(),
  smoothing: prices.smoothing.slice(),
  project: prices.project.slice(),
  equity: prices.equity.slice(),
});

/** What one dollar spent at a school in a year costs beyond the fund: smoothing, less what it does for equity. */
export interface DollarPrices {
  /** [school × years + year], for optional projects; for must-dos, which smoothing leaves alone. */
  readonly optional: Float64Array;
  readonly obliged: Float64Array;
}

export function dollarPrices(problem: FacilitiesProblem, prices: Prices): DollarPrices;
/** The same at one school, [year]. */
export function dollarPrices(problem: FacilitiesProblem, prices: Prices, school: number): DollarPrices;
export function dollarPrices(problem: FacilitiesProblem, prices: Prices, only?: number): DollarPrices {
  const years = problem.calendar.years.length;
  const first = only ?? 0;
  const schools = only === undefined ? problem.register.schoolIds.length : 1;
  const optional = new Float64Array(schools * years);
  const obliged = new Float64Array(schools * years);
  const ratio = problem.rules.smoothingMaxRatio;
  const meanPart = ratio === Infinity ? 0 : (ratio / years) * prices.smoothing.reduce((sum, each) => sum + each, 0);
  for (let k = 0; k < schools; k++) {
    let equity = 0;
    problem.rules.equity.forEach(({ member, minShare }, g) => {
      equity += prices.equity[g] * (member[first + k] - minShare);
    });
    for (let year = 0; year < years; year++) {
      optional[k * years + year] = prices.smoothing[year] - meanPart - equity;
      obliged[k * years + year] = -meanPart - equity;
    }
  }
  return { optional, obliged };
}
