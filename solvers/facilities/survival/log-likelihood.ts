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
 * O(n p²) time, no allocation inside. A kernel: one loop, so that 12,000 rows × 7 take milliseconds.
 */
export function logLikelihood(lives: Observations, family: Family): Objective {
  const { n, columns, design, kind, lower, upper, entry, weight, offset, logScaleOffset } = lives;
  const size = columns + (family.scaleFixed ? 1 : 2);
  const scaleAt = columns + 1;
  const term = new Float64Array(3);
  const first = new Float64Array(3);
  return (theta, gradient, hessian) => {
    gradient.fill(0);
    hessian.fill(0);
    let total = 0;
    for (let i = 0; i < n; i++) {
      let mu = theta[0] + (offset ? offset[i] : 0);
      for (let j = 0; j < columns; j++) mu += design[i * columns + j] * theta[j + 1];
      const logScale = (family.scaleFixed ? 0 : theta[scaleAt]) + (logScaleOffset ? logScaleOffset[i] : 0);
      const inverse = Math.exp(-logScale);
      let value = 0;
      let dMu = 0;
      let dS = 0;
      let dMuMu = 0;
      let dMuS = 0;
      let dSS = 0;
      const add = (z: number, a1: number, a2: number) => {
        dMu -= a1 * inverse;
        dS -= a1 * z;
        dMuMu += a2 * inverse * inverse;
        dMuS += (a2 * z + a1) * inverse;
        dSS += a2 * z * z + a1 * z;
      };
      if (kind[i] === EXACT) {
        const y = Math.log(lower[i]);
        const z = (y - mu) * inverse;
        family.logDensity(z, term);
        value += term[0] - logScale - y;
        dS -= 1;
        add(z, term[1], term[2]);
      } else if (kind[i] === LEFT || kind[i] === INTERVAL) {
        const zb = (Math.log(upper[i]) - mu) * inverse;
        const fromStart = kind[i] === LEFT || lower[i] <= 0;
        const za = fromStart ? -Infinity : (Math.log(lower[i]) - mu) * inverse;
        first.fill(0);
        if (!fromStart) family.logSurvival(za, first);
        const logSa = first[0];
        family.logSurvival(zb, term);
        const logMass = logSa + Math.log(-Math.expm1(term[0] - logSa));
        value += logMass;
        family.logDensity(zb, term);
        const rb = Math.exp(term[0] - logMass);
        add(zb, rb, rb * term[1] - rb * rb);
        if (!fromStart) {
          family.logDensity(za, term);
          const ra = Math.exp(term[0] - logMass);
          add(za, -ra, -ra * term[1] - ra * ra);
          dMuMu += 2 * ra * rb * inverse * inverse;
          dMuS += ra * rb * (za + zb) * inverse;
          dSS += 2 * ra * rb * za * zb;
        }
      } else {
        const z = (Math.log(lower[i]) - mu) * inverse;
        family.logSurvival(z, term);
        value += term[0];
        add(z, term[1], term[2]);
      }
      if (entry[i] > 0) {
        const z = (Math.log(entry[i]) - mu) * inverse;
        family.logSurvival(z, term);
        value -= term[0];
        add(z, -term[1], -term[2]);
      }
      const w = weight[i];
      total += w * value;
      for (let j = -1; j < columns; j++) {
        const xj = j < 0 ? 1 : design[i * columns + j];
        if (xj === 0) continue;
        const row = (j + 1) * size;
        gradient[j + 1] += w * dMu * xj;
        for (let k = -1; k <= j; k++) hessian[row + k + 1] += w * dMuMu * xj * (k < 0 ? 1 : design[i * columns + k]);
        if (!family.scaleFixed) hessian[scaleAt * size + j + 1] += w * dMuS * xj;
      }
      if (!family.scaleFixed) {
        gradient[scaleAt] += w * dS;
        hessian[scaleAt * size + scaleAt] += w * dSS;
      }
    }
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) hessian[j * size + i] = hessian[i * size + j];
    return total;
  };
}
