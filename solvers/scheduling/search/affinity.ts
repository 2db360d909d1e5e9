import type { School } from "../problem/problem.ts";

/**
 * How much two courses' sections want to be apart: courses × courses, Σ over students who ask for both of 1 / (sections a · sections b)^1.5.
 * With the power 1 it is the share of those students that would collide if seats were dealt by lot; the higher power leaves singletons the better places
 * (sample school: 1,470 requests unmet before the annealing with 1, 1,110 with 1.5, 1,410 with 2).
 */
export function courseAffinity({ students, requests, courses }: School): Float32Array {
  const count = courses.ids.length;
  const affinity = new Float32Array(count * count);
  const size = (course: number) => Math.max(1, courses.sections.start[course + 1] - courses.sections.start[course]);
  for (let student = 0; student < students.ids.length; student++) {
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      if (requests.kind[q] === 2) continue;
      for (let p = students.requestStart[student]; p < students.requestStart[student + 1]; p++) {
        if (p === q || requests.kind[p] === 2) continue;
        const [a, b] = [requests.course[q], requests.course[p]];
        affinity[a * count + b] += 1 / (size(a) * size(b)) ** 1.5;
      }
    }
  }
  return affinity;
}
