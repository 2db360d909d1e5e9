import { cheapestFunds, type RelaxedProblem } from "./bound/lagrangian.ts";
import { dollarPrices, type Prices } from "./bound/prices.ts";
import { baseCostUsd, type Snapshot, UNPLANNED } from "./state.ts";

/** An asset whose best year loses more than this share of what its money costs stands in no plan near the bound. */
const LOSS_MAX = 0.35;
/** Below this many assets all are taken. */
const FEW = 300;

/** Live assets that the local search draws from, ascending: those of the plan and those that come near to paying at the prices. */
export function promising(relaxed: RelaxedProblem, prices: Prices, plan: Snapshot): Int32Array {
  const { problem, classes, obliged } = relaxed;
  const years = problem.calendar.years.length;
  const { price } = cheapestFunds(relaxed, prices);
  const dollar = dollarPrices(problem, prices);
  const all = relaxed.bySchool.flatMap((assets) => Array.from(assets));
  const few = all.length <= FEW;
  const found: number[] = [];
  relaxed.bySchool.forEach((assets, school) => {
    for (const a of assets) {
      let near = few || plan.year[a] !== UNPLANNED || obliged[a] === 1;
      for (let year = 0; year < years && !near; year++) {
        const dollars = price[classes.of[a] * years + year] + dollar.optional[school * years + year];
        near = problem.savingUsd[a * years + year] >= (1 - LOSS_MAX) * baseCostUsd(problem, a, year) * dollars;
        near &&= problem.savingUsd[a * years + year] > 0;
      }
      if (near) found.push(a);
    }
  });
  return Int32Array.from(found).sort();
}
