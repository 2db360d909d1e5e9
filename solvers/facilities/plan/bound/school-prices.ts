import { cheapestFunds, type RelaxedProblem } from "./lagrangian.ts";
import { dollarPrices, emptyPrices, type Prices } from "./prices.ts";

/** What a dollar and a visit cost one school. */
export class SchoolPrices {
  readonly priceOf: readonly Float64Array[];
  readonly visit: Float64Array;
  prices: Prices;
  readonly #relaxed: RelaxedProblem;

  constructor(relaxed: RelaxedProblem) {
    const years = relaxed.problem.calendar.years.length;
    this.#relaxed = relaxed;
    this.prices = emptyPrices(relaxed.problem);
    this.priceOf = [0, 1].map(() => new Float64Array(relaxed.classes.funds.length * years));
    this.visit = new Float64Array(years);
  }

  set(school: number, prices: Prices): void {
    const { problem, present, anyObliged } = this.#relaxed;
    this.prices = prices;
    const years = problem.calendar.years.length;
    const funds = problem.funds.ids.length;
    const { escalation, mobilizationUsd } = problem.money;
    const cheapest = cheapestFunds(this.#relaxed, prices);
    const dollar = dollarPrices(problem, prices, school);
    for (let at = 0; at < cheapest.price.length; at++) {
      const year = at % years;
      const closed = problem.rules.blackout[school * years + year] === 1 || cheapest.price[at] === Infinity;
      this.priceOf[0][at] = closed ? Infinity : escalation[year] * (cheapest.price[at] + dollar.optional[year]);
      this.priceOf[1][at] = closed ? Infinity : escalation[year] * (cheapest.price[at] + dollar.obliged[year]);
    }
    for (let year = 0; year < years; year++) {
      let least = Infinity;
      for (let f = 0; f < funds; f++)
        if (present[(school * years + year) * funds + f] === 1) least = Math.min(least, prices.fund[f * years + year]);
      const extra =
        anyObliged[school] === 1 ? Math.min(dollar.optional[year], dollar.obliged[year]) : dollar.optional[year];
      this.visit[year] = least === Infinity ? 0 : mobilizationUsd[year] * (least + extra);
    }
  }
}
