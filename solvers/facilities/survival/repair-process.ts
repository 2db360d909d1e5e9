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

/**
 * Power-law non-homogeneous Poisson process with covariates and gamma frailty:  intensity  Z exp(β₀ + x β) b t^(b−1),  Z ~ Gamma(κ, κ).
 *
 *   ln L = Σᵢ [ Σ_events (ln b + (b − 1) ln t + ηᵢ) + ln Γ(nᵢ + κ) − ln Γ(κ) + κ ln κ − (nᵢ + κ) ln(mᵢ + κ) ],  mᵢ = e^ηᵢ (toᵢ^b − fromᵢ^b)
 *
 * (without frailty the last four terms are −mᵢ). Newton with exact gradient and Hessian, first without frailty, then for θ and ln κ together;
 * there is frailty when the likelihood rises away from κ = ∞, which it does where Σ (n − m)² > Σ n.
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
  const ridge = options.ridge ?? 0;
  const start = new Float64Array(histories.columns + 2);
  start[0] = Math.log(events / exposure);
  const plain = maximize(likelihood(histories, ridge, false), start);
  const spread = options.frailty ? overdispersion(histories, plain.theta) : 0;
  const maximum =
    spread > 0
      ? maximize(likelihood(histories, ridge, true), Float64Array.of(...plain.theta, -Math.log(spread)))
      : plain;
  if (!maximum.covariance)
    throw new InputError(
      "no-maximum",
      "the likelihood of the repair process has no maximum. Maybe a covariate takes a value without any event, or all windows are one age",
      {},
    );
  const size = histories.columns + 2;
  return {
    theta: maximum.theta.slice(0, size),
    covariance: leading(maximum.covariance, maximum.theta.length, size),
    loglik: maximum.value,
    frailtyShape: spread > 0 ? Math.exp(maximum.theta[size]) : Infinity,
  };
}

/** Variance of the frailty by moments, Σ ((n − m)² − n) / Σ m²; where it is not above 0 units differ by nothing that counts could show. */
function overdispersion({ from, to, events, columns, design }: RepairHistories, theta: Float64Array): number {
  let excess = 0;
  let squares = 0;
  for (let i = 0; i < to.length; i++) {
    const m = expectedEvents({ theta }, design.subarray(i * columns, (i + 1) * columns), from[i], to[i]);
    excess += (events[i] - m) ** 2 - events[i];
    squares += m * m;
  }
  return Math.min(50, excess / squares);
}

/** The first rows and columns of a square matrix. */
function leading(matrix: Float64Array, size: number, kept: number): Float64Array {
  const part = new Float64Array(kept * kept);
  for (let i = 0; i < kept; i++) part.set(matrix.subarray(i * size, i * size + kept), i * kept);
  return part;
}

/** Expected events of a unit with frailty 1 between two ages. */
export function expectedEvents(
  { theta }: Pick<RepairProcess, "theta">,
  x: ArrayLike<number>,
  from: number,
  to: number,
): number {
  let eta = theta[0];
  for (let j = 0; j + 2 < theta.length; j++) eta += x[j] * theta[j + 1];
  const b = Math.exp(theta[theta.length - 1]);
  return Math.exp(eta) * (to ** b - Math.max(0, from) ** b);
}

/** Posterior mean of a unit's frailty after n events where m were expected (empirical Bayes). */
export const posteriorFrailty = (kappa: number, n: number, m: number): number =>
  Number.isFinite(kappa) ? (kappa + n) / (kappa + m) : 1;

function likelihood(histories: RepairHistories, ridge: number, frailty: boolean): Objective {
  const { from, to, events, logAges, columns, design } = histories;
  const growthAt = columns + 1;
  const shapeAt = growthAt + 1;
  const size = frailty ? shapeAt + 1 : shapeAt;
  const logTo = to.map(Math.log);
  const logFrom = from.map((age) => (age > 0 ? Math.log(age) : 0));
  return (theta, gradient, hessian) => {
    gradient.fill(0);
    hessian.fill(0);
    const b = Math.exp(theta[growthAt]);
    const kappa = frailty ? Math.exp(theta[shapeAt]) : Infinity;
    let total = 0;
    for (let i = 0; i < to.length; i++) {
      if (!(to[i] > from[i])) continue;
      let eta = theta[0];
      for (let j = 0; j < columns; j++) eta += design[i * columns + j] * theta[j + 1];
      const n = events[i];
      const high = Math.exp(b * logTo[i]);
      const low = from[i] > 0 ? Math.exp(b * logFrom[i]) : 0;
      const rate = Math.exp(eta);
      const m = rate * (high - low);
      // Derivatives of m by ln b: b Σ ln, then b Σ ln + b² Σ ln².
      const m1 = rate * b * (high * logTo[i] - low * logFrom[i]);
      const m2 = m1 + rate * b * b * (high * logTo[i] ** 2 - low * logFrom[i] ** 2);
      const first = frailty ? -(n + kappa) / (m + kappa) : -1;
      const second = frailty ? (n + kappa) / (m + kappa) ** 2 : 0;
      total += n * (eta + theta[growthAt]) + (b - 1) * logAges[i] - (frailty ? 0 : m);
      const dEta = n + first * m;
      const dEtaEta = first * m + second * m * m;
      const dEtaB = first * m1 + second * m * m1;
      const dEtaK = frailty ? (-kappa * m * (m - n)) / (m + kappa) ** 2 : 0;
      for (let j = -1; j < columns; j++) {
        const xj = j < 0 ? 1 : design[i * columns + j];
        if (xj === 0) continue;
        gradient[j + 1] += dEta * xj;
        for (let k = -1; k <= j; k++)
          hessian[(j + 1) * size + k + 1] += dEtaEta * xj * (k < 0 ? 1 : design[i * columns + k]);
        hessian[growthAt * size + j + 1] += dEtaB * xj;
        if (frailty) hessian[shapeAt * size + j + 1] += dEtaK * xj;
      }
      gradient[growthAt] += n + b * logAges[i] + first * m1;
      hessian[growthAt * size + growthAt] += b * logAges[i] + first * m2 + second * m1 * m1;
      if (!frailty) continue;
      total -= (n + kappa) * Math.log1p(m / kappa) + n * theta[shapeAt];
      let harmonic = 0;
      let harmonic2 = 0;
      for (let k = 0; k < n; k++) {
        total += Math.log(kappa + k);
        harmonic += 1 / (kappa + k);
        harmonic2 += 1 / (kappa + k) ** 2;
      }
      const slope = harmonic - Math.log1p(m / kappa) + (m - n) / (m + kappa);
      const bend = -harmonic2 + m / kappa / (m + kappa) - (m - n) / (m + kappa) ** 2;
      gradient[shapeAt] += kappa * slope;
      hessian[shapeAt * size + shapeAt] += kappa * slope + kappa * kappa * bend;
      hessian[shapeAt * size + growthAt] += (-kappa * m1 * (m - n)) / (m + kappa) ** 2;
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
