import type { School } from "../problem/problem.ts";

/** The request of a student for a course, −1 none. */
export function requestFor({ students, requests }: School, student: number, course: number): number {
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
    if (requests.course[q] === course) return q;
  return -1;
}
