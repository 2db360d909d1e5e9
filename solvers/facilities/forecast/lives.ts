import { DAYS_PER_YEAR } from "@trivium/model";
import { FAILED, type Register, UNKNOWN_REASON } from "../register/register.ts";
import { EXACT, INTERVAL, LEFT, RIGHT } from "../survival/observations.ts";

/** Lives as they were known at the end of one day, one row each (two where the reason of a removal is unknown). Ages in years. */
export interface Lives {
  readonly asset: Int32Array;
  readonly kind: Uint8Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly entry: Float64Array;
  readonly weight: Float64Array;
}

/** A life shorter than this is counted as this: registers have removals on the day of installation. */
const SHORTEST_YEARS = 1 / DAYS_PER_YEAR;

/**
 * Lives known at the end of `day`: left-truncated at the register date, censored at `day` or when cut short, failed at removal.
 * What happens after `day` is not seen. A removal without a reason is a failure with weight `unknownFailedShare` and a censoring with the rest:
 * 0 and 1 are the two bounds.
 */
export function livesKnownOn(register: Register, day: number, unknownFailedShare: number): Lives {
  const rows: { asset: number; kind: number; lower: number; upper: number; entry: number; weight: number }[] = [];
  for (let asset = 0; asset < register.assetIds.length; asset++) {
    const installed = register.installDay[asset];
    if (installed > day || register.registerDay[asset] > day) continue;
    const years = (until: number) => Math.max(SHORTEST_YEARS, (until - installed) / DAYS_PER_YEAR);
    const removed = register.removedDay[asset];
    const entry = (register.registerDay[asset] - installed) / DAYS_PER_YEAR;
    const reason = removed <= day ? register.removal[asset] : 0;
    const exit = years(Math.min(removed, day));
    if (exit <= entry) continue;
    const add = (kind: number, lower: number, upper: number, weight: number) => {
      if (weight > 0) rows.push({ asset, kind, lower, upper, entry, weight });
    };
    const failedShare = reason === FAILED ? 1 : reason === UNKNOWN_REASON ? unknownFailedShare : 0;
    if (failedShare > 0) {
      const slack = register.installSlackYears[asset];
      const lower = Math.max(entry, years(register.seenDay[asset]) - slack);
      const upper = exit + slack;
      const kind = upper - lower < 2 * SHORTEST_YEARS ? EXACT : lower <= 0 ? LEFT : INTERVAL;
      add(kind, kind === EXACT ? exit : lower, upper, failedShare);
    }
    add(RIGHT, exit, exit, 1 - failedShare);
  }
  return {
    asset: Int32Array.from(rows, (each) => each.asset),
    kind: Uint8Array.from(rows, (each) => each.kind),
    lower: Float64Array.from(rows, (each) => each.lower),
    upper: Float64Array.from(rows, (each) => each.upper),
    entry: Float64Array.from(rows, (each) => each.entry),
    weight: Float64Array.from(rows, (each) => each.weight),
  };
}

/** Share of failures among removals whose reason was known by `day`, pulled towards one half by one removal each way. */
export function failedShareOfRemovals(register: Register, day: number): number {
  let failed = 1;
  let known = 2;
  for (let asset = 0; asset < register.assetIds.length; asset++) {
    if (register.removedDay[asset] > day) continue;
    if (register.removal[asset] === FAILED) failed++;
    if (register.removal[asset] !== UNKNOWN_REASON) known++;
  }
  return failed / known;
}
