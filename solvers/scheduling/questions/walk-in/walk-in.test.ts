import { createContext } from "@trivium/engine";
import {
  type Dataset,
  type Plan,
  type Step,
  sealDataset,
  type WalkInSchedule,
  walkInAnswerSchema,
} from "@trivium/model";
import { verifySteps } from "@trivium/verify";
import { expect, test } from "vitest";
import { engine, type SchedulingProblem } from "../../index.ts";
import { planOf } from "../../testing/plan-of.ts";
import { unkindSchool } from "../../testing/unkind-school.ts";

interface School {
  readonly dataset: Dataset;
  readonly problem: SchedulingProblem;
  readonly plan: Plan<"scheduling">;
}

/** A school solved by moves of sections alone, as short as can be, so that seats can still be found. */
async function school(seed: number): Promise<School> {
  const dataset = unkindSchool({ seed, students: 120 });
  const problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 64 }, seed }));
  return { dataset, problem, plan: planOf(dataset, solution) };
}

/** The same school with one student of its plan gone from every class, and those classes full without: as if they came today. */
async function without({ dataset, plan }: School, student: string): Promise<School> {
  const left = new Set(
    plan.decisions.enrollments.filter((row) => row.student_id === student).map((row) => row.section_id),
  );
  const enrollments = plan.decisions.enrollments.filter((row) => row.student_id !== student);
  const sections = plan.decisions.sections.map((row) =>
    left.has(row.section_id) ? { ...row, enrolled: (row.enrolled ?? 0) - 1, seats_max: (row.enrolled ?? 0) - 1 } : row,
  );
  const full = sections.filter((row) => left.has(row.section_id));
  const listed = new Map(dataset.tables.sections.map((row) => [row.section_id, row]));
  for (const { section_id, course_id, seats_max } of full)
    listed.set(section_id, { ...(listed.get(section_id) ?? { section_id, course_id }), seats_max });
  const changed = sealDataset({ ...dataset, tables: { ...dataset.tables, sections: [...listed.values()] } });
  const problem = await engine.build(changed, {}, {});
  return { dataset: changed, problem, plan: { ...plan, decisions: { ...plan.decisions, sections, enrollments } } };
}

/** An answer as steps on the plan without the student, with what they meet. */
function claimOf({ dataset, plan }: School, student_id: string, answer: WalkInSchedule) {
  const kindOf = (student: string, course: string) =>
    dataset.tables.requests.find((row) => row.student_id === student && row.course_id === course)?.kind ?? "required";
  const seat = (student: string, section_id: string, course: string): Step => ({
    step: "enter",
    student_id: student,
    section_id,
    request_course_id: course,
    kind: kindOf(student, course),
  });
  const seatOf = (student: string, section: string) => {
    const row = plan.decisions.enrollments.find((each) => each.student_id === student && each.section_id === section);
    return { student_id: student, request_course_id: row?.request_course_id ?? "", kind: row?.kind ?? "required" };
  };
  const steps = [
    ...answer.moves.flatMap((move): Step[] => [
      { step: "leave", student_id: move.student_id, section_id: move.from },
      // Who moves keeps the request that the seat is for: of an alternate, the one replaced.
      { ...seatOf(move.student_id, move.from), step: "enter", section_id: move.to },
    ]),
    ...answer.sections.map((row) => seat(student_id, row.section_id, row.course_id)),
  ];
  const meets = answer.sections.map(({ course_id }) => ({
    student_id,
    course_id,
    kind: kindOf(student_id, course_id) as "required" | "elective",
  }));
  return { steps, meets, loses: [] };
}

test("every schedule offered to a walk-in is legal on the plan, with the moves that it names and nobody's loss", async () => {
  const wrong: string[] = [];
  let moves = 0;
  for (const seed of [3, 8, 11]) {
    const whole = await school(seed);
    for (const { student_id } of whole.dataset.tables.students.slice(0, 25)) {
      const it = await without(whole, student_id);
      const answer = walkInAnswerSchema.parse(engine.ask(it.problem, it.plan, { kind: "walk_in", student_id }));
      for (const each of [...answer.schedules, ...answer.with_moves]) {
        moves += each.moves.length;
        const { ok, violations } = verifySteps(it.dataset, it.plan, claimOf(it, student_id, each));
        if (!ok) wrong.push(`seed ${seed}, ${student_id}: ${violations.map(({ message }) => message).join("; ")}`);
      }
      expect(answer.with_moves.every((each) => each.moves.length >= 1 && each.moves.length <= 3)).toBe(true);
      const sets = answer.schedules.map(({ sections }) => sections.map((row) => row.section_id).join());
      expect(new Set(sets).size).toBe(sets.length);
    }
  }
  expect(wrong).toEqual([]);
  expect(moves).toBeGreaterThan(0);
}, 120_000);

test("the answer does not depend on what was asked before", async () => {
  const { problem, plan } = await school(8);
  const ask = (student_id: string) => engine.ask(problem, plan, { kind: "walk_in", student_id });
  const first = ask("P7");
  for (const id of ["P1", "P2", "P3"]) ask(id);
  expect(ask("P7")).toEqual(first);
});
