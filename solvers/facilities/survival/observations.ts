import { InputError } from "@trivium/model";

/** How a life ended, as far as is known. */
export const RIGHT = 0;
export const EXACT = 1;
export const LEFT = 2;
export const INTERVAL = 3;

/**
 * Lives as a fitter sees them; all arrays have length n, times in one unit (years for assets), all > 0 where they are used.
 *
 * - `kind`  RIGHT: alive at `lower` · EXACT: failed at `lower` · LEFT: failed by `upper` · INTERVAL: failed in (`lower`, `upper`]
 * - `entry` age when first seen (0 = since new): the life is known only because it lasted beyond it (left truncation)
 * - `weight` how often the row counts, > 0
 * - `design` n × columns, row by row, without the intercept's ones
 * - `offset` known part of μ; `logScaleOffset` known part of ln σ (absent = 0)
 */
export interface Observations {
  readonly n: number;
  readonly kind: Uint8Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly entry: Float64Array;
  readonly weight: Float64Array;
  readonly columns: number;
  readonly design: Float64Array;
  readonly offset?: Float64Array;
  readonly logScaleOffset?: Float64Array;
}

/** Σ weight of rows that failed (exactly, by, or between). */
export function failures(lives: Observations): number {
  let sum = 0;
  for (let i = 0; i < lives.n; i++) if (lives.kind[i] !== RIGHT) sum += lives.weight[i];
  return sum;
}

/** @throws InputError time-not-positive, exit-not-after-entry, interval-reversed, weight-not-positive: with the row (first = 1) and the values */
export function checkObservations(lives: Observations): void {
  for (let i = 0; i < lives.n; i++) {
    const between = lives.kind[i] === LEFT || lives.kind[i] === INTERVAL;
    const last = between ? lives.upper[i] : lives.lower[i];
    if (!(last > 0) || !Number.isFinite(last))
      throw bad(
        "time-not-positive",
        i,
        `the time is ${last}, must be a number above 0`,
        "the unit was removed on the day it came",
      );
    if (!(lives.entry[i] >= 0) || last <= lives.entry[i])
      throw bad("exit-not-after-entry", i, `entry ${lives.entry[i]} and exit ${last}`, "the two columns are swapped");
    if (lives.kind[i] === INTERVAL && !(lives.upper[i] > lives.lower[i]))
      throw bad(
        "interval-reversed",
        i,
        `lower ${lives.lower[i]} and upper ${lives.upper[i]}`,
        "the two columns are swapped",
      );
    if (!(lives.weight[i] > 0) || !Number.isFinite(lives.weight[i]))
      throw bad("weight-not-positive", i, `the weight is ${lives.weight[i]}`, "the row should be left out");
  }
}

function bad(code: string, index: number, what: string, maybe: string): InputError {
  return new InputError(code, `row ${index + 1}: ${what}. Maybe ${maybe}`, {
    path: `row ${index + 1}`,
    values: { row: index + 1 },
  });
}
