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

/**
 * Fills `savingUsd`, `ifNothingUsd`, `costUsd` and `renews` of a problem whose forecast, money and replacement costs stand: what a project of each asset
 * is, costs and saves. O(assets × years²).
 *
 * A project replaces, or renews where that is worth more in its best year at one price λ of a dollar: max_t (saving_t − λ cost_t). λ is what the last dollar
 * of all budgets saves when replacements are bought by falling saving a dollar, so renewals stand in where money is short. Must-dos are replaced.
 */
export function priceProjects(problem: FacilitiesProblem): void {
  const years = problem.calendar.years.length;
  const work = pricingWork(years);
  const savingOf = (a: number) => problem.savingUsd.subarray(a * years, (a + 1) * years);
  const renewable: number[] = [];
  problem.renews.fill(0);
  problem.costUsd.set(problem.replacementUsd);
  for (let a = 0; a < problem.forecast.live.length; a++) {
    const outlook = outlookOf(problem, a);
    problem.ifNothingUsd[a] = priceAsset(outlook, problem.money, savingOf(a), work);
    if (outlook.renewed && problem.rules.mustDoBy[a] === 0) renewable.push(a);
  }
  if (renewable.length === 0) return;
  const price = lastDollarSaves(problem);
  const worth = (saving: Float64Array, costUsd: number) =>
    saving.reduce((most, usd, t) => Math.max(most, usd - price * costUsd * problem.money.escalation[t]), -Infinity);
  const renewing = new Float64Array(years);
  for (const a of renewable) {
    const outlook = outlookOf(problem, a);
    const costUsd = outlook.renewed?.costUsd ?? 0;
    priceAsset(outlook, problem.money, renewing, work, true);
    if (worth(renewing, costUsd) <= worth(savingOf(a), outlook.costUsd)) continue;
    problem.renews[a] = 1;
    problem.costUsd[a] = costUsd;
    savingOf(a).set(renewing);
  }
}

/** What the last dollar of all budgets saves when each asset is replaced in its best year, by falling saving a dollar; 0 where there is money for all. */
function lastDollarSaves({ funds, savingUsd, replacementUsd, money }: FacilitiesProblem): number {
  const years = money.escalation.length;
  const best = Array.from(replacementUsd, (usd, a) => {
    let project = { rate: 0, usd: 0 };
    for (let t = 0; usd > 0 && t < years; t++) {
      const rate = savingUsd[a * years + t] / (usd * money.escalation[t]);
      if (rate > project.rate) project = { rate, usd: usd * money.escalation[t] };
    }
    return project;
  }).sort((x, y) => y.rate - x.rate);
  let left = funds.amountUsd.reduce((sum, each) => sum + each, 0);
  for (const { rate, usd } of best) {
    left -= usd;
    if (left < 0) return rate;
  }
  return 0;
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
 * What a project of one asset saves in each plan year. Whatever its year, what comes before it is what would come with none, and what comes
 * after is the same sequence of units, later: two streams give all years.
 * @param savingUsd by plan year; written
 * @param renew the project is a renewal
 * @returns its objective if nothing is done
 */
export function priceAsset(
  outlook: AssetOutlook,
  money: Money,
  savingUsd: Float64Array,
  work: PricingWork,
  renew = false,
): number {
  const { discount, escalation } = money;
  const { kept, renewed, scratch } = work;
  const years = savingUsd.length;
  writeStream(outlook, money, NOT_REPLACED, kept, scratch);
  writeStream(outlook, money, 0, renewed, scratch, renew);
  const after = renew ? outlook.renewed : undefined;
  const firstYearUsd = after ? after.repairUsd[1] + after.energyUsd : outlook.repairNew[1] + outlook.energyNew[1];
  const nothing = discountedUsd(kept, money);
  const factor = money.emergencyFactor * outlook.costUsd;
  let before = 0;
  for (let year = 0; year < years; year++) {
    const usd = kept.emergencyUsd[year] + kept.repairUsd[year] + kept.energyUsd[year];
    let cost = before + discount[year] * 0.5 * (usd + firstYearUsd);
    for (let k = 1; year + k < years; k++) {
      const failure = factor * escalation[year + k] + outlook.failureCostUsd;
      cost += discount[year + k] * (renewed.failures[k] * failure + renewed.repairUsd[k] + renewed.energyUsd[k]);
    }
    savingUsd[year] = nothing - cost;
    before += discount[year] * usd;
  }
  return nothing;
}
