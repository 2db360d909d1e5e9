import type { CoxLives, RiskOrder } from "./risk-sets.ts";

/** The failure times of each stratum, falling; rows are places in the order of falling exit. */
export interface FailureTimes {
  /** Where each stratum's rows begin, length strata + 1. */
  readonly strata: Int32Array;
  /** Where each stratum's failure times begin, length strata + 1. */
  readonly firstTime: Int32Array;
  /** Up to which row exits reach the failure time. */
  readonly joined: Int32Array;
  /** Rows by falling entry, and up to which of them entry has not come before the failure time. */
  readonly leaving: Int32Array;
  readonly gone: Int32Array;
  /** Rows that failed; those of failure time g from failedFrom[g] to failedFrom[g + 1]. */
  readonly failed: Int32Array;
  readonly failedFrom: Int32Array;
  /** Mean weight of those that failed at the time. */
  readonly meanWeight: Float64Array;
}

export function failureTimes(lives: CoxLives, { byExit, byEntry, starts }: RiskOrder): FailureTimes {
  const { exit, entry, observed, weight } = lives;
  const failed: number[] = [];
  const failedFrom = [0];
  const firstTime = [0];
  const joined: number[] = [];
  const gone: number[] = [];
  const meanWeight: number[] = [];
  for (let s = 0; s + 1 < starts.length; s++) {
    const end = starts[s + 1];
    let leaver = starts[s];
    for (let k = starts[s]; k < end; ) {
      const time = exit[byExit[k]];
      const before = failed.length;
      let sum = 0;
      for (; k < end && exit[byExit[k]] === time; k++) {
        if (observed[byExit[k]] === 0) continue;
        failed.push(k);
        sum += weight[byExit[k]];
      }
      if (failed.length === before) continue;
      while (leaver < end && entry[byEntry[leaver]] >= time) leaver++;
      joined.push(k);
      gone.push(leaver);
      failedFrom.push(failed.length);
      meanWeight.push(sum / (failed.length - before));
    }
    firstTime.push(joined.length);
  }
  const place = new Int32Array(byExit.length);
  byExit.forEach((i, k) => {
    place[i] = k;
  });
  return {
    strata: starts,
    firstTime: Int32Array.from(firstTime),
    joined: Int32Array.from(joined),
    leaving: byEntry.map((i) => place[i]),
    gone: Int32Array.from(gone),
    failed: Int32Array.from(failed),
    failedFrom: Int32Array.from(failedFrom),
    meanWeight: Float64Array.from(meanWeight),
  };
}
