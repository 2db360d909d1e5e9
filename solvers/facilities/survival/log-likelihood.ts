import { addMoments, addPredictor, addSecondMoments, BLOCK, byColumn } from "./design-sums.ts";
import type { Family } from "./families/family.ts";
import type { Objective } from "./newton.ts";
import { EXACT, INTERVAL, LEFT, type Observations } from "./observations.ts";

/**
 * Log-likelihood of ln T = β₀ + x β + σ W with its exact gradient and Hessian by θ = (β₀, β…, ln σ); ln σ is absent when the scale is fixed.
 *
 *   EXACT     ln f₀(z) − ln σ − ln t        RIGHT  ln S₀(z)
 *   INTERVAL  ln(S₀(z_a) − S₀(z_b))         LEFT   ln(1 − S₀(z_b))
 *   each less ln S₀(z_entry): the unit is in the data only because it outlived its entry (left truncation)
 *
 * A term a(z) with derivatives a₁, a₂ has, as z = (y − μ)/σ and s = ln σ:
 *   ∂μ = −a₁/σ   ∂s = −a₁ z   ∂μμ = a₂/σ²   ∂μs = (a₂ z + a₁)/σ   ∂ss = a₂ z² + a₁ z.
 *
 * O(n p²) time, no allocation inside. A kernel over blocks of rows: predictors, then the terms of each row, then the sums by column.
 */
export function logLikelihood(lives: Observations, family: Family): Objective {
  const { n, columns, kind, lower, entry, weight, offset, logScaleOffset } = lives;
  const size = columns + (family.scaleFixed ? 1 : 2);
  const scaleAt = columns + 1;
  const x = byColumn(lives.design, n, columns, { ones: true });
  const logLower = lower.map(Math.log);
  const block = Math.min(BLOCK, n);
  const [mu, byMu, byMuMu, byMuS] = [0, 1, 2, 3].map(() => new Float64Array(block));
  const term = new Float64Array(3);
  const between = new Float64Array(6);
  const writeBetween = betweenTerms(lives, family, between);
  return (theta, gradient, hessian) => {
    gradient.fill(0);
    hessian.fill(0);
    let total = 0;
    let sumS = 0;
    let sumSS = 0;
    const commonLogScale = family.scaleFixed ? 0 : theta[scaleAt];
    const commonInverse = Math.exp(-commonLogScale);
    for (let from = 0; from < n; from += BLOCK) {
      const count = Math.min(BLOCK, n - from);
      if (offset) mu.set(offset.subarray(from, from + count));
      else mu.fill(0);
      addPredictor(x, from, count, theta, mu);
      for (let b = 0; b < count; b++) {
        const i = from + b;
        const logScale = logScaleOffset ? commonLogScale + logScaleOffset[i] : commonLogScale;
        const inverse = logScaleOffset ? Math.exp(-logScale) : commonInverse;
        let value: number;
        let a1: number;
        let dMuMu: number;
        let dMuS: number;
        let dS: number;
        let dSS: number;
        if (kind[i] === LEFT || kind[i] === INTERVAL) {
          writeBetween(i, mu[b], inverse);
          value = between[0];
          a1 = between[1];
          dS = between[2];
          dMuMu = between[3];
          dMuS = between[4];
          dSS = between[5];
        } else {
          const z = (logLower[i] - mu[b]) * inverse;
          const failed = kind[i] === EXACT;
          if (failed) family.logDensity(z, term);
          else family.logSurvival(z, term);
          a1 = term[1];
          const a2 = term[2];
          value = failed ? term[0] - logScale - logLower[i] : term[0];
          dS = failed ? -1 - a1 * z : -a1 * z;
          dMuMu = a2;
          dMuS = a2 * z + a1;
          dSS = (a2 * z + a1) * z;
        }
        if (entry[i] > 0) {
          const z = (Math.log(entry[i]) - mu[b]) * inverse;
          family.logSurvival(z, term);
          value -= term[0];
          a1 -= term[1];
          dS += term[1] * z;
          dMuMu -= term[2];
          dMuS -= term[2] * z + term[1];
          dSS -= (term[2] * z + term[1]) * z;
        }
        const w = weight[i];
        total += w * value;
        byMu[b] = -w * a1 * inverse;
        byMuMu[b] = w * dMuMu * inverse * inverse;
        byMuS[b] = w * dMuS * inverse;
        sumS += w * dS;
        sumSS += w * dSS;
      }
      addMoments(x, from, count, byMu, gradient);
      addSecondMoments(x, from, count, byMuMu, hessian, size);
      if (!family.scaleFixed) addMoments(x, from, count, byMuS, hessian, scaleAt * size);
    }
    if (!family.scaleFixed) {
      gradient[scaleAt] = sumS;
      hessian[scaleAt * size + scaleAt] = sumSS;
    }
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) hessian[j * size + i] = hessian[i * size + j];
    return total;
  };
}

/** Writes, for a life that ended before or between two ages, the logarithm of that chance, −∂μ σ, ∂s, ∂μμ σ², ∂μs σ and ∂ss. */
function betweenTerms({ kind, lower, upper }: Observations, family: Family, out: Float64Array) {
  const survival = new Float64Array(3);
  const density = new Float64Array(3);
  return (i: number, mu: number, inverse: number): void => {
    const fromStart = kind[i] === LEFT || lower[i] <= 0;
    const zb = (Math.log(upper[i]) - mu) * inverse;
    let za = 0;
    let logSa = 0;
    if (!fromStart) {
      za = (Math.log(lower[i]) - mu) * inverse;
      family.logSurvival(za, survival);
      logSa = survival[0];
    }
    family.logSurvival(zb, survival);
    const logMass = logSa + Math.log(-Math.expm1(survival[0] - logSa));
    family.logDensity(zb, density);
    const rb = Math.exp(density[0] - logMass);
    const b2 = rb * density[1] - rb * rb;
    let ra = 0;
    let a2 = 0;
    if (!fromStart) {
      family.logDensity(za, density);
      ra = Math.exp(density[0] - logMass);
      a2 = -ra * density[1] - ra * ra;
    }
    out[0] = logMass;
    out[1] = rb - ra;
    out[2] = ra * za - rb * zb;
    out[3] = a2 + b2 + 2 * ra * rb;
    out[4] = a2 * za - ra + b2 * zb + rb + ra * rb * (za + zb);
    out[5] = (a2 * za - ra) * za + (b2 * zb + rb) * zb + 2 * ra * rb * za * zb;
  };
}
