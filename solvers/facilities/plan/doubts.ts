import { cheapestFunds, type RelaxedProblem } from "./bound/lagrangian.ts";
import { dollarPrices, type Prices } from "./bound/prices.ts";
import { baseCostUsd } from "./state.ts";

/** An asset that could be placed, its best year at the prices, and how sure that is. */
export interface Doubt {
  readonly a: number;
  readonly school: number;
  readonly year: number;
  /** What the project saves beyond the price of its money. */
  readonly net: number;
  /** How near the best place is to not paying or to the next best, as a share of what its money costs; 0 = either would do. */
  readonly margin: number;
}

/** What loses this share of its money's cost even in its best year is out. */
const OUT = 0.25;

/** Every asset that comes near to paying in a visit that is made, most doubtful first; must-dos are always in doubt. */
export function doubtsOf(relaxed: RelaxedProblem, prices: Prices, made: Uint8Array): Doubt[] {
  const { problem, classes, obliged } = relaxed;
  const years = problem.calendar.years.length;
  const { price } = cheapestFunds(relaxed, prices);
  const dollar = dollarPrices(problem, prices);
  const found: Doubt[] = [];
  relaxed.bySchool.forEach((assets, school) => {
    for (const a of assets) {
      let year = -1;
      let net = Number.NEGATIVE_INFINITY;
      let next = Number.NEGATIVE_INFINITY;
      let worth = 1;
      for (let t = 0; t < years; t++) {
        const visit = school * years + t;
        if (made[visit] === 0 || problem.rules.blackout[visit] === 1) continue;
        const dollars = price[classes.of[a] * years + t] + dollar.optional[visit];
        const cost = baseCostUsd(problem, a, t) * dollars;
        const value = problem.savingUsd[a * years + t] - cost - prices.project[t];
        if (value > net) {
          next = net;
          net = value;
          year = t;
          worth = Math.max(1e-9, cost);
        } else if (value > next) next = value;
      }
      const must = obliged[a] === 1;
      if (!must && (year < 0 || net < -OUT * worth)) continue;
      const margin = net > 0 ? Math.min(net, net - next) / worth : -net / worth;
      found.push({ a, school, year, net, margin: must ? 0 : margin });
    }
  });
  return found.sort((x, y) => x.margin - y.margin || x.a - y.a);
}
