import type { HalfDay } from "../halfday/half-day.ts";

/**
 * For each visit itself and then the `count` − 1 visits nearest to it by drive there and back, nearest first; visits of other schools count as
 * farther by `otherSchoolTicks`. O(visits² + visits × count²) at worst, without sorting everything.
 */
export function neighboursOf(day: HalfDay, count: number, otherSchoolTicks: number): Int32Array[] {
  const size = Math.min(count, day.visits);
  const nearest = new Int32Array(size);
  const apart = new Float64Array(size);
  return Array.from({ length: day.visits }, (_, visit) => {
    let found = 0;
    for (let other = 0; other < day.visits; other++) {
      const distance = other === visit ? -1 : distanceOf(day, visit, other, otherSchoolTicks);
      if (found === size && distance >= apart[size - 1]) continue;
      let place = found < size ? found++ : size - 1;
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

function distanceOf(day: HalfDay, visit: number, other: number, otherSchoolTicks: number): number {
  const a = day.visitNode[visit];
  const b = day.visitNode[other];
  const drive = a === b ? 0 : day.travel[a * day.nodes + b] + day.travel[b * day.nodes + a];
  return drive + (day.visitSchool[visit] === day.visitSchool[other] ? 0 : otherSchoolTicks);
}
