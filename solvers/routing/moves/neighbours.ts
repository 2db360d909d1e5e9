import type { HalfDay } from "../halfday/half-day.ts";

/**
 * For each visit itself and then the `count` − 1 visits nearest to it by drive, nearest first. O(visits × candidates), without sorting everything.
 * @param mates only visits of the same school
 */
export function neighboursOf(day: HalfDay, count: number, mates: boolean): Int32Array[] {
  const all = Int32Array.from({ length: day.visits }, (_, visit) => visit);
  const ofSchool = Array.from({ length: mates ? day.schools : 0 }, (_, school) =>
    all.filter((visit) => day.visitSchool[visit] === school),
  );
  const nearest = new Int32Array(count);
  const apart = new Float64Array(count);
  return Array.from(all, (visit) => {
    const candidates = mates ? ofSchool[day.visitSchool[visit]] : all;
    const row = day.visitNode[visit] * day.nodes;
    let found = 0;
    for (let k = 0; k < candidates.length; k++) {
      const other = candidates[k];
      const distance = other === visit ? NEAREST : day.travel[row + day.visitNode[other]];
      if (found === count && distance >= apart[count - 1]) continue;
      let place = found < count ? found++ : count - 1;
      while (place > 0 && apart[place - 1] > distance) {
        apart[place] = apart[place - 1];
        nearest[place] = nearest[place - 1];
        place--;
      }
      apart[place] = distance;
      nearest[place] = other;
    }
    return nearest.slice(0, found);
  });
}

/** Nearer than anything: a visit comes before all others. */
const NEAREST = -1e9;
