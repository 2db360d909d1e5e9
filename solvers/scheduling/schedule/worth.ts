import type { Schedule } from "./schedule.ts";

/** What a student's schedule is worth as it stands: the loader's objective, recomputed. */
export function worth(schedule: Schedule, student: number): number {
  const { students, requests, weights } = schedule.school;
  let value = 0;
  let open = 0;
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    const met = schedule.choice[q] >= 0;
    if (met) value += requests.value[q];
    if (met && requests.today[q] >= 0 && requests.today[q] !== schedule.choice[q]) value -= weights.moved_student;
    if (requests.kind[q] === 2) open -= met ? 1 : 0;
    else open += met ? 0 : 1;
  }
  return value + (open <= 0 ? weights.complete : 0);
}
