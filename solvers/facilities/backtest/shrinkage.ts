/** A group's observed over expected, pulled to that of all groups, with its 95 % interval. */
export interface ShrunkRate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Spread of groups where counts show none: their logarithms within about ± 10 %. */
const LEAST_VARIANCE = 0.01;

/**
 * Observed over expected counts by group with gamma shrinkage (empirical Bayes): group rates are Gamma with mean r = (ΣO + ½)/(ΣE + ½) and a variance estimated by moments,
 * so a group with few expected counts lies near r and one with many near its own O/E. Interval from the posterior's normal approximation on the log scale.
 * @see Clayton & Kaldor 1987, Biometrics 43:671–681
 */
export function shrunkRates(observed: ArrayLike<number>, expected: ArrayLike<number>): ShrunkRate[] {
  const groups = observed.length;
  let allObserved = 0;
  let allExpected = 0;
  for (let g = 0; g < groups; g++) {
    allObserved += observed[g];
    allExpected += expected[g];
  }
  // Half a case each way, so that nothing observed yet is no rate of 0.
  const mean = (allObserved + 0.5) / (allExpected + 0.5);
  let excess = 0;
  let weight = 0;
  for (let g = 0; g < groups; g++) {
    const m = mean * expected[g];
    excess += (observed[g] - m) ** 2 - m;
    weight += m * m;
  }
  const variance = Math.max(LEAST_VARIANCE, weight > 0 ? excess / weight : 0);
  const shape = 1 / variance;
  return Array.from({ length: groups }, (_, g) => {
    const value = (mean * (shape + observed[g])) / (shape + mean * expected[g]);
    const half = 1.96 / Math.sqrt(shape + observed[g]);
    return { value, low: value * Math.exp(-half), high: value * Math.exp(half) };
  });
}

/** The same relative to all groups together: 1 = as everywhere. */
export function relativeRates(observed: ArrayLike<number>, expected: ArrayLike<number>): ShrunkRate[] {
  const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, each) => sum + each, 0);
  const all = (total(observed) + 0.5) / (total(expected) + 0.5);
  return shrunkRates(observed, expected).map(({ value, low, high }) => ({
    value: value / all,
    low: low / all,
    high: high / all,
  }));
}
