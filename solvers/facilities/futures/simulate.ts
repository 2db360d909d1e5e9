import { failureCostUsd } from "../plan/cost-stream.ts";
import { outlookOf, round } from "../plan/outlook.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { assetDraws, draw } from "./draw.ts";

/** What happened in each future, [future × years + plan year]; money undiscounted. */
export interface Futures {
  readonly count: number;
  readonly years: number;
  readonly failures: Int32Array;
  readonly emergencyUsd: Float64Array;
  /** As-of replacement cost of the units whose median life has passed at the year's end. */
  readonly dueUsd: Float64Array;
}

/**
 * Lives the horizon `count` times. Each unit's life is drawn from its outlook: the kept unit fails in stretch k with probability
 * q_k Π_{s<k} (1 − q_s), a new one in the k-th year after it was put in likewise (so a unit fails at most once a year); who fails is replaced at
 * once. A planned replacement comes at the middle of its year: a failure in that year counts when its place within the year is in the first
 * half. The mean over many futures is therefore `totalsOf`. Time O(count × assets × lives), memory 20 bytes a future and year.
 *
 * @param replaced by live asset: plan year (0 first) of its project or −1
 * @param renews 1 = that project is a renewal: the renewed unit's life is drawn next
 */
export function simulateFutures(
  problem: FacilitiesProblem,
  replaced: ArrayLike<number>,
  count: number,
  seed: number,
  renews: ArrayLike<number> = problem.renews,
): Futures {
  const years = problem.calendar.years.length;
  const futures: Futures = {
    count,
    years,
    failures: new Int32Array(count * years),
    emergencyUsd: new Float64Array(count * years),
    dueUsd: new Float64Array(count * years),
  };
  const lives = emptyLives(years);
  for (let a = 0; a < replaced.length; a++) {
    readLives(problem, a, lives, renews[a] === 1);
    const draws = assetDraws(seed, problem.forecast.live[a]);
    for (let future = 0; future < count; future++) live(lives, replaced[a] + 1, draws, future, futures);
  }
  for (let future = 0; future < count; future++)
    for (let year = 1; year < years; year++)
      futures.dueUsd[future * years + year] += futures.dueUsd[future * years + year - 1];
  return futures;
}

/** What one asset's lives are drawn from; stretch 0 = rest of the running fiscal year, k = k-th plan year. */
interface Lives {
  /** P(the kept unit has failed by the end of stretch k), k = 0 … years. */
  readonly goneKept: Float64Array;
  /** P(a new unit has failed by the end of the k-th year after it was put in), k = 0 … years; 0 at 0. */
  readonly goneNew: Float64Array;
  /** The same for what stands after its project. */
  readonly goneAfter: Float64Array;
  /** Of a failure in plan year y. */
  readonly failureUsd: Float64Array;
  costUsd: number;
  /** First stretch at whose end the median life has passed; years + 1 = not within the horizon. */
  dueKept: number;
  /** Years after it was put in at whose end a new unit's has. */
  dueNew: number;
  /** The same for what stands after its project. */
  dueAfter: number;
}

function emptyLives(years: number): Lives {
  const column = () => new Float64Array(years + 1);
  return {
    goneKept: column(),
    goneNew: column(),
    goneAfter: column(),
    failureUsd: new Float64Array(years),
    costUsd: 0,
    dueKept: 0,
    dueNew: 0,
    dueAfter: 0,
  };
}

function readLives(problem: FacilitiesProblem, a: number, lives: Lives, renew: boolean): void {
  const { calendar, money, forecast } = problem;
  const outlook = outlookOf(problem, a);
  const years = calendar.years.length;
  let kept = 1;
  let fresh = 1;
  let after = 1;
  const pAfter = (renew && outlook.renewed?.pFail) || outlook.pNew;
  for (let k = 0; k <= years; k++) {
    kept *= 1 - outlook.pKept[k];
    lives.goneKept[k] = 1 - kept;
    if (k > 0) fresh *= 1 - outlook.pNew[k];
    lives.goneNew[k] = 1 - fresh;
    if (k > 0) after *= 1 - pAfter[k];
    lives.goneAfter[k] = 1 - after;
  }
  for (let year = 0; year < years; year++) lives.failureUsd[year] = failureCostUsd(outlook, money, year);
  lives.costUsd = outlook.costUsd;
  const median = round(forecast.rul[a * 3 + 1], 3);
  lives.dueKept = 1;
  while (lives.dueKept <= years && median > calendar.bounds[lives.dueKept + 1]) lives.dueKept++;
  lives.dueNew = 1;
  while (lives.dueNew <= years && lives.goneNew[lives.dueNew] < 0.5) lives.dueNew++;
  lives.dueAfter = 1;
  while (lives.dueAfter <= years && lives.goneAfter[lives.dueAfter] < 0.5) lives.dueAfter++;
}

/** One asset in one future. @param planned stretch of the planned replacement; 0 = none */
function live(lives: Lives, planned: number, draws: number, future: number, out: Futures): void {
  const { years } = out;
  const from = future * years;
  // The unit's place: put in during stretch `since` (the kept one before all).
  let since = -1;
  let afterProject = false;
  for (let life = 0; ; life++) {
    const gone = since < 0 ? lives.goneKept : afterProject ? lives.goneAfter : lives.goneNew;
    const offset = Math.max(since, 0);
    const u = draw(draws, future, life);
    let k = since < 0 ? 0 : 1;
    while (offset + k <= years && u >= gone[k]) k++;
    let end = offset + k;
    const due = since < 0 ? lives.dueKept : offset + (afterProject ? lives.dueAfter : lives.dueNew);
    let failed = end <= years;
    afterProject = planned > 0 && end >= planned;
    if (afterProject) {
      const before = k === 0 ? 0 : gone[k - 1];
      const inFirstHalf = failed && end === planned && u - before < (gone[k] - before) / 2;
      failed = inFirstHalf;
      end = planned;
      planned = 0;
    } else if (!failed) end = years + 1;
    if (failed && end > 0) {
      out.failures[from + end - 1]++;
      out.emergencyUsd[from + end - 1] += lives.failureUsd[end - 1];
    }
    if (due < end && due <= years) {
      out.dueUsd[from + due - 1] += lives.costUsd;
      if (end <= years) out.dueUsd[from + end - 1] -= lives.costUsd;
    }
    if (end > years) return;
    since = end;
  }
}
