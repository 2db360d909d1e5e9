import type { FacilitiesProblem } from "../problem.ts";
import { discountedUsd, emptyStream, NOT_REPLACED, streamScratch, writeStream } from "./cost-stream.ts";
import { outlookOf } from "./outlook.ts";

/**
 * Fills `savingUsd` and `ifNothingUsd` of a problem whose forecast, money and costs stand. Whatever the year of a replacement, what comes before it is
 * what would come with none, and what comes after is the same sequence of new units, later: two streams an asset give all years. O(assets × years²).
 */
export function priceReplacements(problem: FacilitiesProblem): void {
  const { money } = problem;
  const { discount, escalation } = money;
  const years = problem.calendar.years.length;
  const kept = emptyStream(years);
  const renewed = emptyStream(years);
  const scratch = streamScratch(years);
  for (let a = 0; a < problem.forecast.live.length; a++) {
    const outlook = outlookOf(problem, a);
    writeStream(outlook, money, NOT_REPLACED, kept, scratch);
    writeStream(outlook, money, 0, renewed, scratch);
    const nothing = discountedUsd(kept, money);
    problem.ifNothingUsd[a] = nothing;
    const factor = money.emergencyFactor * outlook.costUsd;
    let before = 0;
    for (let year = 0; year < years; year++) {
      const usd = kept.emergencyUsd[year] + kept.repairUsd[year] + kept.energyUsd[year];
      let cost = before + discount[year] * 0.5 * (usd + outlook.repairNew[1] + outlook.energyNew[1]);
      for (let k = 1; year + k < years; k++) {
        const failure = factor * escalation[year + k] + outlook.failureCostUsd;
        cost += discount[year + k] * (renewed.failures[k] * failure + renewed.repairUsd[k] + renewed.energyUsd[k]);
      }
      problem.savingUsd[a * years + year] = nothing - cost;
      before += discount[year] * usd;
    }
  }
}
