import type { FacilitiesProblem } from "../problem.ts";
import { discountedUsd, emptyStream, streamScratch, writeStream } from "./cost-stream.ts";
import { outlookOf, round } from "./outlook.ts";

/** Sums over all live assets by plan year, undiscounted, and the objective. */
export interface Totals {
  readonly failures: Float64Array;
  readonly emergencyUsd: Float64Array;
  readonly repairUsd: Float64Array;
  readonly energyUsd: Float64Array;
  /** Discounted failure cost + repairs + energy. */
  readonly objectiveUsd: number;
}

/**
 * @param replaced by live asset: plan year (0 first) of its project or −1
 * @param renews 1 = that project is a renewal
 */
export function totalsOf(
  problem: FacilitiesProblem,
  replaced: ArrayLike<number>,
  renews: ArrayLike<number> = problem.renews,
): Totals {
  const years = problem.calendar.years.length;
  const total = emptyStream(years);
  const stream = emptyStream(years);
  const scratch = streamScratch(years);
  let objectiveUsd = 0;
  for (let a = 0; a < replaced.length; a++) {
    writeStream(outlookOf(problem, a), problem.money, replaced[a], stream, scratch, renews[a] === 1);
    for (const name of ["failures", "emergencyUsd", "repairUsd", "energyUsd"] as const)
      for (let year = 0; year < years; year++) total[name][year] += stream[name][year];
    objectiveUsd += discountedUsd(stream, problem.money);
  }
  return { ...total, objectiveUsd };
}

/**
 * Facility condition index at the end of each plan year: as-of replacement cost of live assets not replaced or renewed by then whose median remaining life has passed,
 * as a share of the as-of cost of all.
 */
export function fciByYear(problem: FacilitiesProblem, replaced: ArrayLike<number>): Float64Array {
  const { calendar, forecast, replacementUsd: costUsd } = problem;
  const all = costUsd.reduce((sum, each) => sum + each, 0);
  return Float64Array.from(calendar.years, (_, year) => {
    let due = 0;
    for (let a = 0; a < costUsd.length; a++) {
      const standing = replaced[a] < 0 || replaced[a] > year;
      if (standing && round(forecast.rul[a * 3 + 1], 3) <= calendar.bounds[year + 2]) due += costUsd[a];
    }
    return all > 0 ? due / all : 0;
  });
}
