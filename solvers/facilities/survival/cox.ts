import { InputError } from "@trivium/model";
import { concordance } from "./concordance.ts";
import { standardized } from "./design-sums.ts";
import { maximize } from "./newton.ts";
import { refuseSingular } from "./parametric.ts";
import { partialLogLikelihood, type Ties } from "./partial-likelihood.ts";
import { type CoxLives, checkCoxLives, riskOrder } from "./risk-sets.ts";

/** Information on the coefficient of a covariate of spread 1 below which the data say nothing of it, and what rounding adds to it a failure. */
const FLAT = 1e-8;
const ROUNDING = 1e-12;

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
  const { scaled, spread } = standardized(lives.design, n, columns);
  refuseSingular(scaled, n, columns, names);
  const order = riskOrder(lives);
  const likelihood = partialLogLikelihood({ ...lives, design: scaled }, order, ties);
  const start = new Float64Array(columns);
  const gradient = new Float64Array(columns);
  const hessian = new Float64Array(columns * columns);
  const loglikNull = likelihood(start, gradient, hessian);
  refuseFlat(hessian, lives, names);
  const maximum = maximize(likelihood, start, { value: loglikNull, gradient, hessian });
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
function refuseFlat(hessian: Float64Array, { n, columns, observed, weight }: CoxLives, names: readonly string[]): void {
  let least = FLAT;
  for (let i = 0; i < n; i++) least += ROUNDING * observed[i] * weight[i];
  const flat = names.findIndex((_, j) => -hessian[j * columns + j] < least);
  if (flat >= 0)
    throw new InputError(
      "singular-design",
      `covariate ${names[flat]} is the same for all that are at risk together, so its effect cannot be told. Maybe it is constant inside each stratum: leave it out`,
      { path: names[flat], values: { covariate: names[flat] } },
    );
}
