import { parseClock, type RoadIdentity } from "@trivium/model";
import type { Direction, SchoolStop } from "../problem.ts";

/** Service of a direction lies within this many seconds before (after) the first (last) bell. */
const SERVICE_S = 3 * 3600;

/** Time bands of the road network in which buses drive: starts of all of them, and which of them each direction uses. */
export interface Bands {
  readonly startS: readonly number[];
  readonly used: Readonly<Record<Direction, readonly number[]>>;
}

export function bandsOf(identity: RoadIdentity, schools: readonly SchoolStop[]): Bands {
  const all: number[] = identity.bands.map((text) => parseClock(text) ?? 0).sort((a, b) => a - b);
  if (all.length === 0 || all[0] > 0) all.unshift(0);
  const starts = schools.flatMap((school) => school.allowedStartsS);
  const ends = schools.flatMap((school) =>
    school.allowedStartsS.map((start) => start + school.bellEndS - school.bellStartS),
  );
  const spans = {
    AM: [Math.min(...starts) - SERVICE_S, Math.max(...starts)],
    PM: [Math.min(...ends), Math.max(...ends) + SERVICE_S],
  };
  const inSpan = ([from, to]: number[]) =>
    all.filter((start, index) => start <= to && (all[index + 1] ?? Infinity) > from);
  const am = inSpan(spans.AM);
  const pm = inSpan(spans.PM);
  const startS = all.filter((start) => am.includes(start) || pm.includes(start));
  const indices = (starts: number[]) => starts.map((start) => startS.indexOf(start));
  return { startS, used: { AM: indices(am), PM: indices(pm) } };
}
