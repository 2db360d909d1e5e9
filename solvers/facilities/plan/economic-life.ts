/** A unit as it ages, by year from the start on: chance of failing given that it stands at the year's start, and what a whole year costs. */
export interface AgeingUnit {
  readonly pFail: ArrayLike<number>;
  readonly repairUsd: ArrayLike<number>;
  readonly energyUsd: ArrayLike<number>;
}

export interface Annuity {
  /** Years kept at which a year costs least. */
  readonly years: number;
  readonly annualUsd: number;
}

/**
 * Equivalent annual cost of a unit kept until it fails or has stood n years:
 *
 *   A(n) = (capital + Σ_{j≤n} v^(j−½) G_j (q_j P + (1 − q_j/2)(repair_j + energy_j))) / Σ_{j≤n} v^(j−½) G_j (1 − q_j/2)
 *
 * with v = 1/(1 + discount), G_j standing at the start of year j, q_j failing in it, on average at its middle. The denominator is the discounted time in service.
 * @param capitalUsd paid at the start; 0 for a unit that stands
 * @param failureUsd P: what a failure costs beyond the planned price of the next unit
 * @param from first year of the unit that counts
 * @returns A(n) by n − 1
 * @see Barlow & Proschan 1965, Mathematical Theory of Reliability, ch. 4 (age replacement); Fox 1966, Age replacement with discounting
 */
export function annualCosts(
  unit: AgeingUnit,
  capitalUsd: number,
  failureUsd: number,
  discount: number,
  from = 0,
): Float64Array {
  const annual = new Float64Array(unit.pFail.length - from);
  let cost = capitalUsd;
  let service = 0;
  let standing = 1;
  for (let j = 0; j < annual.length; j++) {
    const q = unit.pFail[from + j];
    const weight = (1 + discount) ** -(j + 0.5) * standing;
    cost += weight * (q * failureUsd + (1 - q / 2) * (unit.repairUsd[from + j] + unit.energyUsd[from + j]));
    service += weight * (1 - q / 2);
    annual[j] = cost / service;
    standing *= 1 - q;
  }
  return annual;
}

/** The number of years at which a year costs least, the fewest of equals: a new unit's economic life. */
export function cheapest(annual: Float64Array): Annuity {
  let best = 0;
  for (let n = 1; n < annual.length; n++) if (annual[n] < annual[best]) best = n;
  return { years: best + 1, annualUsd: annual[best] };
}
