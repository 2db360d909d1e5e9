import { logIncompleteGamma } from "./incomplete-gamma.ts";

/** P(X > x) for X of a χ² distribution with df > 0 degrees of freedom: Q(df/2, x/2). */
export function chiSquareTail(x: number, df: number): number {
  return Math.exp(logIncompleteGamma(df / 2, x / 2)[1]);
}
