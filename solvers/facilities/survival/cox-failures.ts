import { Moments } from "./moments.ts";
import type { Ties } from "./partial-likelihood.ts";
import { type CoxLives, riskOrder } from "./risk-sets.ts";

/**
 * What happens at one failure time of one stratum, seen with the fitted β. With d tied failures, step l = 0 … d − 1 has
 * the mean x̄_l and covariance V_l of the risk set and the baseline hazard step h_l = w̄ / Σ w e^{xβ} (both less l/d of the tied, Efron).
 */
export interface CoxFailure {
  readonly time: number;
  readonly stratum: number;
  readonly rows: readonly number[];
  /** Mean over l of x̄_l: what a failing life is compared with. */
  readonly mean: Float64Array;
  /** Σ_l w̄ V_l, lower triangle row by row. */
  readonly information: Float64Array;
  /** Σ h_l and Σ h_l x̄_l; and the same with the share l/d (Efron) of each, which the tied failures do not bear. */
  readonly hazard: number;
  readonly hazardMean: Float64Array;
  readonly spared: number;
  readonly sparedMean: Float64Array;
}

/** Relative hazard e^{x β} of each life, times its common factor, which cancels in all that is made of it. */
export function relativeHazards({ n, columns, design }: CoxLives, beta: Float64Array): Float64Array {
  const predictor = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < columns; j++) predictor[i] += design[i * columns + j] * beta[j];
  const mean = predictor.reduce((sum, each) => sum + each / n, 0);
  return predictor.map((each) => Math.exp(each - mean));
}

/** All failure times by stratum, each stratum ascending. */
export function coxFailures(lives: CoxLives, hazards: Float64Array, ties: Ties): CoxFailure[] {
  const { byExit, byEntry, starts } = riskOrder(lives);
  const risk = new Moments(lives.columns);
  const tied = new Moments(lives.columns);
  const failures: CoxFailure[] = [];
  for (let s = 0; s + 1 < starts.length; s++) {
    risk.clear();
    const falling: CoxFailure[] = [];
    let leaver = starts[s];
    for (let k = starts[s]; k < starts[s + 1]; ) {
      const time = lives.exit[byExit[k]];
      const rows: number[] = [];
      for (; k < starts[s + 1] && lives.exit[byExit[k]] === time; k++) {
        const i = byExit[k];
        risk.add(lives.design, i, lives.weight[i] * hazards[i]);
        if (lives.observed[i] === 1) rows.push(i);
      }
      if (rows.length === 0) continue;
      for (; leaver < starts[s + 1] && lives.entry[byEntry[leaver]] >= time; leaver++) {
        const i = byEntry[leaver];
        risk.add(lives.design, i, -lives.weight[i] * hazards[i]);
      }
      falling.push(failureAt(lives, hazards, rows, risk, tied, ties));
    }
    for (let at = falling.length - 1; at >= 0; at--) failures.push(falling[at]);
  }
  return failures;
}

function failureAt(
  lives: CoxLives,
  hazards: Float64Array,
  rows: readonly number[],
  risk: Moments,
  tied: Moments,
  ties: Ties,
): CoxFailure {
  const { columns: p, design, weight } = lives;
  tied.clear();
  for (const i of rows) tied.add(design, i, weight[i] * hazards[i]);
  const d = rows.length;
  const average = rows.reduce((sum, i) => sum + weight[i], 0) / d;
  const mean = new Float64Array(p);
  const information = new Float64Array(p * p);
  const hazardMean = new Float64Array(p);
  const sparedMean = new Float64Array(p);
  const step = new Float64Array(p);
  let hazard = 0;
  let spared = 0;
  for (let l = 0; l < d; l++) {
    const share = ties === "efron" ? l / d : 0;
    const sum = risk.sum - share * tied.sum;
    const h = average / sum;
    hazard += h;
    spared += share * h;
    for (let j = 0; j < p; j++) {
      step[j] = (risk.first[j] - share * tied.first[j]) / sum;
      mean[j] += step[j] / d;
      hazardMean[j] += h * step[j];
      sparedMean[j] += share * h * step[j];
      for (let m = 0; m <= j; m++) {
        const second = (risk.second[j * p + m] - share * tied.second[j * p + m]) / sum;
        information[j * p + m] += average * (second - step[j] * step[m]);
      }
    }
  }
  const [first] = rows;
  return {
    time: lives.exit[first],
    stratum: lives.stratum[first],
    rows,
    mean,
    information,
    hazard,
    hazardMean,
    spared,
    sparedMean,
  };
}
