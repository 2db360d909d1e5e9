import type { School } from "../problem/problem.ts";
import type { Schedule } from "./schedule.ts";

/** What a student's schedule is worth as it stands: the loader's objective, recomputed. */
export function worth({ school, choice }: Schedule, student: number): number {
  return choicesWorth(school, student, choice, school.students.requestStart[student]);
}

/** What a student's schedule would be worth: `choice[at]` … are the sections of the student's requests in order, −1 none. */
export function choicesWorth(school: School, student: number, choice: Int32Array, at: number): number {
  const { students, requests, weights } = school;
  const first = students.requestStart[student];
  let value = 0;
  let open = 0;
  for (let q = first; q < students.requestStart[student + 1]; q++) {
    const section = choice[at + q - first];
    const met = section >= 0;
    if (met) value += requests.value[q];
    if (met && requests.today[q] >= 0 && requests.today[q] !== section) value -= weights.moved_student;
    if (requests.kind[q] === 2) open -= met ? 1 : 0;
    else open += met ? 0 : 1;
  }
  return value + (open <= 0 ? weights.complete : 0);
}
