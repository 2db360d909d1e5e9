/** How many students ask for each two of a school's courses: a published course conflict matrix. */
export interface ConflictMatrix {
  readonly courses: readonly string[];
  /** Requests of each course. */
  readonly requests: Int32Array;
  /** courses × courses, symmetric, nothing on the diagonal. */
  readonly pairs: Float64Array;
}

/** Athletics meet after the last bell; of courses that fewer ask for, no section is run. */
const AFTER_SCHOOL = /^QO/;
const FEWEST = 10;

/** @param counts course → course → students with both; a course with itself: its requests */
export function readMatrix(counts: Readonly<Record<string, Readonly<Record<string, number>>>>): ConflictMatrix {
  const courses = Object.keys(counts)
    .filter((id) => !AFTER_SCHOOL.test(id) && (counts[id][id] ?? 0) >= FEWEST)
    .sort();
  const pairs = new Float64Array(courses.length ** 2);
  courses.forEach((a, i) => {
    courses.forEach((b, j) => {
      if (i !== j) pairs[i * courses.length + j] = Math.max(counts[a][b] ?? 0, counts[b][a] ?? 0);
    });
  });
  return { courses, requests: Int32Array.from(courses, (id) => counts[id][id]), pairs };
}

/** Pearson's correlation of two matrices over all pairs of different courses. */
export function correlation(count: number, a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [n, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const [x, y] = [a[i * count + j], b[i * count + j]];
      n++;
      sumA += x;
      sumB += y;
      sumAA += x * x;
      sumBB += y * y;
      sumAB += x * y;
    }
  return (n * sumAB - sumA * sumB) / Math.sqrt((n * sumAA - sumA ** 2) * (n * sumBB - sumB ** 2));
}
