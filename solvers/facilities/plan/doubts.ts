import { Random } from "@trivium/engine";
import { cheapestFunds, type RelaxedProblem } from "./bound/lagrangian.ts";
import { dollarPrices } from "./bound/prices.ts";
import type { Settled } from "./settle.ts";
import { baseCostUsd } from "./state.ts";

/** An asset that could be placed, its best year at the prices, and how sure that is. */
export interface Doubt {
  readonly a: number;
  readonly school: number;
  /** Drawn by how often it was placed there: all together then keep the budgets nearly; −1 = in none. */
  readonly year: number;
  /** How sure its place (or that it has none) is: how often the relaxed plans of late had it there, and how far the next best is; low = either would do. */
  readonly margin: number;
}

/** What loses this share of its money's cost even in its best year is out. */
const OUT = 0.25;
const SLIGHT = 0.5;

/** Every asset that comes near to paying in a visit that is made, most doubtful first; must-dos are always in doubt. */
export function doubtsOf(relaxed: RelaxedProblem, { prices, yearShare }: Settled, made: Uint8Array): Doubt[] {
  const { problem, classes, obliged } = relaxed;
  const years = problem.calendar.years.length;
  const { price } = cheapestFunds(relaxed, prices);
  const dollar = dollarPrices(problem, prices);
  const lots = new Random(1);
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
      // Placed here throughout, or nowhere, comes first; what the prices say of it decides among those alike.
      let placed = 0;
      for (let t = 0; t < years; t++) placed += yearShare[a * years + t];
      const sure = net > 0 ? yearShare[a * years + year] : 1 - placed;
      const margin = Math.min(1, net > 0 ? Math.min(net, net - next) / worth : -net / worth);
      const lot = lots.unit();
      let drawn = -1;
      for (let t = 0, sum = 0; t < years && drawn < 0; t++) {
        sum += yearShare[a * years + t];
        if (lot < sum) drawn = t;
      }
      found.push({ a, school, year: drawn, margin: must ? -1 : sure + SLIGHT * margin });
    }
  });
  return found.sort((x, y) => x.margin - y.margin || x.a - y.a);
}
