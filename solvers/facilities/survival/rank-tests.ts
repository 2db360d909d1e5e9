import { chiSquareTail } from "./chi-square.ts";
import { type CensoredLives, kaplanMeier } from "./kaplan-meier.ts";
import { cholesky, choleskySolve } from "./matrix.ts";

/** Observed and expected (weighted) failures by group; χ² and p are NaN where the groups cannot be compared. */
export interface RankTest {
  readonly chisq: number;
  readonly df: number;
  readonly p: number;
  readonly observed: Float64Array;
  readonly expected: Float64Array;
}

/**
 * Do the groups share one survival curve? G-rho test of Harrington & Fleming: rho 0 = log-rank, rho 1 = Peto & Peto.
 *
 * At each failure age t, d of n lives at risk fail, n_g of them of group g, and w = S(t−)^rho (Kaplan–Meier of all):
 * O_g = Σ w d_g,  E_g = Σ w d n_g/n,  V_gh = Σ w² d (n − d)/(n − 1) n_g/n (δ_gh − n_h/n);
 * χ² = (O − E)ᵀ V⁻ (O − E) over the groups with E > 0, one left out; df = their number − 1.
 * A late entrant is at risk from beyond its entry on (left truncation); weights count rows.
 *
 * @param group 0 … groups − 1 for each life
 * @throws InputError no-lives, exit-not-after-entry
 * @see Harrington & Fleming 1982, Biometrika 69:553–566; Peto & Peto 1972, JRSS A 135:185–207
 */
export function rankTest(lives: CensoredLives, group: ArrayLike<number>, groups: number, rho: 0 | 1): RankTest {
  const observed = new Float64Array(groups);
  const expected = new Float64Array(groups);
  const variance = new Float64Array(groups * groups);
  eachFailureAge(lives, group, groups, (atRisk, failed, survivalBefore) => {
    const w = survivalBefore ** rho;
    const n = sum(atRisk);
    const d = sum(failed);
    const spread = n > 1 ? (w * w * d * (n - d)) / (n - 1) / n : 0;
    for (let g = 0; g < groups; g++) {
      observed[g] += w * failed[g];
      expected[g] += (w * d * atRisk[g]) / n;
      for (let h = 0; h < groups; h++)
        variance[g * groups + h] += spread * atRisk[g] * ((g === h ? 1 : 0) - atRisk[h] / n);
    }
  });
  const compared = Array.from(expected.keys()).filter((g) => expected[g] > 0);
  const df = Math.max(0, compared.length - 1);
  const chisq = quadraticForm(observed, expected, variance, compared.slice(1));
  return { chisq, df, p: Number.isNaN(chisq) ? Number.NaN : chiSquareTail(chisq, df), observed, expected };
}

const sum = (values: Float64Array): number => values.reduce((total, each) => total + each, 0);

function quadraticForm(
  observed: Float64Array,
  expected: Float64Array,
  variance: Float64Array,
  free: readonly number[],
): number {
  const size = free.length;
  if (size === 0) return Number.NaN;
  const all = observed.length;
  const matrix = new Float64Array(size * size);
  free.forEach((g, i) => {
    free.forEach((h, j) => {
      matrix[i * size + j] = variance[g * all + h];
    });
  });
  const factor = cholesky(matrix, size);
  if (typeof factor === "number") return Number.NaN;
  const gap = Float64Array.from(free, (g) => observed[g] - expected[g]);
  const solved = choleskySolve(factor, size, gap);
  return gap.reduce((total, each, i) => total + each * solved[i], 0);
}

/** Calls back at each age with a failure, ascending: lives at risk and failed by group, and S(t−) of all. */
function eachFailureAge(
  lives: CensoredLives,
  group: ArrayLike<number>,
  groups: number,
  visit: (atRisk: Float64Array, failed: Float64Array, survivalBefore: number) => void,
): void {
  const { exit, observed, entry, weight } = lives;
  const pooled = kaplanMeier(lives);
  const byExit = Array.from({ length: exit.length }, (_, i) => i).sort((a, b) => exit[a] - exit[b]);
  const entryOf = (i: number) => (entry ? entry[i] : -Infinity);
  const byEntry = [...byExit].sort((a, b) => (entryOf(a) < entryOf(b) ? -1 : +(entryOf(a) > entryOf(b))));
  const weightOf = (i: number) => (weight ? weight[i] : 1);
  const atRisk = new Float64Array(groups);
  const failed = new Float64Array(groups);
  const leaving = new Float64Array(groups);
  let entered = 0;
  let next = 0;
  pooled.times.forEach((time, k) => {
    for (; entered < byEntry.length && entryOf(byEntry[entered]) < time; entered++)
      atRisk[group[byEntry[entered]]] += weightOf(byEntry[entered]);
    failed.fill(0);
    leaving.fill(0);
    for (; next < byExit.length && exit[byExit[next]] === time; next++) {
      const i = byExit[next];
      leaving[group[i]] += weightOf(i);
      if (observed[i] === 1) failed[group[i]] += weightOf(i);
    }
    if (pooled.events[k] > 0) visit(atRisk, failed, k === 0 ? 1 : pooled.survival[k - 1]);
    for (let g = 0; g < groups; g++) atRisk[g] -= leaving[g];
  });
}
