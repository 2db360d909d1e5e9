import type { FacilitiesProblem } from "../../problem.ts";
import { chooseVisits, emptyRelaxation, type RelaxedProblem, relax } from "./lagrangian.ts";
import { emptyPrices, type Prices } from "./prices.ts";
import { SchoolPrices } from "./school-prices.ts";

/** What a bound says of single choices. */
export interface Losses {
  /** ≥ the saving of every plan. */
  readonly boundUsd: number;
  /** By [asset × years + year]: every plan with this project saves at most boundUsd less this; Infinity where it may not be done. */
  readonly usd: Float64Array;
}

/**
 * Reduced costs of the relaxed problem: with duals u of the assets and the slack of the visits left by dual ascent, a project in year t costs the bound
 * max(0, u_i − v_it) + slack_t, since all other terms of the Lagrangian are ≥ 0. What costs more than a known plan lies below the bound is in no better plan.
 */
export function lossesOf(relaxed: RelaxedProblem, prices: Prices): Losses {
  const { problem, bySchool, obliged, classes, chooser } = relaxed;
  const years = problem.calendar.years.length;
  const whole = emptyRelaxation(problem);
  relax(relaxed, prices, whole, emptyPrices(problem));
  const usd = new Float64Array(problem.savingUsd.length).fill(Infinity);
  const dual = new Float64Array(problem.costUsd.length);
  const pricing = new SchoolPrices(relaxed);
  bySchool.forEach((assets, school) => {
    pricing.set(school, prices);
    chooseVisits(relaxed, school, pricing.priceOf, prices.project, pricing.visit);
    for (let i = 0; i < chooser.count; i++) dual[chooser.asset[i]] = chooser.dualOf(i);
    for (const a of assets) {
      const price = pricing.priceOf[obliged[a]];
      for (let year = 0; year < years; year++) {
        if (late(problem, obliged, a, year)) continue;
        const cost = problem.costUsd[a] * price[classes.of[a] * years + year];
        if (cost === Infinity) continue;
        const value = problem.savingUsd[a * years + year] - cost - prices.project[year];
        usd[a * years + year] = Math.max(0, dual[a] - value) + chooser.slackOf(year);
      }
    }
  });
  return { boundUsd: whole.boundUsd, usd };
}

const late = ({ calendar, rules }: FacilitiesProblem, obliged: Uint8Array, a: number, year: number): boolean =>
  obliged[a] === 1 && calendar.years[year] > rules.mustDoBy[a];
