import { InputError } from "@trivium/model";
import { maximize, type Objective } from "./newton.ts";

/**
 * Repairable units with covariates: windows of observation [from, to] in age, their events as number and Σ ln(age at event),
 * and `design` n × columns row by row (without the intercept's ones).
 */
export interface RepairHistories {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly events: Float64Array;
  readonly logAges: Float64Array;
  readonly columns: number;
  readonly design: Float64Array;
}

/** θ = (β₀, β…, ln b): expected events of unit i between two ages = exp(β₀ + xᵢ β) (to^b − from^b), times its frailty. */
export interface RepairProcess {
  readonly theta: Float64Array;
  readonly covariance: Float64Array;
  readonly loglik: number;
  /** Shape κ of the gamma frailty (mean 1, variance 1/κ); Infinity = none. */
  readonly frailtyShape: number;
}

/** Precision of the normal prior that keeps coefficients of rare dummies finite; 0 = plain maximum likelihood. */
export interface RepairOptions {
  readonly frailty: boolean;
  readonly ridge?: number;
}

/** Beyond this shape units differ by nothing that counts could show. */
const NO_FRAILTY = 1e4;

/**
 * Power-law non-homogeneous Poisson process with covariates and gamma frailty:  intensity  Z exp(β₀ + x β) b t^(b−1),  Z ~ Gamma(κ, κ).
 *
 *   ln L = Σᵢ [ Σ_events (ln b + (b − 1) ln t + ηᵢ) + ln Γ(nᵢ + κ) − ln Γ(κ) + κ ln κ − (nᵢ + κ) ln(mᵢ + κ) ],  mᵢ = e^ηᵢ (toᵢ^b − fromᵢ^b)
 *
 * (without frailty the last four terms are −mᵢ). Newton with exact gradient and Hessian for θ; κ by a line search on its profile.
 * @throws InputError no-events, no-maximum
 * @see Crow 1974, in Reliability and Biometry, pp. 379–410; Lawless 1987, JASA 82:808–815 (frailty)
 */
export function fitRepairProcess(histories: RepairHistories, options: RepairOptions): RepairProcess {
  let events = 0;
  let exposure = 0;
  for (let i = 0; i < histories.to.length; i++) {
    events += histories.events[i];
    exposure += histories.to[i] - histories.from[i];
  }
  if (events === 0)
    throw new InputError(
      "no-events",
      `none of the ${histories.to.length} units had an event. Maybe the event column or its value is another one`,
      { values: { units: histories.to.length } },
    );
  let start: Float64Array = new Float64Array(histories.columns + 2);
  start[0] = Math.log(events / exposure);
  const at = (kappa: number) => {
    const maximum = maximize(likelihood(histories, kappa, options.ridge ?? 0), start);
    if (maximum.converged) start = maximum.theta;
    return maximum;
  };
  const kappa = options.frailty ? bestShape((each) => at(each).value) : Infinity;
  const maximum = at(kappa);
  if (!maximum.covariance)
    throw new InputError(
      "no-maximum",
      "the likelihood of the repair process has no maximum. Maybe a covariate takes a value without any event, or all windows are one age",
      {},
    );
  return { theta: maximum.theta, covariance: maximum.covariance, loglik: maximum.value, frailtyShape: kappa };
}

/** Expected events of a unit with frailty 1 between two ages. */
export function expectedEvents({ theta }: RepairProcess, x: ArrayLike<number>, from: number, to: number): number {
  let eta = theta[0];
  for (let j = 0; j + 2 < theta.length; j++) eta += x[j] * theta[j + 1];
  const b = Math.exp(theta[theta.length - 1]);
  return Math.exp(eta) * (to ** b - Math.max(0, from) ** b);
}

/** Posterior mean of a unit's frailty after n events where m were expected (empirical Bayes). */
export const posteriorFrailty = (kappa: number, n: number, m: number): number =>
  Number.isFinite(kappa) ? (kappa + n) / (kappa + m) : 1;

/** ln κ by golden section between 0.02 and 10⁴; at the upper end there is no frailty. */
function bestShape(profile: (kappa: number) => number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.02);
  let high = Math.log(NO_FRAILTY);
  let a = high - ratio * (high - low);
  let b = low + ratio * (high - low);
  let valueA = profile(Math.exp(a));
  let valueB = profile(Math.exp(b));
  while (high - low > 1e-5) {
    if (valueA < valueB) {
      low = a;
      a = b;
      valueA = valueB;
      b = low + ratio * (high - low);
      valueB = profile(Math.exp(b));
    } else {
      high = b;
      b = a;
      valueB = valueA;
      a = high - ratio * (high - low);
      valueA = profile(Math.exp(a));
    }
  }
  const kappa = Math.exp((low + high) / 2);
  return kappa > 0.99 * NO_FRAILTY ? Infinity : kappa;
}

function likelihood(histories: RepairHistories, kappa: number, ridge: number): Objective {
  const { from, to, events, logAges, columns, design } = histories;
  const size = columns + 2;
  const last = size - 1;
  const shared = Number.isFinite(kappa);
  return (theta, gradient, hessian) => {
    gradient.fill(0);
    hessian.fill(0);
    const b = Math.exp(theta[last]);
    let total = 0;
    for (let i = 0; i < to.length; i++) {
      if (!(to[i] > from[i])) continue;
      let eta = theta[0];
      for (let j = 0; j < columns; j++) eta += design[i * columns + j] * theta[j + 1];
      const n = events[i];
      const [power, log1, log2] = exposureAt(from[i], to[i], b);
      const rate = Math.exp(eta);
      const m = rate * power;
      // Derivatives of m by ln b: b Σ ln, then b Σ ln + b² Σ ln².
      const m1 = rate * b * log1;
      const m2 = m1 + rate * b * b * log2;
      const first = shared ? -(n + kappa) / (m + kappa) : -1;
      const second = shared ? (n + kappa) / (m + kappa) ** 2 : 0;
      total += n * (eta + theta[last]) + (b - 1) * logAges[i] + frailtyTerm(n, m, kappa);
      const dEta = n + first * m;
      const dEtaEta = first * m + second * m * m;
      const dEtaB = first * m1 + second * m * m1;
      for (let j = -1; j < columns; j++) {
        const xj = j < 0 ? 1 : design[i * columns + j];
        if (xj === 0) continue;
        gradient[j + 1] += dEta * xj;
        for (let k = -1; k <= j; k++)
          hessian[(j + 1) * size + k + 1] += dEtaEta * xj * (k < 0 ? 1 : design[i * columns + k]);
        hessian[last * size + j + 1] += dEtaB * xj;
      }
      gradient[last] += n + b * logAges[i] + first * m1;
      hessian[last * size + last] += b * logAges[i] + first * m2 + second * m1 * m1;
    }
    for (let j = 1; j <= columns; j++) {
      total -= 0.5 * ridge * theta[j] ** 2;
      gradient[j] -= ridge * theta[j];
      hessian[j * size + j] -= ridge;
    }
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) hessian[j * size + i] = hessian[i * size + j];
    return total;
  };
}

/** ln of E[Z^n e^(−Zm)] for Z ~ Gamma(κ, κ); −m without frailty. */
function frailtyTerm(n: number, m: number, kappa: number): number {
  if (!Number.isFinite(kappa)) return -m;
  let sum = -(n + kappa) * Math.log1p(m / kappa) - n * Math.log(kappa);
  for (let k = 0; k < n; k++) sum += Math.log(kappa + k);
  return sum;
}

/** to^b − from^b, and the differences of t^b ln t and t^b ln² t. */
function exposureAt(from: number, to: number, b: number): readonly [number, number, number] {
  const high = to ** b;
  const logHigh = Math.log(to);
  const low = from > 0 ? from ** b : 0;
  const logLow = from > 0 ? Math.log(from) : 0;
  return [high - low, high * logHigh - low * logLow, high * logHigh ** 2 - low * logLow ** 2];
}
