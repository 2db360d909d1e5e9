import { InputError } from "@trivium/model";
import { concordance } from "./concordance.ts";
import { Moments } from "./moments.ts";
import { maximize, type Objective } from "./newton.ts";
import { refuseSingular } from "./parametric.ts";
import { type CoxLives, checkCoxLives, type RiskOrder, riskOrder } from "./risk-sets.ts";

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
  const loglikNull = likelihood(start, new Float64Array(columns), new Float64Array(columns * columns));
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

/**
 * Partial log-likelihood with gradient and Hessian. Per event time with d tied failures D and risk set R:
 *   Σ_D x β − Σ_{l<d} w̄ ln(Σ_R w e^{xβ} − f_l Σ_D w e^{xβ}),  f_l = l/d (Efron) or 0 (Breslow),  w̄ = mean weight of D.
 * Failure times run downwards: lives join as their exit is reached, and leave as their entry is passed. O(n p²).
 */
function partialLogLikelihood(lives: CoxLives, order: RiskOrder, ties: Ties): Objective {
  const { columns: p, design, exit, entry, weight, observed } = lives;
  const { byExit, byEntry, starts } = order;
  const risk = new Moments(p);
  const tied = new Moments(p);
  const mean = new Float64Array(p);
  return (beta, gradient, hessian) => {
    gradient.fill(0);
    hessian.fill(0);
    let total = 0;
    const predictor = (i: number) => {
      let sum = 0;
      for (let j = 0; j < p; j++) sum += design[i * p + j] * beta[j];
      return sum;
    };
    for (let s = 0; s + 1 < starts.length; s++) {
      risk.clear();
      let leaver = starts[s];
      for (let k = starts[s]; k < starts[s + 1]; ) {
        const time = exit[byExit[k]];
        tied.clear();
        let failed = 0;
        let failedWeight = 0;
        for (; k < starts[s + 1] && exit[byExit[k]] === time; k++) {
          const i = byExit[k];
          const eta = predictor(i);
          const hazard = weight[i] * Math.exp(eta);
          risk.add(design, i, hazard);
          if (observed[i] === 0) continue;
          tied.add(design, i, hazard);
          failed++;
          failedWeight += weight[i];
          total += weight[i] * eta;
          for (let j = 0; j < p; j++) gradient[j] += weight[i] * design[i * p + j];
        }
        if (failed === 0) continue;
        for (; leaver < starts[s + 1] && entry[byEntry[leaver]] >= time; leaver++) {
          const i = byEntry[leaver];
          risk.add(design, i, -weight[i] * Math.exp(predictor(i)));
        }
        const average = failedWeight / failed;
        for (let l = 0; l < failed; l++) {
          const share = ties === "efron" ? l / failed : 0;
          const sum = risk.sum - share * tied.sum;
          total -= average * Math.log(sum);
          for (let j = 0; j < p; j++) {
            mean[j] = (risk.first[j] - share * tied.first[j]) / sum;
            gradient[j] -= average * mean[j];
            for (let m = 0; m <= j; m++) {
              const second = (risk.second[j * p + m] - share * tied.second[j * p + m]) / sum;
              hessian[j * p + m] -= average * (second - mean[j] * mean[m]);
            }
          }
        }
      }
    }
    for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) hessian[j * p + i] = hessian[i * p + j];
    return total;
  };
}
