import { InputError } from "@trivium/model";
import { concordance } from "./concordance.ts";
import { maximize, type Objective } from "./newton.ts";
import { refuseSingular } from "./parametric.ts";
import { type CoxLives, checkCoxLives, type RiskOrder, riskOrder } from "./risk-sets.ts";

/** Information on the coefficient of a covariate of spread 1 below which the data say nothing of it. */
const FLAT = 1e-8;

export type Ties = "efron" | "breslow";

export interface CoxFit {
  readonly beta: Float64Array;
  readonly covariance: Float64Array;
  /** Partial log-likelihood at β, and at 0. */
  readonly loglik: number;
  readonly loglikNull: number;
  readonly concordance: number;
}

/**
 * Cox proportional hazards:  h(t | x) = h₀(t) exp(x β),  S(t | x) = S₀(t)^exp(x β),  H(t | x) = H₀(t) exp(x β);
 * each stratum has an h₀ of its own, which the partial likelihood leaves open.
 *
 * @throws InputError no-events, singular-design, separation
 * @see Cox 1972, JRSS B 34:187–220; Efron 1977, JASA 72:557–565; Breslow 1974, Biometrics 30:89–99
 */
export function fitCox(lives: CoxLives, ties: Ties, names: readonly string[]): CoxFit {
  checkCoxLives(lives);
  const { n, columns } = lives;
  const spread = new Float64Array(columns);
  const scaled = new Float64Array(n * columns);
  for (let j = 0; j < columns; j++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += lives.design[i * columns + j] / n;
    for (let i = 0; i < n; i++) spread[j] += (lives.design[i * columns + j] - mean) ** 2 / n;
    spread[j] = Math.sqrt(spread[j]) || 1;
    for (let i = 0; i < n; i++) scaled[i * columns + j] = (lives.design[i * columns + j] - mean) / spread[j];
  }
  refuseSingular(scaled, n, columns, names);
  const order = riskOrder(lives);
  const likelihood = partialLogLikelihood({ ...lives, design: scaled }, order, ties);
  const start = new Float64Array(columns);
  const bend = new Float64Array(columns * columns);
  const loglikNull = likelihood(start, new Float64Array(columns), bend);
  refuseFlat(bend, columns, names);
  const maximum = maximize(likelihood, start);
  const far = maximum.theta.findIndex((each) => Math.abs(each) > 15);
  if (!maximum.covariance || !maximum.converged || far >= 0) {
    const name = names[far >= 0 ? far : Math.max(0, maximum.flatIndex)];
    throw new InputError(
      "separation",
      `covariate ${name} separates the failures from the rest, so its coefficient has no finite value. Maybe merge its rare values or leave it out`,
      { path: name, values: { covariate: name } },
    );
  }
  const beta = maximum.theta.map((each, j) => each / spread[j]);
  const covariance = maximum.covariance.map(
    (each, at) => each / spread[Math.floor(at / columns)] / spread[at % columns],
  );
  return { beta, covariance, loglik: maximum.value, loglikNull, concordance: concordance(lives, order, beta) };
}

/** A covariate that is the same for all who are at risk together (it is constant inside each stratum, say) moves the likelihood by nothing. */
function refuseFlat(hessian: Float64Array, columns: number, names: readonly string[]): void {
  const flat = names.findIndex((_, j) => -hessian[j * columns + j] < FLAT);
  if (flat >= 0)
    throw new InputError(
      "singular-design",
      `covariate ${names[flat]} is the same for all that are at risk together, so its effect cannot be told. Maybe it is constant inside each stratum: leave it out`,
      { path: names[flat], values: { covariate: names[flat] } },
    );
}

/**
 * Partial log-likelihood with gradient and Hessian. Per event time with d tied failures D and risk set R:
 *   Σ_D x β − Σ_{l<d} w̄ ln(Σ_R w e^{xβ} − f_l Σ_D w e^{xβ}),  f_l = l/d (Efron) or 0 (Breslow),  w̄ = mean weight of D.
 * Failure times run downwards: lives join as their exit is reached, and leave as their entry is passed. O(n p²).
 * A kernel: rows are copied into the order in which they join, and the triangle of second moments is packed, so that the loop runs along memory.
 */
function partialLogLikelihood(lives: CoxLives, order: RiskOrder, ties: Ties): Objective {
  const { columns: p, entry } = lives;
  const { byExit, byEntry, starts } = order;
  const n = byExit.length;
  const size = (p * (p + 1)) / 2;
  const joined = inOrder(lives, byExit);
  const place = new Int32Array(n);
  byExit.forEach((i, k) => {
    place[i] = k;
  });
  const leaving = byEntry.map((i) => place[i]);
  const leavesAt = Float64Array.from(byEntry, (i) => entry[i]);
  const late = leavesAt.some((each) => each > -Infinity);
  const { x, exit, weight, observed } = joined;
  const eta = new Float64Array(n);
  const hazard = new Float64Array(n);
  const first = new Float64Array(p);
  const second = new Float64Array(size);
  const tiedFirst = new Float64Array(p);
  const tiedSecond = new Float64Array(size);
  const mean = new Float64Array(p);
  const information = new Float64Array(size);
  return (beta, gradient, hessian) => {
    gradient.fill(0);
    information.fill(0);
    let total = 0;
    for (let k = 0; k < n; k++) {
      let sum = 0;
      for (let j = 0; j < p; j++) sum += x[k * p + j] * beta[j];
      eta[k] = sum;
      hazard[k] = weight[k] * Math.exp(sum);
    }
    for (let s = 0; s + 1 < starts.length; s++) {
      first.fill(0);
      second.fill(0);
      let sum = 0;
      let leaver = starts[s];
      const end = starts[s + 1];
      for (let k = starts[s]; k < end; ) {
        const time = exit[k];
        let failed = 0;
        let failedWeight = 0;
        let tied = 0;
        for (; k < end && exit[k] === time; k++) {
          const r = hazard[k];
          sum += r;
          for (let j = 0, at = 0; j < p; j++) {
            const scaled = r * x[k * p + j];
            first[j] += scaled;
            for (let m = 0; m <= j; m++, at++) second[at] += scaled * x[k * p + m];
          }
          if (observed[k] === 0) continue;
          failed++;
          failedWeight += weight[k];
          total += weight[k] * eta[k];
          for (let j = 0; j < p; j++) gradient[j] += weight[k] * x[k * p + j];
          if (failed === 1) {
            tiedFirst.fill(0);
            tiedSecond.fill(0);
          }
          tied += r;
          for (let j = 0, at = 0; j < p; j++) {
            const scaled = r * x[k * p + j];
            tiedFirst[j] += scaled;
            for (let m = 0; m <= j; m++, at++) tiedSecond[at] += scaled * x[k * p + m];
          }
        }
        if (failed === 0) continue;
        for (; late && leaver < end && leavesAt[leaver] >= time; leaver++) {
          const q = leaving[leaver];
          const r = hazard[q];
          sum -= r;
          for (let j = 0, at = 0; j < p; j++) {
            const scaled = r * x[q * p + j];
            first[j] -= scaled;
            for (let m = 0; m <= j; m++, at++) second[at] -= scaled * x[q * p + m];
          }
        }
        const average = failedWeight / failed;
        for (let l = 0; l < failed; l++) {
          const share = ties === "efron" ? l / failed : 0;
          const left = sum - share * tied;
          const inverse = 1 / left;
          total -= average * Math.log(left);
          for (let j = 0, at = 0; j < p; j++) {
            mean[j] = (first[j] - share * tiedFirst[j]) * inverse;
            gradient[j] -= average * mean[j];
            for (let m = 0; m <= j; m++, at++)
              information[at] += average * ((second[at] - share * tiedSecond[at]) * inverse - mean[j] * mean[m]);
          }
        }
      }
    }
    for (let j = 0, at = 0; j < p; j++)
      for (let m = 0; m <= j; m++, at++) {
        hessian[j * p + m] = -information[at];
        hessian[m * p + j] = -information[at];
      }
    return total;
  };
}

/** The lives row by row in another order. */
function inOrder({ columns: p, design, exit, weight, observed }: CoxLives, order: Int32Array) {
  const x = new Float64Array(order.length * p);
  order.forEach((i, k) => {
    for (let j = 0; j < p; j++) x[k * p + j] = design[i * p + j];
  });
  return {
    x,
    exit: Float64Array.from(order, (i) => exit[i]),
    weight: Float64Array.from(order, (i) => weight[i]),
    observed: Uint8Array.from(order, (i) => observed[i]),
  };
}
