import { logIncompleteGamma } from "../survival/incomplete-gamma.ts";

/** Exact 95 % limits of a Poisson mean from one count. @see Garwood 1936, Biometrika 28:437–442 */
export function poissonLimits95(count: number): readonly [low: number, high: number] {
  const upTo = (mean: number, k: number) => Math.exp(logIncompleteGamma(k, mean)[0]);
  const low = count === 0 ? 0 : rootOf((mean) => upTo(mean, count) - 0.025, count);
  const high = rootOf((mean) => upTo(mean, count + 1) - 0.975, count + 1);
  return [low, high];
}

/** Where a rising function of a mean passes 0. */
function rootOf(rising: (mean: number) => number, near: number): number {
  let low = 0;
  let high = near + 10 * Math.sqrt(near + 1) + 10;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
