import { addMoments, addPredictor, addSecondMoments, BLOCK, byColumn } from "./design-sums.ts";
import { type FailureTimes, failureTimes } from "./failure-times.ts";
import type { Objective } from "./newton.ts";
import type { CoxLives, RiskOrder } from "./risk-sets.ts";

export type Ties = "efron" | "breslow";

/**
 * Partial log-likelihood with gradient and Hessian. Per failure time with d tied failures D and risk set R, in steps l = 0 … d − 1:
 *   Σ_D w x β − Σ_l w̄ ln L_l,  L_l = Σ_R r − f_l Σ_D r,  r = w e^{xβ},  f_l = l/d (Efron) or 0 (Breslow),  w̄ = mean weight of D.
 * With x̄_l the mean of x in step l (R weighted by r, less the share f_l of D) and Λ_i = Σ w̄ / L_l over the steps that life i was at risk
 * in (the share 1 − f_l of each where it failed):
 *   gradient  Σ_D w x − Σ_l w̄ x̄_l        Hessian  Σ_l w̄ x̄_l x̄_lᵀ − Σ_i r_i Λ_i x_i x_iᵀ
 * Down the failure times lives join as their exit is reached and leave as their entry is passed, which gives L_l and x̄_l; up them Λ adds up.
 * So products of covariates are summed once over the lives and once over the steps. O(n p²), no allocation inside.
 */
export function partialLogLikelihood(lives: CoxLives, order: RiskOrder, ties: Ties): Objective {
  const { n, columns: p } = lives;
  const { byExit } = order;
  const x = byColumn(lives.design, n, p, { order: byExit });
  const weight = Float64Array.from(byExit, (i) => lives.weight[i]);
  const times = failureTimes(lives, order);
  const observed = new Float64Array(p);
  for (const k of times.failed) for (let j = 0; j < p; j++) observed[j] += weight[k] * x.values[j * n + k];
  const hazard = new Float64Array(n);
  const steps = riskSetSteps(x.values, hazard, times, ties, p);
  const minusBorne = new Float64Array(n);
  const block = Math.min(BLOCK, n);
  const rows = new Float64Array(block);
  return (beta, gradient, hessian) => {
    gradient.fill(0);
    hessian.fill(0);
    for (let from = 0; from < n; from += BLOCK) {
      const count = Math.min(BLOCK, n - from);
      rows.fill(0);
      addPredictor(x, from, count, beta, rows);
      for (let b = 0; b < count; b++) hazard[from + b] = weight[from + b] * Math.exp(rows[b]);
    }
    let total = -steps.sum(gradient, hessian);
    for (let j = 0; j < p; j++) {
      total += beta[j] * observed[j];
      gradient[j] = observed[j] - gradient[j];
    }
    steps.bear(minusBorne);
    for (let from = 0; from < n; from += BLOCK)
      addSecondMoments(x, from, Math.min(BLOCK, n - from), minusBorne.subarray(from), hessian, p);
    for (let j = 0; j < p; j++) for (let m = 0; m < j; m++) hessian[m * p + j] = hessian[j * p + m];
    return total;
  };
}

/** Both ways through the failure times at the hazards as they are; `x` column by column, in the order of joining. */
function riskSetSteps(x: Float64Array, hazard: Float64Array, times: FailureTimes, ties: Ties, p: number) {
  const n = hazard.length;
  const { strata, firstTime, joined, gone, leaving, failed, failedFrom, meanWeight } = times;
  /** Σ w̄ / L_l of each failure time, and what its failures are spared of it. */
  const rise = new Float64Array(meanWeight.length);
  const spared = new Float64Array(meanWeight.length);
  const first = new Float64Array(p);
  const tiedFirst = new Float64Array(p);
  const block = Math.min(BLOCK, failed.length);
  const means = { n: block, columns: p, values: new Float64Array(block * p) };
  const weights = new Float64Array(block);
  const add = (into: Float64Array, k: number, r: number) => {
    for (let j = 0, at = k; j < p; j++, at += n) into[j] += r * x[at];
  };
  return {
    /** Σ_l w̄ ln L_l; adds Σ w̄ x̄_l and the lower triangle of Σ w̄ x̄_l x̄_lᵀ. */
    sum(moments: Float64Array, products: Float64Array): number {
      let total = 0;
      let held = 0;
      for (let s = 0; s + 1 < strata.length; s++) {
        let left = 0;
        let k = strata[s];
        let leaver = k;
        first.fill(0);
        for (let g = firstTime[s]; g < firstTime[s + 1]; g++) {
          for (; k < joined[g]; k++) {
            left += hazard[k];
            add(first, k, hazard[k]);
          }
          for (; leaver < gone[g]; leaver++) {
            left -= hazard[leaving[leaver]];
            add(first, leaving[leaver], -hazard[leaving[leaver]]);
          }
          const d = failedFrom[g + 1] - failedFrom[g];
          let tied = 0;
          if (d > 1 && ties === "efron") {
            tiedFirst.fill(0);
            for (let f = failedFrom[g]; f < failedFrom[g + 1]; f++) {
              tied += hazard[failed[f]];
              add(tiedFirst, failed[f], hazard[failed[f]]);
            }
          }
          const w = meanWeight[g];
          rise[g] = 0;
          spared[g] = 0;
          for (let l = 0; l < d; l++) {
            const share = ties === "efron" ? l / d : 0;
            const inverse = 1 / (left - share * tied);
            total -= w * Math.log(inverse);
            rise[g] += w * inverse;
            spared[g] += w * inverse * share;
            weights[held] = w;
            for (let j = 0; j < p; j++) means.values[j * block + held] = (first[j] - share * tiedFirst[j]) * inverse;
            if (++held < block) continue;
            addMoments(means, 0, held, weights, moments);
            addSecondMoments(means, 0, held, weights, products, p);
            held = 0;
          }
        }
      }
      addMoments(means, 0, held, weights, moments);
      addSecondMoments(means, 0, held, weights, products, p);
      return total;
    },
    /** −r Λ of each life, after `sum`. */
    bear(minusBorne: Float64Array): void {
      minusBorne.fill(0);
      for (let s = 0; s + 1 < strata.length; s++) {
        let passed = 0;
        for (let g = firstTime[s + 1] - 1; g >= firstTime[s]; g--) {
          const opens = g === firstTime[s];
          passed += rise[g];
          for (let k = opens ? strata[s] : joined[g - 1]; k < joined[g]; k++) minusBorne[k] -= hazard[k] * passed;
          for (let l = opens ? strata[s] : gone[g - 1]; l < gone[g]; l++)
            minusBorne[leaving[l]] += hazard[leaving[l]] * passed;
          for (let f = failedFrom[g]; f < failedFrom[g + 1]; f++)
            minusBorne[failed[f]] += hazard[failed[f]] * spared[g];
        }
      }
    },
  };
}
