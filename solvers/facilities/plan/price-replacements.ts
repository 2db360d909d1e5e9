import type { FacilitiesProblem } from "../problem.ts";
import {
  type AssetOutlook,
  type CostStream,
  discountedUsd,
  emptyStream,
  NOT_REPLACED,
  type StreamScratch,
  streamScratch,
  writeStream,
} from "./cost-stream.ts";
import type { Money } from "./money.ts";
import { outlookOf } from "./outlook.ts";

/** Fills `savingUsd` and `ifNothingUsd` of a problem whose forecast, money and costs stand. O(assets × years²). */
export function priceReplacements(problem: FacilitiesProblem): void {
  const years = problem.calendar.years.length;
  const work = pricingWork(years);
  for (let a = 0; a < problem.forecast.live.length; a++) {
    const savingUsd = problem.savingUsd.subarray(a * years, (a + 1) * years);
    problem.ifNothingUsd[a] = priceAsset(outlookOf(problem, a), problem.money, savingUsd, work);
  }
}

/** Work space of `priceAsset`, reused. */
export interface PricingWork {
  readonly kept: CostStream;
  readonly renewed: CostStream;
  readonly scratch: StreamScratch;
}

export const pricingWork = (years: number): PricingWork => ({
  kept: emptyStream(years),
  renewed: emptyStream(years),
  scratch: streamScratch(years),
});

/**
 * What replacing one asset in each plan year saves. Whatever the year of a replacement, what comes before it is what would come with none, and what comes
 * after is the same sequence of new units, later: two streams give all years.
 * @param savingUsd by plan year; written
 * @returns its objective if it is never replaced
 */
export function priceAsset(outlook: AssetOutlook, money: Money, savingUsd: Float64Array, work: PricingWork): number {
  const { discount, escalation } = money;
  const { kept, renewed, scratch } = work;
  const years = savingUsd.length;
  writeStream(outlook, money, NOT_REPLACED, kept, scratch);
  writeStream(outlook, money, 0, renewed, scratch);
  const nothing = discountedUsd(kept, money);
  const factor = money.emergencyFactor * outlook.costUsd;
  let before = 0;
  for (let year = 0; year < years; year++) {
    const usd = kept.emergencyUsd[year] + kept.repairUsd[year] + kept.energyUsd[year];
    let cost = before + discount[year] * 0.5 * (usd + outlook.repairNew[1] + outlook.energyNew[1]);
    for (let k = 1; year + k < years; k++) {
      const failure = factor * escalation[year + k] + outlook.failureCostUsd;
      cost += discount[year + k] * (renewed.failures[k] * failure + renewed.repairUsd[k] + renewed.energyUsd[k]);
    }
    savingUsd[year] = nothing - cost;
    before += discount[year] * usd;
  }
  return nothing;
}
