import { createContext } from "@trivium/engine";
import type { Plan } from "@trivium/model";
import { beforeAll, expect, test } from "vitest";
import { engine, type SchedulingProblem } from "../index.ts";
import { planOf } from "../testing/plan-of.ts";
import { unkindSchool } from "../testing/unkind-school.ts";

const dataset = unkindSchool({ seed: 12 });
let problem: SchedulingProblem;
let plan: Plan<"scheduling">;

beforeAll(async () => {
  problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 800 } }));
  plan = planOf(dataset, solution);
});

interface WalkIn {
  readonly schedules: readonly {
    readonly met: number;
    readonly unmet: readonly string[];
    readonly sections: readonly { readonly section_id: string }[];
  }[];
}

test("a walk-in of the plan is offered at least as many requests as the plan met, best schedules first", () => {
  const courseOf = new Map(plan.decisions.sections.map((row) => [row.section_id, row.course_id]));
  for (const student_id of ["P0", "P5", "P17"]) {
    const answer = engine.ask(problem, plan, { kind: "walk_in", student_id }) as unknown as WalkIn;
    const asked = dataset.tables.requests
      .filter((r) => r.student_id === student_id && r.kind !== "alternate")
      .map((r) => r.course_id);
    const met = plan.decisions.enrollments.filter(
      (e) => e.student_id === student_id && asked.includes(courseOf.get(e.section_id) ?? ""),
    );
    expect(answer.schedules[0].met).toBeGreaterThanOrEqual(met.length);
    expect(answer.schedules[0].met + answer.schedules[0].unmet.length).toBe(asked.length);
  }
});

test("a newcomer's wishes are met in sections with seats", () => {
  const answer = engine.ask(problem, plan, {
    kind: "walk_in",
    courses: ["ENG1", "MATH1", "ART1"],
    count: 2,
  }) as unknown as WalkIn;
  const open = new Set(
    plan.decisions.sections.filter((row) => (row.enrolled ?? 0) < (row.seats_max ?? 0)).map((row) => row.section_id),
  );
  for (const schedule of answer.schedules)
    for (const row of schedule.sections) expect(open.has(row.section_id)).toBe(true);
});

test("questions that are not ours or not whole are refused with what is wrong", async () => {
  expect(() => engine.ask(problem, plan, { kind: "weather" })).toThrow(/no question "weather"/);
  expect(() => engine.ask(problem, plan, { kind: "walk_in" })).toThrow(/student_id/);
  expect(() => engine.ask(problem, plan, { kind: "walk_in", student_id: "nobody" })).toThrow(/no school here/);
  await expect(engine.ask(problem, plan, { kind: "one_more", course_id: "NOPE" })).rejects.toThrow(/NOPE/);
  await expect(engine.ask(problem, plan, { kind: "one_more", search: -1 })).rejects.toThrow(/search/);
});

test("every unmet request is explained with a reason and witnesses; met ones with their section", () => {
  for (const row of plan.unmet) {
    const found = engine.explain(problem, plan, { kind: "request", id: `${row.student_id}:${row.course_id}` });
    expect(found.facts.find((fact) => fact.label === "reason")?.value).toBe(row.reason_code);
    expect(found.proven).toBe(row.reason_code !== "not_proven");
  }
  const [met] = plan.decisions.enrollments.filter((row) => row.kind === "required");
  const found = engine.explain(problem, plan, { kind: "request", id: `${met.student_id}:${met.request_course_id}` });
  expect(found.summary).toContain(met.section_id);
  expect(() => engine.explain(problem, plan, { kind: "bus", id: "B7" })).toThrow(/request or a student/);
});

test("a comparison with itself names nobody; a student less names that student", () => {
  const side = { name: "a", metrics: plan.metrics, decisions: plan.decisions, unmet: plan.unmet };
  const same = engine.compare(side, side);
  expect(same.affected).toEqual({ students: [], sections: [] });
  const enrollments = plan.decisions.enrollments.filter((row) => row.student_id !== "P1");
  const decisions = { ...plan.decisions, enrollments };
  const other = engine.compare(side, {
    name: "b",
    decisions,
    unmet: [],
    metrics: engine.measure(problem, decisions, []),
  });
  expect(other.affected.students).toEqual(["P1"]);
  expect(other.figures.find((figure) => figure.name === "requests_met")?.better).toBe("a");
});
