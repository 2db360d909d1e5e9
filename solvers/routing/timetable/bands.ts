import type { Drives } from "../problem.ts";

/** Band in which a drive departs. */
function bandAt(drives: Drives, departS: number): number {
  let band = 0;
  while (band + 1 < drives.bandStartS.length && drives.bandStartS[band + 1] <= departS) band++;
  return band;
}

export interface Leg {
  readonly departS: number;
  readonly durationS: number;
  readonly distanceM: number;
}

/** Drive from one place to another that departs at `departS`. */
export function legFrom(drives: Drives, places: number, from: number, to: number, departS: number): Leg {
  const band = bandAt(drives, departS);
  const at = from * places + to;
  return { departS, durationS: drives.durationS[band][at], distanceM: drives.distanceM[band][at] };
}

/** The latest departure that arrives by `arriveS`: bands are tried from the last one down. */
export function legBy(drives: Drives, places: number, from: number, to: number, arriveS: number): Leg {
  const at = from * places + to;
  for (let band = bandAt(drives, arriveS); band >= 0; band--) {
    const end = drives.bandStartS[band + 1] ?? Infinity;
    const departS = Math.min(arriveS - drives.durationS[band][at], end - 1);
    if (departS >= drives.bandStartS[band] || band === 0) return legFrom(drives, places, from, to, departS);
  }
  return legFrom(drives, places, from, to, arriveS - drives.durationS[0][at]);
}
