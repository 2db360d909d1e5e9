/**
 * A survival curve with its uncertainty: a mixture of Weibull curves over the posterior of (μ, ln σ).
 *
 *   S(t) = Σ_k w_k exp(−H_k(t)),  H_k(t) = exp((ln t − μ_k) / σ_k)
 *
 * Mixing over the posterior gives the honest, wide curve of a type with three units.
 */
export interface Curve {
  readonly weight: Float64Array;
  readonly mu: Float64Array;
  readonly sigma: Float64Array;
}

/** Gauss–Hermite nodes and weights for a standard normal: 5 for μ, 3 for ln σ. @see Abramowitz & Stegun table 25.10 */
const NODES_5 = [-2.8569700138728056, -1.355626179974266, 0, 1.355626179974266, 2.8569700138728056];
const WEIGHTS_5 = [
  0.011257411327720688, 0.22207592200561266, 0.5333333333333333, 0.22207592200561266, 0.011257411327720688,
];
const NODES_3 = [-1.7320508075688772, 0, 1.7320508075688772];
const WEIGHTS_3 = [1 / 6, 2 / 3, 1 / 6];

/** Curve of the normal posterior with these means and (co)variances of μ and s = ln σ. */
export function curveOf(mu: number, s: number, varMu: number, covMuS: number, varS: number): Curve {
  const sdMu = Math.sqrt(Math.max(0, varMu));
  const slope = sdMu > 0 ? covMuS / sdMu : 0;
  const restS = Math.sqrt(Math.max(0, varS - slope * slope));
  const curve = { weight: new Float64Array(15), mu: new Float64Array(15), sigma: new Float64Array(15) };
  for (let a = 0; a < 5; a++)
    for (let b = 0; b < 3; b++) {
      const k = a * 3 + b;
      curve.weight[k] = WEIGHTS_5[a] * WEIGHTS_3[b];
      curve.mu[k] = mu + sdMu * NODES_5[a];
      curve.sigma[k] = Math.exp(s + slope * NODES_5[a] + restS * NODES_3[b]);
    }
  return curve;
}

/** Chance of standing at `ageYears` + `aheadYears` of a unit that stands at `ageYears`; `multiplier` scales the hazard rate. */
export function survivalAhead(curve: Curve, ageYears: number, aheadYears: number, multiplier: number): number {
  if (aheadYears <= 0) return 1;
  const from = Math.log(ageYears);
  const to = Math.log(ageYears + aheadYears);
  let sum = 0;
  for (let k = 0; k < curve.weight.length; k++) {
    const already = ageYears > 0 ? Math.exp((from - curve.mu[k]) / curve.sigma[k]) : 0;
    const then = Math.exp((to - curve.mu[k]) / curve.sigma[k]);
    sum += curve.weight[k] * Math.exp(-multiplier * (then - already));
  }
  return sum;
}

/** Years ahead at which `survivalAhead` falls to `share`; 300 at most. */
export function yearsUntil(curve: Curve, ageYears: number, share: number, multiplier: number): number {
  let low = 0;
  let high = 300;
  if (survivalAhead(curve, ageYears, high, multiplier) > share) return high;
  while (high - low > 1e-4) {
    const middle = (low + high) / 2;
    if (survivalAhead(curve, ageYears, middle, multiplier) > share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
