import { Random } from "@trivium/engine";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { clash } from "../constraints/unit-links.ts";
import { buildProblem } from "../problem/build.ts";
import type { School } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { worth } from "../schedule/worth.ts";
import { Search } from "../search/search.ts";
import { unkindSchool } from "../testing/unkind-school.ts";

/** Every way to seat one student, by plain recursion over requests: each in any section with a seat that clashes with none before, or in none. */
function bruteForce(schedule: Schedule, student: number): number {
  const { students, requests, courses, sections, calendar, weights } = schedule.school;
  const asked = Array.from(
    { length: students.requestStart[student + 1] - students.requestStart[student] },
    (_, i) => students.requestStart[student] + i,
  );
  const mains = asked.filter((q) => requests.kind[q] < 2);
  const alternates = asked.filter((q) => requests.kind[q] === 2);
  let best = 0;
  const visit = (order: readonly number[], value: number, unmet: number, times: readonly number[]): void => {
    const [q, ...rest] = order;
    if (q === undefined) {
      best = Math.max(best, value + (unmet === 0 ? weights.complete : 0));
      return;
    }
    const isAlternate = requests.kind[q] === 2;
    visit(rest, value, unmet + (isAlternate ? 0 : 1), times);
    if (isAlternate && unmet === 0) return;
    for (let i = courses.sections.start[requests.course[q]]; i < courses.sections.start[requests.course[q] + 1]; i++) {
      const section = courses.sections.items[i];
      const time = schedule.time[sections.unit[section]];
      if (time < 0 || schedule.seatsLeft(section) <= 0 || times.some((other) => clash(calendar, time, other))) continue;
      visit(rest, value + requests.value[q], unmet - (isAlternate ? 1 : 0), [...times, time]);
    }
  };
  visit([...mains, ...alternates], 0, 0, []);
  return best;
}

function started(seed: number, rules: boolean): Search {
  const school: School = buildProblem(unkindSchool({ seed, students: 60, rules }), {}).schools[0];
  const search = new Search(school, new Random(seed));
  search.start({ spent: () => 0 });
  return search;
}

test("each student's schedule is the best of all ways to seat that student on the times and seats as they are", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (seed) => {
      const { schedule, loader } = started(seed, false);
      for (let student = 0; student < 60; student += 7) {
        const { requestStart } = schedule.school.students;
        for (let q = requestStart[student]; q < requestStart[student + 1]; q++) schedule.sit(q, -1);
        const best = bruteForce(schedule, student);
        loader.reload(student);
        expect(schedule.value[student]).toBeCloseTo(best, 6);
        expect(worth(schedule, student)).toBeCloseTo(best, 6);
        schedule.commit();
      }
    }),
    { numRuns: 8, seed: 5 },
  );
});

test("improve leaves a student alone who can't do better, and says so", () => {
  const { schedule, loader } = started(3, true);
  for (let student = 0; student < 60; student++) {
    const before = schedule.value[student];
    loader.reload(student);
    const best = schedule.value[student];
    expect(best).toBeGreaterThanOrEqual(before - 1e-6);
    expect(loader.improve(student)).toBe(false);
    expect(schedule.value[student]).toBe(best);
  }
});
