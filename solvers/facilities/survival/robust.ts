import type { CoxFailure } from "./cox-failures.ts";
import { congruence } from "./matrix.ts";
import type { CoxLives } from "./risk-sets.ts";

/**
 * Sandwich covariance of Cox coefficients, right also where the model is not, or where the rows of a cluster depend on each other:
 * V Σ_c u_c u_cᵀ V with u_c = Σ_{i ∈ c} w_i r_i, V the model's covariance, and the score residual of life i
 * r_i = δ_i (x_i − x̄(t_i)) − Σ over failure times t with entry_i < t ≤ exit_i of e^{x_i β} (x_i − x̄(t)) h₀(t);
 * under Efron's ties a life failing at t bears the share 1 − l/d of step l. As in R's coxph, rows (not units of weight) are independent.
 *
 * @param cluster 0 … clusters − 1 for each life
 * @returns columns × columns, row by row
 * @see Lin & Wei 1989, JASA 84:1074–1078; Therneau & Grambsch 2000, Modeling Survival Data, section 7.2
 */
export function robustCovariance(
  lives: CoxLives,
  hazards: Float64Array,
  failures: readonly CoxFailure[],
  covariance: Float64Array,
  cluster: ArrayLike<number>,
): Float64Array {
  const { n, columns: p, weight } = lives;
  const residuals = scoreResiduals(lives, hazards, failures);
  let clusters = 0;
  for (let i = 0; i < n; i++) clusters = Math.max(clusters, cluster[i] + 1);
  const sums = new Float64Array(clusters * p);
  for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) sums[cluster[i] * p + j] += weight[i] * residuals[i * p + j];
  const meat = new Float64Array(p * p);
  for (let c = 0; c < clusters; c++)
    for (let j = 0; j < p; j++) for (let m = 0; m < p; m++) meat[j * p + m] += sums[c * p + j] * sums[c * p + m];
  return congruence(covariance, meat, p);
}

/** n × columns; weighted by w they add up to the gradient, 0. O(n p log n) by running sums over the failure times of each stratum. */
export function scoreResiduals(lives: CoxLives, hazards: Float64Array, failures: readonly CoxFailure[]): Float64Array {
  const { n, columns: p, design } = lives;
  const residuals = new Float64Array(n * p);
  const cumulative = cumulativeByStratum(failures, p);
  for (let i = 0; i < n; i++) {
    const passed = cumulative.get(lives.stratum[i]);
    if (!passed) continue;
    const from = countUpTo(passed.times, lives.entry[i]);
    const to = countUpTo(passed.times, lives.exit[i]);
    const hazard = passed.hazard[to] - passed.hazard[from];
    for (let j = 0; j < p; j++)
      residuals[i * p + j] -=
        hazards[i] * (design[i * p + j] * hazard - (passed.hazardMean[to * p + j] - passed.hazardMean[from * p + j]));
  }
  for (const { rows, mean, spared, sparedMean } of failures)
    for (const i of rows)
      for (let j = 0; j < p; j++) {
        const x = design[i * p + j];
        residuals[i * p + j] += x - mean[j] + hazards[i] * (x * spared - sparedMean[j]);
      }
  return residuals;
}

interface Passed {
  readonly times: number[];
  /** Sums over the first k failure times, k = 0 … their number. */
  readonly hazard: number[];
  readonly hazardMean: number[];
}

function cumulativeByStratum(failures: readonly CoxFailure[], p: number): Map<number, Passed> {
  const strata = new Map<number, Passed>();
  for (const failure of failures) {
    const passed = strata.get(failure.stratum) ?? { times: [], hazard: [0], hazardMean: new Array<number>(p).fill(0) };
    strata.set(failure.stratum, passed);
    const k = passed.times.push(failure.time);
    passed.hazard.push(passed.hazard[k - 1] + failure.hazard);
    for (let j = 0; j < p; j++) passed.hazardMean.push(passed.hazardMean[(k - 1) * p + j] + failure.hazardMean[j]);
  }
  return strata;
}

/** How many of the ascending times are ≤ age. */
function countUpTo(times: readonly number[], age: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= age) low = middle + 1;
    else high = middle;
  }
  return low;
}
