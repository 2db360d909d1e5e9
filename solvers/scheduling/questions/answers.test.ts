import { createContext } from "@trivium/engine";
import type { Explanation, OneMoreAnswer, Plan, WalkInAnswer } from "@trivium/model";
import { verifyAnswer, verifyExplanation } from "@trivium/verify";
import { beforeAll, expect, test } from "vitest";
import { engine, type SchedulingProblem } from "../index.ts";
import { planOf } from "../testing/plan-of.ts";
import { unkindSchool } from "../testing/unkind-school.ts";

// biome-ignore lint/suspicious/noExplicitAny: an answer is changed as no program of ours would
type Fields = Record<string, any>;

const dataset = unkindSchool({ seed: 12 });
let problem: SchedulingProblem;
let plan: Plan<"scheduling">;

beforeAll(async () => {
  problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 200 } }));
  plan = planOf(dataset, solution);
}, 60_000);

const walkIn = (question: object) =>
  engine.ask(problem, plan, { kind: "walk_in", ...question }) as unknown as WalkInAnswer;
const judged = (question: object, answer: object) => verifyAnswer(dataset, plan, { ...question }, answer as Fields);
const broken = async (question: object, answer: object) =>
  (await judged(question, answer)).violations.map(({ rule }) => rule);

test("every walk-in of the plan, with the requests on file, other courses and as a newcomer, is judged and holds", async () => {
  const courses = [...new Set(dataset.tables.requests.map((row) => row.course_id))];
  const wrong: string[] = [];
  let moved = 0;
  for (const [i, { student_id }] of dataset.tables.students.entries()) {
    const some = Array.from({ length: 7 }, (_, k) => courses[(i * 5 + k * 3) % courses.length]);
    const others = [...new Set(some)];
    for (const about of [{ student_id }, { student_id, courses: others }, { courses: others, moves: 2 }]) {
      const answer = walkIn(about);
      moved += answer.with_moves.length;
      const { violations, checked } = await judged({ kind: "walk_in", ...about }, answer);
      wrong.push(...violations.map(({ message }) => `${JSON.stringify(about)}: ${message}`));
      expect(checked["answers.walk-in-wishes"]).toBe(answer.schedules.length + answer.with_moves.length);
    }
  }
  expect(wrong).toEqual([]);
  expect(moved).toBeGreaterThan(0);
}, 60_000);

test("a walk-in's schedule that clashes, takes a seat that is not there, or forgets a wish is refused", async () => {
  const { student_id } = dataset.tables.students.find((row) => walkIn(row).schedules[0].unmet.length === 0) as {
    student_id: string;
  };
  const question = { kind: "walk_in", student_id };
  const changed = (change: (schedule: Fields) => void) => {
    const answer = structuredClone(walkIn({ student_id }));
    change(answer.schedules[0]);
    return broken(question, answer);
  };
  const [first] = walkIn({ student_id }).schedules[0].sections;
  expect(await changed((schedule) => schedule.sections.pop())).toContain("answers.walk-in-wishes");
  expect(await changed(({ sections }) => Object.assign(sections[0], { pattern_id: "P99" }))).toContain(
    "answers.walk-in-sections",
  );
  const at = (row: { term_id?: string; pattern_id?: string; section_id: string; course_id: string }) =>
    row.pattern_id === first.pattern_id && row.course_id !== first.course_id && row.section_id !== first.section_id;
  const clashing = plan.decisions.sections.find(at);
  expect(
    await changed(({ sections }) =>
      Object.assign(sections[1], { ...clashing, teacher_id: clashing?.teacher_id ?? null }),
    ),
  ).toContain("students.one-place");
  const full = plan.decisions.sections.filter((row) => (row.enrolled ?? 0) >= (row.seats_max ?? 0));
  const [crowded] = full.filter(
    (row) => !plan.decisions.enrollments.some((e) => e.section_id === row.section_id && e.student_id === student_id),
  );
  expect(
    await changed(({ sections }) =>
      Object.assign(sections[0], { ...crowded, teacher_id: crowded?.teacher_id ?? null }),
    ),
  ).toContain("seats.cap");
  const moved = { student_id, course_id: first.course_id, from: first.section_id, to: first.section_id };
  expect(await changed((schedule) => schedule.moves.push(moved))).toContain("answers.walk-in-nobody-moved");
});

test("what one more buys is judged: the first rows are done anew; a gain that is not there is refused", async () => {
  const question = { kind: "one_more", search: 0, with_steps: true };
  const context = createContext(problem, { limits: { iterations: 1 } });
  const answer = (await engine.ask(problem, plan, question, { dataset, context })) as unknown as OneMoreAnswer;
  const { violations, checked } = await judged(question, answer);
  expect(violations).toEqual([]);
  expect(checked["steps.meets"]).toBe(8);
  const better = structuredClone(answer) as unknown as { rows: Fields[] };
  better.rows[0].gain++;
  expect(await broken(question, better)).toContain("answers.one-more-gain");
  const alone = better.rows.find(({ lacks }) => lacks.length === 0);
  alone?.meets.push({ student_id: "P0", course_id: "ENG1", kind: "required" });
  expect(await broken(question, better)).toContain("steps.meets");
  const stranger = structuredClone(answer) as unknown as { rows: Fields[] };
  stranger.rows[3].teacher_id = "nobody";
  expect(await broken(question, stranger)).toContain("answers.one-more-known");
});

test("why a request is unmet is judged: the reason is replayed, every mend laid on the plan; another reason is refused", async () => {
  const whys = plan.unmet.slice(0, 12).map((row): [string, Explanation] => {
    const id = `${row.student_id}:${row.course_id}`;
    return [row.reason_code, engine.explain(problem, plan, { kind: "request", id })];
  });
  for (const [, told] of whys) expect((await verifyExplanation(dataset, plan, told)).violations).toEqual([]);
  const [, why] = whys.find(([reason]) => reason === "all_sections_clash") as [string, Explanation];
  const facts = why.facts.map((fact) => (fact.label === "reason" ? { ...fact, value: "not_offered" } : fact));
  const { violations } = await verifyExplanation(dataset, plan, { ...why, facts });
  expect(violations.map(({ rule }) => rule)).toContain("unmet.reason");
  const student = engine.explain(problem, plan, { kind: "student", id: plan.unmet[0].student_id });
  const { checked, ok } = await verifyExplanation(dataset, plan, student);
  expect(ok).toBe(true);
  expect(checked["unmet.reason"]).toBeGreaterThan(0);
});
