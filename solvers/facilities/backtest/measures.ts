/** One measure with its 95 % interval where it has one. */
export interface Measure {
  readonly measure: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** The list that a crew can handle: this share of the assets, best score first. */
const LIST_SHARE = 0.1;

/** Sensitivity, specificity and precision of the top of the list, and the area under the ROC curve. Ties at the cut count in part. */
export function rankingMeasures(scores: ArrayLike<number>, failed: ArrayLike<number>): Measure[] {
  const n = scores.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
  let failures = 0;
  for (let i = 0; i < n; i++) failures += failed[i];
  const length = Math.max(1, Math.round(LIST_SHARE * n));
  const caught = caughtInTop(order, scores, failed, length);
  return [
    { measure: "sensitivity", ...wilson(caught, failures) },
    { measure: "specificity", ...wilson(n - failures - (length - caught), n - failures) },
    { measure: "precision", ...wilson(caught, length) },
    { measure: "auc", ...areaUnderCurve(order, scores, failed, failures) },
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

/** Expected and observed failures, their ratio (exact-ish Poisson interval on the observed), the Brier score and its skill over the mean rate. */
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
  const spread = 1.96 * Math.sqrt(observed);
  return [
    { measure: "assets", value: failed.length },
    { measure: "failures", value: observed },
    { measure: "expected failures", value: sumExpected },
    {
      measure: "expected over observed",
      value: sumExpected / observed,
      low: sumExpected / (observed + spread),
      ...(observed > spread ? { high: sumExpected / (observed - spread) } : {}),
    },
    { measure: "brier", value: brier / n },
    { measure: "brier skill", value: 1 - brier / n / (rate * (1 - rate)) },
  ];
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
