import { ALTERNATE } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";

/**
 * How much two courses' sections want to be apart: courses × courses, Σ over students who ask for both of the lesser request's worth
 * (1 = the school's mean) / (pairs of their sections)². Sections are those that have a place; where a course has none yet, those to be opened first.
 */
export function courseAffinity({ school, time }: Schedule): Float64Array {
  const { students, requests, courses, sections, units } = school;
  const count = courses.ids.length;
  const size = Float64Array.from({ length: count }, (_, course) => {
    let [placed, wanted] = [0, 0];
    for (let i = courses.sections.start[course]; i < courses.sections.start[course + 1]; i++) {
      const unit = sections.unit[courses.sections.items[i]];
      if (time[unit] >= 0) placed++;
      wanted += units.wanted[unit];
    }
    return placed > 0 ? placed : Math.max(1, wanted);
  });
  const mean = meanWorth(school.requests);
  const affinity = new Float64Array(count * count);
  for (let student = 0; student < students.ids.length; student++) {
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      if (requests.kind[q] === ALTERNATE) continue;
      for (let p = students.requestStart[student]; p < students.requestStart[student + 1]; p++) {
        const [a, b] = [requests.course[q], requests.course[p]];
        if (a === b || requests.kind[p] === ALTERNATE) continue;
        affinity[a * count + b] += Math.min(requests.value[q], requests.value[p]) / mean / (size[a] * size[b]) ** 2;
      }
    }
  }
  return affinity;
}

function meanWorth({ count, kind, value }: Schedule["school"]["requests"]): number {
  let [sum, mains] = [0, 0];
  for (let q = 0; q < count; q++) {
    if (kind[q] === ALTERNATE) continue;
    sum += value[q];
    mains++;
  }
  return sum > 0 ? sum / mains : 1;
}
