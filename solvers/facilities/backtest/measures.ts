import { concordance } from "../survival/concordance.ts";
import { maximize } from "../survival/newton.ts";
import { riskOrder } from "../survival/risk-sets.ts";
import { poissonLimits95 } from "./poisson.ts";

/** One measure with its 95 % interval where it has one. */
export interface Measure {
  readonly measure: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** The list that a crew can handle, where nobody says how long it is: this share of the assets, best score first. */
export const LIST_SHARE = 0.1;

/**
 * Sensitivity, specificity and precision of the top of the list, the area under the ROC curve, and average precision
 * (Σ over failures of the precision at their place, ties shared). Ties at the cut count in part.
 */
export function rankingMeasures(
  scores: ArrayLike<number>,
  failed: ArrayLike<number>,
  listShare: number = LIST_SHARE,
): Measure[] {
  const n = scores.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
  let failures = 0;
  for (let i = 0; i < n; i++) failures += failed[i];
  const length = Math.max(1, Math.round(listShare * n));
  const caught = caughtInTop(order, scores, failed, length);
  return [
    { measure: "sensitivity", ...wilson(caught, failures) },
    { measure: "specificity", ...wilson(n - failures - (length - caught), n - failures) },
    { measure: "precision", ...wilson(caught, length) },
    { measure: "auc", ...areaUnderCurve(order, scores, failed, failures) },
    { measure: "average precision", value: averagePrecision(order, scores, failed, failures) },
  ];
}

function caughtInTop(
  order: readonly number[],
  scores: ArrayLike<number>,
  failed: ArrayLike<number>,
  length: number,
): number {
  let caught = 0;
  for (let from = 0; from < length; ) {
    let to = from;
    let failures = 0;
    for (; to < order.length && scores[order[to]] === scores[order[from]]; to++) failures += failed[order[to]];
    caught += failures * Math.min(1, (length - from) / (to - from));
    from = to;
  }
  return caught;
}

/** AUC by ranks with Hanley & McNeil's (1982) standard error. */
function areaUnderCurve(
  order: readonly number[],
  scores: ArrayLike<number>,
  failed: ArrayLike<number>,
  failures: number,
): Omit<Measure, "measure"> {
  const others = order.length - failures;
  let above = 0;
  let sum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let failedHere = 0;
    for (; to < order.length && scores[order[to]] === scores[order[from]]; to++) failedHere += failed[order[to]];
    const othersHere = to - from - failedHere;
    sum += failedHere * (others - above - othersHere + othersHere / 2);
    above += othersHere;
    from = to;
  }
  const auc = sum / (failures * others);
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const se = Math.sqrt(
    (auc * (1 - auc) + (failures - 1) * (q1 - auc * auc) + (others - 1) * (q2 - auc * auc)) / (failures * others),
  );
  return { value: auc, low: Math.max(0, auc - 1.96 * se), high: Math.min(1, auc + 1.96 * se) };
}

/** Mean over failures of the precision of the list down to them; a tie is taken whole. */
function averagePrecision(
  order: readonly number[],
  scores: ArrayLike<number>,
  failed: ArrayLike<number>,
  failures: number,
): number {
  let caught = 0;
  let sum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let here = 0;
    for (; to < order.length && scores[order[to]] === scores[order[from]]; to++) here += failed[order[to]];
    caught += here;
    sum += (here * caught) / to;
    from = to;
  }
  return sum / failures;
}

/** Expected and observed failures, their ratio (the observed with their exact Poisson interval), the Brier score and its skill over the mean rate, and the calibration slope. */
export function calibrationMeasures(
  chance: ArrayLike<number>,
  expected: ArrayLike<number>,
  failed: ArrayLike<number>,
  ranked: ArrayLike<number>,
): Measure[] {
  let sumExpected = 0;
  let observed = 0;
  let brier = 0;
  let n = 0;
  let failedRanked = 0;
  for (let i = 0; i < failed.length; i++) {
    sumExpected += expected[i];
    observed += failed[i];
    if (ranked[i] === 0) continue;
    brier += (chance[i] - failed[i]) ** 2;
    failedRanked += failed[i];
    n++;
  }
  const rate = failedRanked / n;
  const [least, most] = poissonLimits95(observed);
  return [
    { measure: "assets", value: failed.length },
    { measure: "failures", value: observed },
    { measure: "expected failures", value: sumExpected },
    {
      measure: "expected over observed",
      value: sumExpected / observed,
      low: sumExpected / most,
      ...(least > 0 ? { high: sumExpected / least } : {}),
    },
    { measure: "brier", value: brier / n },
    { measure: "brier skill", value: 1 - brier / n / (rate * (1 - rate)) },
    { measure: "calibration slope", ...calibrationSlope(chance, failed, ranked) },
  ];
}

/** b of logit P(failed) = a + b logit(chance): 1 where chances mean what they say, below 1 where they are too bold. @see Cox 1958, Biometrika 45:562–565 */
function calibrationSlope(
  chance: ArrayLike<number>,
  failed: ArrayLike<number>,
  ranked: ArrayLike<number>,
): Omit<Measure, "measure"> {
  const rows = Array.from({ length: chance.length }, (_, i) => i).filter((i) => ranked[i] !== 0);
  const logit = rows.map((i) => {
    const p = Math.min(1 - 1e-9, Math.max(1e-9, chance[i]));
    return Math.log(p / (1 - p));
  });
  const fit = maximize(
    (theta, gradient, hessian) => {
      gradient.fill(0);
      hessian.fill(0);
      let total = 0;
      rows.forEach((i, k) => {
        const eta = theta[0] + theta[1] * logit[k];
        const p = 1 / (1 + Math.exp(-eta));
        total += failed[i] === 1 ? -Math.log1p(Math.exp(-eta)) : -Math.log1p(Math.exp(eta));
        gradient[0] += failed[i] - p;
        gradient[1] += (failed[i] - p) * logit[k];
        const bend = p * (1 - p);
        hessian[0] -= bend;
        hessian[1] -= bend * logit[k];
        hessian[2] = hessian[1];
        hessian[3] -= bend * logit[k] ** 2;
      });
      return total;
    },
    Float64Array.of(0, 1),
  );
  if (!fit.covariance) return { value: Number.NaN };
  const half = 1.96 * Math.sqrt(fit.covariance[3]);
  return { value: fit.theta[1], low: fit.theta[1] - half, high: fit.theta[1] + half };
}

/** Harrell's concordance of a score with the time of failure: among pairs of which one was seen to fail first, the share in which it had the higher score. */
export function concordanceOf(years: Float64Array, failed: Uint8Array, score: Float64Array): Measure {
  const n = years.length;
  const lives = {
    n,
    exit: years,
    observed: failed,
    entry: new Float64Array(n).fill(-Infinity),
    weight: new Float64Array(n).fill(1),
    stratum: new Int32Array(n),
    columns: 1,
    design: score,
  };
  return { measure: "concordance", value: concordance(lives, riskOrder(lives), Float64Array.of(1)) };
}

/** Wilson's 95 % interval of a proportion. */
function wilson(hits: number, of: number): Omit<Measure, "measure"> {
  if (of === 0) return { value: Number.NaN };
  const p = hits / of;
  const z2 = 1.96 ** 2;
  const middle = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (1.96 / (1 + z2 / of)) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of));
  return { value: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
