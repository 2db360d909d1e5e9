import { createContext, Random } from "@trivium/engine";
import { MipModel, solveMip } from "@trivium/mip";
import { verifyPlan } from "@trivium/verify";
import { expect, test } from "vitest";
import { engine } from "../index.ts";
import { buildProblem } from "../problem/build.ts";
import { listAt } from "../problem/lists.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { worth } from "../schedule/worth.ts";
import { Search } from "../search/search.ts";
import { planOf } from "../testing/plan-of.ts";
import { unkindSchool } from "../testing/unkind-school.ts";
import { loadExactly } from "./load-exactly.ts";
import { loadStudents } from "./load-students.ts";

/** The same question as a plain assignment program: one 0/1 variable a request and section, one a complete student. For schools without rules on students. */
async function optimum(schedule: Schedule): Promise<number> {
  const { students, requests, courses, sections, calendar, rooms, weights } = schedule.school;
  const model = new MipModel("maximize");
  const seats = sections.ids.map((_, s) => {
    const room = schedule.room[sections.unit[s]];
    return model.addRow(-Infinity, Math.min(sections.seats[s], room < 0 ? Infinity : rooms.capacity[room]));
  });
  for (let i = 0; i < students.ids.length; i++) {
    const own = Array.from(
      { length: students.requestStart[i + 1] - students.requestStart[i] },
      (_, k) => students.requestStart[i] + k,
    );
    const mains = own.filter((q) => requests.kind[q] < 2).length;
    const day = Array.from({ length: calendar.bits }, () => model.addRow(-Infinity, 1));
    const replaced = model.addRow(-Infinity, mains);
    const complete = model.addRow(0, Infinity, [model.addBinary(weights.complete)], [-mains]);
    for (const q of own) {
      const once = model.addRow(-Infinity, 1);
      for (const section of listAt(courses.sections, requests.course[q])) {
        const time = schedule.time[sections.unit[section]];
        if (time < 0) continue;
        const x = model.addBinary(requests.value[q]);
        for (const row of [once, seats[section], complete, replaced]) model.addEntry(row, x, 1);
        for (let bit = 0; bit < calendar.bits; bit++)
          if ((calendar.timeBits[time * calendar.bitWords + (bit >> 5)] >> (bit & 31)) & 1)
            model.addEntry(day[bit], x, 1);
      }
    }
  }
  const { status, objective } = await solveMip(model);
  expect(status).toBe("optimal");
  return objective;
}

test("on fixed small masters the loader finds HiGHS's optimum of the plain assignment program, and proves it", async () => {
  for (let seed = 1; seed <= 4; seed++) {
    const school = buildProblem(unkindSchool({ seed, students: 60, rules: false }), {}).schools[0];
    const search = new Search(school, new Random(seed));
    search.start({ spent: () => 0 });
    const { value, bound } = await loadExactly(search.schedule, search.loader, { nodes: 5000 });
    const best = await optimum(search.schedule);
    expect(value).toBeCloseTo(best, 3);
    expect(bound).toBeGreaterThanOrEqual(best - 1e-3);
    const sum = search.schedule.value.reduce((total, each) => total + each, 0);
    expect(sum).toBeCloseTo(value, 6);
  }
});

test("with every rule on students the exact loading never loses, keeps within its bound, and everyone's schedule still stands", async () => {
  for (let seed = 1; seed <= 6; seed++) {
    const school = buildProblem(unkindSchool({ seed, students: 90 }), {}).schools[0];
    const search = new Search(school, new Random(seed));
    search.start({ spent: () => 0 });
    const { schedule, loader } = search;
    const before = schedule.total;
    const { value, bound } = await loadExactly(schedule, loader);
    expect(schedule.total).toBeGreaterThanOrEqual(before - 1e-6);
    expect(value).toBeLessThanOrEqual(bound + 1e-3);
    for (let student = 0; student < schedule.value.length; student++) {
      expect(loader.stands(student)).toBe(true);
      expect(schedule.value[student]).toBeCloseTo(worth(schedule, student), 6);
    }
  }
});

test("students loaded on a plan's sections are verified, worth what they were in the plan, and sit the same each time", async () => {
  const dataset = unkindSchool({ seed: 4 });
  const problem = await engine.build(dataset, {}, {});
  const plan = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 300 } }));
  const load = () => loadStudents(problem, plan.decisions.sections, { random: new Random(1) });
  const { solution, value, bound } = await load();
  expect((await load()).solution).toEqual(solution);
  const { violations } = await verifyPlan(dataset, planOf(dataset, solution));
  expect(violations).toEqual([]);
  expect(Number(solution.metrics.requests_met)).toBeGreaterThanOrEqual(Number(plan.metrics.requests_met) - 1);
  expect(value).toBeLessThanOrEqual(bound + 1e-3);
});
