import { createContext } from "@trivium/engine";
import {
  CANDIDATE_KINDS,
  type Dataset,
  type OneMoreAnswer,
  type OneMoreRow,
  oneMoreAnswerSchema,
  type Plan,
} from "@trivium/model";
import { verifySteps } from "@trivium/verify";
import { beforeAll, expect, test } from "vitest";
import { engine, type SchedulingProblem } from "../../index.ts";
import { planOf } from "../../testing/plan-of.ts";
import { unkindSchool } from "../../testing/unkind-school.ts";

const dataset = unkindSchool({ seed: 12 });
let problem: SchedulingProblem;
let plan: Plan<"scheduling">;
let answer: OneMoreAnswer;

const ask = async (question: object, threads = 1): Promise<OneMoreAnswer> => {
  const context = createContext(problem, { limits: { iterations: 1 }, threads });
  return (await engine.ask(problem, plan, { kind: "one_more", ...question }, { dataset, context })) as OneMoreAnswer;
};

beforeAll(async () => {
  problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 300 } }));
  plan = planOf(dataset, solution);
  answer = oneMoreAnswerSchema.parse(await ask({ search: 0, with_steps: true }));
}, 60_000);

/** The district that a row is about: a teacher with one section more, or as it is; seats and sections come with the steps. */
function districtOf(row: OneMoreRow): Dataset {
  if (row.kind === "section_fewer")
    return {
      ...dataset,
      tables: {
        ...dataset.tables,
        courses: dataset.tables.courses.map((course) => ({ ...course, sections: undefined })),
        sections: dataset.tables.sections.filter(({ section_id }) => section_id !== row.section_id),
      },
    };
  if (row.kind !== "teacher_section") return dataset;
  const more = (teacher: Dataset["tables"]["teachers"][number]) =>
    teacher.teacher_id === row.id ? { ...teacher, sections_max: (teacher.sections_max ?? 0) + 1 } : teacher;
  return { ...dataset, tables: { ...dataset.tables, teachers: dataset.tables.teachers.map(more) } };
}

test("every row that needs nothing on top is legal when it is laid on the plan, and wins and loses what it says", () => {
  const wrong: string[] = [];
  const kinds = new Set<string>();
  for (const row of answer.rows.filter(({ lacks }) => lacks.length === 0)) {
    const { steps = [], meets = [], loses = [] } = row;
    kinds.add(row.kind);
    const { ok, violations } = verifySteps(districtOf(row), plan, { steps, meets, loses });
    if (!ok) wrong.push(`${row.kind} ${row.id}: ${violations.map(({ message }) => message).join("; ")}`);
    expect(row.gain).toBe(meets.length - loses.length);
  }
  expect(wrong).toEqual([]);
  expect([...kinds].sort()).toEqual([...CANDIDATE_KINDS].sort());
});

test("rows stand by their gain, and a section or a seat more never costs a request", () => {
  const gains = answer.rows.map(({ gain }) => gain);
  expect(gains).toEqual(gains.toSorted((a, b) => b - a));
  for (const row of answer.rows)
    if (row.kind !== "section_fewer" && row.kind !== "moved_period") expect(row.gain).toBeGreaterThanOrEqual(0);
});

test("every course that students ask for has a row of one section more, or is named as without a place", () => {
  const asked = new Set(dataset.tables.requests.filter(({ kind }) => kind !== "alternate").map((row) => row.course_id));
  const named = [...answer.rows, ...answer.computed.without_place].filter(({ kind }) => kind === "section_more");
  expect(new Set(named.map(({ id }) => id))).toEqual(asked);
});

test("the same seed and budget give the same table on one thread and on two; a search adds to what re-seating won", async () => {
  const one = await ask({ search: 4, iterations: 64 });
  expect(await ask({ search: 4, iterations: 64 }, 2)).toEqual(one);
  expect(one.computed).toMatchObject({ searched: 4, iterations_each: 64, seed: 1 });
  for (const row of one.rows.filter(({ method }) => method === "search")) {
    const before = answer.rows.find(({ kind, id }) => kind === row.kind && id === row.id);
    expect(row.gain).toBeGreaterThanOrEqual(before?.gain ?? Number.NaN);
  }
});

test("asked about one course, every period that it could take has a row", async () => {
  const [best] = answer.rows.filter(({ kind }) => kind === "section_more");
  const { rows } = await ask({ course_id: best.id, kinds: ["section_more"], search: 0 });
  expect(rows.length).toBe(best.tried);
  expect(rows[0]).toMatchObject({ gain: best.gain, pattern_id: best.pattern_id });
  expect(rows.every((row) => row.course_id === best.id)).toBe(true);
});
