import { emptyRelaxation, type RelaxedProblem, relax } from "./bound/lagrangian.ts";
import { startMultipliers, stepMultipliers } from "./bound/multipliers.ts";
import { emptyPrices, type Prices } from "./bound/prices.ts";

/** Weight of the newest relaxed plan in where an asset was placed of late. */
const NEWEST = 0.04;

/** Prices of a plan whose visits are chosen, and how often each asset was placed in each year by the relaxed plans of late, [asset × years + year]. */
export interface Settled {
  readonly prices: Prices;
  readonly yearShare: Float32Array;
}

/**
 * Prices once the visits are chosen: only projects are still weighed, so a step is cheap and the mean of the relaxed plans comes near to keeping the
 * budgets (the volume algorithm's primal: Barahona & Anbil 2000). What it places in one year throughout is clear, the rest in doubt.
 */
export function settle(
  relaxed: RelaxedProblem,
  prices: Prices,
  made: Uint8Array,
  steps: number,
  stop: () => boolean,
): Settled {
  const { problem } = relaxed;
  const years = problem.calendar.years.length;
  const multipliers = startMultipliers(relaxed, prices);
  const found = emptyRelaxation(problem);
  const excess = emptyPrices(problem);
  const yearShare = new Float32Array(problem.savingUsd.length);
  for (let step = 0; step < steps && !stop(); step++) {
    relax(relaxed, multipliers.prices, found, excess, made);
    const weight = Math.max(NEWEST, 1 / (step + 1));
    for (let at = 0; at < yearShare.length; at++) yearShare[at] *= 1 - weight;
    found.year.forEach((year, a) => {
      if (year >= 0) yearShare[a * years + year] += weight;
    });
    stepMultipliers(relaxed, multipliers, found, excess, 0);
  }
  return { prices: multipliers.best, yearShare };
}
