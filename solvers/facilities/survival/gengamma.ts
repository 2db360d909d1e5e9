import type { Family } from "./families/family.ts";
import { lognormal } from "./families/lognormal.ts";
import { weibull } from "./families/weibull.ts";
import { logGamma, logIncompleteGamma } from "./incomplete-gamma.ts";
import { logLikelihood } from "./log-likelihood.ts";
import { maximize, type Objective } from "./newton.ts";
import type { Observations } from "./observations.ts";
import { fitParametric, type ParametricFit, prepare, refuseRunaway, toOriginalScale } from "./parametric.ts";

/** Nearer to 0 than this the family is its limit, the log-normal. */
const NEAR_LOGNORMAL = 1e-3;
/** Step of the fourth-order differences by Q. */
const STEP = 2e-3;

/**
 * Generalized gamma of Prentice:  ln T = μ + σ W,  with q = Q⁻² and u = q e^{Qw}:
 * S(t) = 1 − P(q, u) for Q > 0 and P(q, u) for Q < 0 (P the regularized incomplete gamma),  H = −ln S,  h = f₀(w) / (σ t S₀(w)),
 * f₀(w) = |Q| q^q e^{q (Qw − e^{Qw})} / Γ(q).  Q = 1: Weibull; Q = 0: log-normal; Q = σ: gamma.
 *
 * Maximum likelihood by Newton; derivatives by β and ln σ exact, those by Q as fourth-order central differences.
 * @returns θ = (β₀, β…, ln σ, Q)
 * @throws InputError as `fitParametric`
 * @see Prentice 1974, Biometrika 61:539–544
 */
export function fitGeneralizedGamma(lives: Observations, names: readonly string[]): ParametricFit {
  const standard = prepare(lives, names);
  const centred = fitParametric(standard.lives, weibull, names);
  const maximum = maximize(withShape(standard.lives), Float64Array.of(...centred.theta, 1));
  const scale = Math.exp(maximum.theta[lives.columns + 1]);
  refuseRunaway(maximum, lives, scale, names);
  return { ...toOriginalScale(maximum, standard), scale };
}

/** The standard variable W for one Q, as a family of its own. */
export function generalizedGamma(shape: number): Family {
  if (Math.abs(shape) < NEAR_LOGNORMAL) return lognormal;
  const q = shape ** -2;
  const constant = Math.log(Math.abs(shape)) + q * Math.log(q) - logGamma(q);
  const logDensity = (z: number, out: Float64Array) => {
    const grown = Math.exp(shape * z);
    out[0] = constant + q * (shape * z - grown);
    out[1] = (1 - grown) / shape;
    out[2] = -grown;
  };
  return {
    name: "gengamma",
    scaleFixed: false,
    logDensity,
    logSurvival(z, out) {
      logDensity(z, out);
      const [logP, logQ] = logIncompleteGamma(q, q * Math.exp(shape * z));
      const log = shape > 0 ? logQ : logP;
      const rate = Math.exp(out[0] - log);
      const slope = out[1];
      out[0] = log;
      out[1] = -rate;
      out[2] = -rate * (slope + rate);
    },
  };
}

function withShape(lives: Observations): Objective {
  const size = lives.columns + 3;
  const inner = size - 1;
  const at = (theta: Float64Array, shape: number) => {
    const gradient = new Float64Array(inner);
    const hessian = new Float64Array(inner * inner);
    const value = logLikelihood(lives, generalizedGamma(shape))(theta.subarray(0, inner), gradient, hessian);
    return { value, gradient, hessian };
  };
  return (theta, gradient, hessian) => {
    const shape = theta[inner];
    const here = at(theta, shape);
    const [far, near, next, beyond] = [-2, -1, 1, 2].map((step) => at(theta, shape + step * STEP));
    const slope = (a: number, b: number, c: number, d: number) => (a - 8 * b + 8 * c - d) / (12 * STEP);
    for (let i = 0; i < inner; i++) {
      gradient[i] = here.gradient[i];
      for (let j = 0; j < inner; j++) hessian[i * size + j] = here.hessian[i * inner + j];
      const cross = slope(far.gradient[i], near.gradient[i], next.gradient[i], beyond.gradient[i]);
      hessian[i * size + inner] = cross;
      hessian[inner * size + i] = cross;
    }
    gradient[inner] = slope(far.value, near.value, next.value, beyond.value);
    hessian[inner * size + inner] =
      (-far.value + 16 * near.value - 30 * here.value + 16 * next.value - beyond.value) / (12 * STEP * STEP);
    return here.value;
  };
}
