import { chiSquareTail } from "./chi-square.ts";
import type { CoxFailure } from "./cox-failures.ts";
import { kaplanMeier } from "./kaplan-meier.ts";
import { cholesky, choleskySolve } from "./matrix.ts";
import type { CoxLives } from "./risk-sets.ts";

export interface ProportionalityTest {
  readonly chisq: number;
  readonly df: number;
  readonly p: number;
}

/**
 * Do coefficients change with age? Score test of θ = 0 in β(t) = β + θ g(t), g(t) = 1 − S(t−) (Kaplan–Meier of all rows, unweighted):
 * u = Σ over failures of g(t) w (x − x̄(t)), the Schoenfeld residuals along g, and with I_k = Σ g^k V(t),
 * for covariates J: u_Jᵀ ([I₂]_JJ − [I₁]_J. I₀⁻¹ [I₁]_.J)⁻¹ u_J, χ² with |J| degrees of freedom. As R's cox.zph, a column at a time.
 *
 * @returns one test for each column of the design and the global one; χ² and p NaN where age and covariate cannot be told apart
 * @see Grambsch & Therneau 1994, Biometrika 81:515–526
 */
export function proportionality(
  lives: CoxLives,
  failures: readonly CoxFailure[],
): { readonly each: readonly ProportionalityTest[]; readonly global: ProportionalityTest } {
  const p = lives.columns;
  const score = new Float64Array(p);
  const [zeroth, first, second] = [0, 1, 2].map(() => new Float64Array(p * p));
  const clock = ageScale(lives);
  for (const failure of failures) {
    const g = clock(failure.time);
    for (let j = 0; j < p; j++) {
      for (const i of failure.rows) score[j] += g * lives.weight[i] * (lives.design[i * p + j] - failure.mean[j]);
      for (let m = 0; m < p; m++) {
        const v = failure.information[Math.max(j, m) * p + Math.min(j, m)];
        zeroth[j * p + m] += v;
        first[j * p + m] += g * v;
        second[j * p + m] += g * g * v;
      }
    }
  }
  const left = remainder([zeroth, first, second], p);
  const columns = Array.from({ length: p }, (_, j) => j);
  return { each: columns.map((j) => scoreTest(score, left, [j])), global: scoreTest(score, left, columns) };
}

/** 1 − S just before an age. */
function ageScale(lives: CoxLives): (age: number) => number {
  const curve = kaplanMeier({ exit: lives.exit, observed: lives.observed, entry: lives.entry });
  const before = new Map(Array.from(curve.times, (age, k) => [age, k === 0 ? 0 : 1 - curve.survival[k - 1]]));
  return (age) => before.get(age) ?? 0;
}

/** I₂ − I₁ I₀⁻¹ I₁, what is left of the information on θ once β is estimated; NaN where I₀ is singular. */
function remainder([zeroth, first, second]: readonly Float64Array[], p: number): Float64Array {
  const factor = cholesky(zeroth, p);
  if (typeof factor === "number") return new Float64Array(p * p).fill(Number.NaN);
  const left = Float64Array.from(second);
  for (let j = 0; j < p; j++) {
    const solved = choleskySolve(factor, p, first.subarray(j * p, (j + 1) * p));
    for (let m = 0; m < p; m++) for (let k = 0; k < p; k++) left[m * p + j] -= first[m * p + k] * solved[k];
  }
  return left;
}

function scoreTest(score: Float64Array, left: Float64Array, which: readonly number[]): ProportionalityTest {
  const df = which.length;
  const p = score.length;
  const factor = cholesky(Float64Array.from(which.flatMap((j) => which.map((m) => left[j * p + m]))), df);
  if (typeof factor === "number") return { chisq: Number.NaN, df, p: Number.NaN };
  const u = Float64Array.from(which, (j) => score[j]);
  const solved = choleskySolve(factor, df, u);
  const chisq = u.reduce((sum, each, k) => sum + each * solved[k], 0);
  return { chisq, df, p: chiSquareTail(chisq, df) };
}
