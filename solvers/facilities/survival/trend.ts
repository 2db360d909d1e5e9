import { chiSquareTail } from "./chi-square.ts";
import type { EventHistories } from "./mean-cumulative.ts";

/** A test that the rate of events does not change with age. */
export interface TrendTest {
  /** Standard normal under no trend: above 0 the units wear out, below they improve. NaN without an event. */
  readonly z: number;
  readonly p: number;
  readonly events: number;
}

/**
 * Laplace's test of trend, pooled over windows: under a constant rate each unit's events lie evenly in its window, so
 * z = Σ_events (t − mid_u) / √(Σ_u n_u (to_u − from_u)² / 12).
 * @see Cox & Lewis 1966, The Statistical Analysis of Series of Events, section 3.3; Ascher & Feingold 1984
 */
export function laplaceTrend({ from, to, unit, age }: EventHistories): TrendTest {
  let away = 0;
  let variance = 0;
  age.forEach((time, k) => {
    const u = unit[k];
    away += time - (from[u] + to[u]) / 2;
    variance += (to[u] - from[u]) ** 2 / 12;
  });
  const z = away / Math.sqrt(variance);
  return { z, p: Number.isNaN(z) ? Number.NaN : chiSquareTail(z * z, 1), events: age.length };
}
