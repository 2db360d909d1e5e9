import { existsSync, readFileSync } from "node:fs";
import { createContext } from "@trivium/engine";
import { type Dataset, emptyTables, planHash, sealDataset, TABLES } from "@trivium/model";
import { verifyPlan } from "@trivium/verify";
import { expect, test } from "vitest";
import { engine } from "../index.ts";
import { illegalities } from "../testing/legality.ts";
import { planOf } from "../testing/plan-of.ts";
import { unkindSchool } from "../testing/unkind-school.ts";

async function solved(dataset: Dataset, iterations: number, seed = 1, threads = 1) {
  const problem = await engine.build(dataset, {}, {});
  const context = createContext(problem, { limits: { iterations }, seed, threads });
  return { problem, solution: await engine.solve(problem, {}, context) };
}

test.for([1, 2, 3, 4, 5, 6])(
  "unkind school %i: the plan is legal by this package's own reading and by the verifier",
  async (seed) => {
    const dataset = unkindSchool({ seed });
    const { solution } = await solved(dataset, 1500);
    expect(solution.status).toBe("feasible");
    expect(illegalities(dataset, solution.decisions, solution.unmet)).toEqual([]);
    const verification = await verifyPlan(dataset, planOf(dataset, solution));
    expect(verification.violations).toEqual([]);
    expect(Number(solution.metrics.requests_met_share)).toBeGreaterThan(0.75);
    expect(solution.bound?.best_possible).toBeGreaterThanOrEqual(Number(solution.metrics.requests_met));
  },
);

test("the same seed and iterations give the same plan, on one thread and on two", async () => {
  const dataset = unkindSchool({ seed: 7 });
  const hash = async (seed: number, threads: number) => {
    const { solution } = await solved(dataset, 600, seed, threads);
    return planHash(solution.decisions, solution.metrics);
  };
  expect(await hash(1, 1)).toBe(await hash(1, 1));
  expect(await hash(1, 2)).toBe(await hash(1, 2));
  expect(await hash(2, 1)).not.toBe(await hash(1, 1));
});

test("a solve cancelled at its first checkpoint still returns a legal plan", async () => {
  const dataset = unkindSchool({ seed: 8 });
  const problem = await engine.build(dataset, {}, {});
  const context = createContext(problem, { limits: { iterations: 1_000_000 }, cancelled: () => true });
  const solution = await engine.solve(problem, {}, context);
  expect(illegalities(dataset, solution.decisions, solution.unmet)).toEqual([]);
  expect(solution.iterations).toBe(0);
});

test("a second solve from the first plan meets no fewer requests", async () => {
  const dataset = unkindSchool({ seed: 9, rules: false });
  const { solution } = await solved(dataset, 1500);
  const problem = await engine.build(dataset, { start: planOf(dataset, solution) }, {});
  const again = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 500 } }));
  expect(again.metrics.objective).toBeGreaterThanOrEqual(Number(solution.metrics.objective) - 1e-6);
});

test("without teachers, rooms and patterns the plan has none, and a pattern is a period", async () => {
  const full = unkindSchool({ seed: 10, rules: false });
  const bare = sealDataset({
    ...full,
    tables: {
      ...full.tables,
      teachers: [],
      teacher_courses: [],
      rooms: [],
      patterns: [],
      courses: full.tables.courses.map(({ periods_per_cycle: _, ...course }) => course),
    },
  });
  const { solution } = await solved(bare, 300);
  expect(solution.status).toBe("feasible");
  expect(illegalities(bare, solution.decisions, solution.unmet)).toEqual([]);
  expect(solution.decisions.sections.some((row) => row.teacher_id !== undefined || row.room_id !== undefined)).toBe(
    false,
  );
  expect(new Set(solution.decisions.sections.map((row) => row.pattern_id))).toEqual(new Set(["1", "2", "3", "4"]));
});

test("a course asked for with a section but without a qualified teacher is infeasible", async () => {
  const full = unkindSchool({ seed: 11, rules: false });
  const dataset = sealDataset({
    ...full,
    tables: {
      ...full.tables,
      courses: full.tables.courses.map((course) => (course.course_id === "ART2" ? { ...course, sections: 1 } : course)),
      teacher_courses: full.tables.teacher_courses.filter((row) => row.course_id !== "ART2"),
    },
  });
  const { solution } = await solved(dataset, 64);
  expect(solution.status).toBe("infeasible");
  expect(solution.decisions.sections).toEqual([]);
});

/** The school with every id of its own made another's: school K beside H. */
function twin(dataset: Dataset): Dataset["tables"] {
  const own = /^(H|P\d+|R\d+|LAB1|GYM|(ENG|MATH|SCI|HIST|ART|MUS|PE|LANG)(\d|-T\d))$/;
  const rename = (key: string, value: unknown): unknown => {
    if (key === "pattern_id" || key === "period_id") return value;
    if (typeof value === "string") return own.test(value) ? (value === "H" ? "K" : `K-${value}`) : value;
    return Array.isArray(value) ? value.map((each) => rename(key, each)) : value;
  };
  return Object.fromEntries(
    Object.entries(dataset.tables).map(([name, rows]) => [
      name,
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, rename(key, value)]))),
    ]),
  ) as unknown as Dataset["tables"];
}

test("two schools that share a teacher are decided together, legally; two that don't are solved apart, and one alone on request", async () => {
  const one = unkindSchool({ seed: 13, students: 50, rules: false });
  const two = twin(one);
  const joined = { ...one.tables };
  for (const name of Object.keys(joined) as (keyof typeof joined)[])
    if (name !== "terms") Object.assign(joined, { [name]: [...one.tables[name], ...two[name]] });
  const apart = sealDataset({ ...one, tables: joined });
  const shared = sealDataset({
    ...apart,
    tables: {
      ...joined,
      teachers: joined.teachers.map((row) => (row.teacher_id === "ART-T0" ? { ...row, schools: ["H", "K"] } : row)),
      teacher_courses: [
        ...joined.teacher_courses.filter((row) => row.course_id !== "K-ART2"),
        { teacher_id: "ART-T0", course_id: "K-ART2", preference: 3 },
      ],
    },
  });
  for (const [dataset, parts] of [
    [apart, 2],
    [shared, 1],
  ] as const) {
    const { problem, solution } = await solved(dataset, 400);
    expect(problem.schools.length).toBe(parts);
    expect(solution.status).toBe("feasible");
    expect(illegalities(dataset, solution.decisions, solution.unmet)).toEqual([]);
    expect((await verifyPlan(dataset, planOf(dataset, solution))).violations).toEqual([]);
  }
  const only = await engine.build(apart, { schoolId: "K" }, {});
  const solution = await engine.solve(only, {}, createContext(only, { limits: { iterations: 200 } }));
  expect(illegalities(apart, solution.decisions, solution.unmet, ["K"])).toEqual([]);
  expect(solution.decisions.sections.every((row) => row.course_id.startsWith("K-"))).toBe(true);
  await expect(engine.build(apart, { schoolId: "Z" }, {})).rejects.toThrow(/Maybe one of H, K/);
});

const J1 = new URL("../../../../shared/data/scheduling/k12-synthetic/j1/", import.meta.url);

test.skipIf(!existsSync(J1))(
  "j1 (skipped without the shared benchmark data): 99.3 % of requests within 6,000 moves",
  async () => {
    const dataset = readDistrict(J1);
    const { solution } = await solved(dataset, 6000);
    expect(illegalities(dataset, solution.decisions, solution.unmet)).toEqual([]);
    expect(Number(solution.metrics.requests_met_share)).toBeGreaterThan(0.993);
  },
);

/** Plain CSV without quotes, as the benchmark's files are. */
function readDistrict(folder: URL): Dataset {
  const tables: Record<string, Record<string, unknown>[]> = emptyTables() as never;
  for (const [name, { file, columns }] of Object.entries(TABLES)) {
    const url = new URL(file, folder);
    if (!existsSync(url)) continue;
    const [head, ...lines] = readFileSync(url, "utf8").trim().split(/\r?\n/);
    const names = head.split(",");
    tables[name] = lines.map((line) =>
      Object.fromEntries(
        line.split(",").flatMap((cell, i) => {
          const column = (columns as Record<string, { parse(text: string): unknown }>)[names[i]];
          return cell === "" || !column ? [] : [[names[i], column.parse(cell)]];
        }),
      ),
    );
  }
  return sealDataset({
    district: { name: "j1", timezone: "America/Chicago", school_year: "2027-28" },
    tables: tables as never,
    present: new Set(),
    settings: { scheduling: {}, routing: {}, facilities: {} },
  });
}
