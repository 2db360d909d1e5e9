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
  const { weight, mu, sigma } = curve;
  const from = Math.log(ageYears);
  const to = Math.log(ageYears + aheadYears);
  let sum = 0;
  for (let k = 0; k < weight.length; k++) {
    const already = ageYears > 0 ? Math.exp((from - mu[k]) / sigma[k]) : 0;
    sum += weight[k] * Math.exp(-multiplier * (Math.exp((to - mu[k]) / sigma[k]) - already));
  }
  return sum;
}

/** Years ahead at which `survivalAhead` falls to `share`; 300 at most. */
export function yearsUntil(curve: Curve, ageYears: number, share: number, multiplier: number): number {
  return new StandingUnit(curve, ageYears, multiplier).yearsUntil(share, 0);
}

const MOST_YEARS = 300;

/** A unit that stands at an age: what has been cumulated by then is worked out once. */
export class StandingUnit {
  readonly #curve: Curve;
  readonly #age: number;
  readonly #multiplier: number;
  readonly #already: Float64Array;
  #density = 0;

  constructor(curve: Curve, ageYears: number, multiplier: number) {
    this.#curve = curve;
    this.#age = ageYears;
    this.#multiplier = multiplier;
    const log = Math.log(ageYears);
    this.#already = new Float64Array(curve.mu.length);
    if (ageYears > 0)
      for (let k = 0; k < curve.mu.length; k++) this.#already[k] = Math.exp((log - curve.mu[k]) / curve.sigma[k]);
  }

  /** Chance of standing so many years ahead; leaves the density of failing there. */
  survival(aheadYears: number): number {
    this.#density = 0;
    if (aheadYears <= 0) return 1;
    const { weight, mu, sigma } = this.#curve;
    const at = this.#age + aheadYears;
    const log = Math.log(at);
    let sum = 0;
    for (let k = 0; k < weight.length; k++) {
      const then = Math.exp((log - mu[k]) / sigma[k]);
      const standing = weight[k] * Math.exp(-this.#multiplier * (then - this.#already[k]));
      sum += standing;
      this.#density += (standing * this.#multiplier * then) / (sigma[k] * at);
    }
    return sum;
  }

  /** Years ahead at which survival falls to `share`, not before `from`; 300 at most. Newton kept inside a bracket. */
  yearsUntil(share: number, from: number): number {
    let low = from;
    let high = MOST_YEARS;
    if (from >= high || this.survival(high) > share) return high;
    let years = Math.min(high, from + 5);
    for (let step = 0; step < 60 && high - low > 1e-6; step++) {
      const gap = this.survival(years) - share;
      if (gap > 0) low = years;
      else high = years;
      const newton = years + gap / this.#density;
      if (Math.abs(newton - years) < 1e-6) break;
      years = newton > low && newton < high ? newton : (low + high) / 2;
    }
    return years;
  }
}
