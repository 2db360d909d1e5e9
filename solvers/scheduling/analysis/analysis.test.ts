import { createContext } from "@trivium/engine";
import { analysisAnswerSchema, type Dataset, sealDataset } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "../index.ts";
import { unkindSchool } from "../testing/unkind-school.ts";
import { analyse } from "./analysis.ts";

const school = unkindSchool({ seed: 5, students: 100 });
const analysed = async (dataset: Dataset) =>
  analysisAnswerSchema.parse(analyse(await engine.build(dataset, {}, {}), dataset));
const changed = (tables: Partial<Dataset["tables"]>): Dataset =>
  sealDataset({ ...school, tables: { ...school.tables, ...tables } });

test("tallies count the requests of each course by kind and grade, and the sections that they need", async () => {
  const { courses, totals } = await analysed(school);
  const { requests, students } = school.tables;
  const gradeOf = new Map(students.map((row) => [row.student_id, row.grade]));
  for (const row of courses) {
    const own = requests.filter(({ course_id }) => course_id === row.course_id);
    const main = own.filter(({ kind }) => kind !== "alternate");
    expect(row.required).toBe(own.filter(({ kind }) => kind === "required").length);
    expect(row.alternates).toBe(own.length - main.length);
    expect(row.by_grade["9"] ?? 0).toBe(main.filter(({ student_id }) => gradeOf.get(student_id) === "9").length);
    expect(row.sections_at_cap).toBe(Math.ceil(main.length / 16));
    expect(row.seat_slack).toBe(row.seats - main.length);
  }
  expect(totals.required + totals.elective + totals.alternates).toBe(requests.length);
});

test("two singletons that may only meet together lose every student who asks for both", async () => {
  const { courses, sections, requests, ...rest } = school.tables;
  const only = (id: string) => id === "MUS1" || id === "ART2";
  const pinned = courses.map((row) =>
    only(row.course_id) ? { ...row, sections: 1, patterns_allowed: ["A1"], periods_per_cycle: 1 } : row,
  );
  const { conflicts, singletons } = await analysed(changed({ ...rest, courses: pinned, sections, requests }));
  const both = school.tables.students.filter(({ student_id }) =>
    ["MUS1", "ART2"].every((course) =>
      requests.some((row) => row.student_id === student_id && row.course_id === course && row.kind !== "alternate"),
    ),
  ).length;
  const pair = conflicts.find(({ a, b }) => only(a) && only(b));
  expect(both).toBeGreaterThan(0);
  expect(pair).toMatchObject({ students: both, clash_chance: 1, severity: both });
  expect(singletons).toEqual(expect.arrayContaining(["MUS1", "ART2"]));
});

test("a request that can never be met is named with its reason, and no plan meets it", async () => {
  const { requests } = school.tables;
  const mains = requests.filter(({ kind }) => kind !== "alternate");
  const courses = school.tables.courses.map((row) =>
    row.course_id === "MUS2"
      ? { ...row, sections: 0 }
      : row.course_id === "ART3"
        ? { ...row, periods_per_cycle: 7 }
        : row,
  );
  const dataset = changed({ courses });
  const { impossible } = await analysed(dataset);
  const of = (course: string) => mains.filter((row) => row.course_id === course).length;
  expect(impossible.filter(({ reason_code }) => reason_code === "not_offered").length).toBe(of("MUS2"));
  expect(impossible.filter(({ reason_code }) => reason_code === "pattern_impossible").length).toBe(of("ART3"));
  const problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 64 } }));
  const unmet = new Set(solution.unmet.map((row) => `${row.student_id}:${row.course_id}`));
  if (solution.status === "feasible")
    for (const row of impossible) expect(unmet).toContain(`${row.student_id}:${row.course_id}`);
});

test("rooms that more sections are confined to than they have slots are used above one", async () => {
  const gym = school.tables.courses.map((row) =>
    row.department === "PE" ? { ...row, sections: 6, sections_max: 6 } : row,
  );
  const { rooms } = await analysed(changed({ courses: gym }));
  const row = rooms.find(({ features }) => features.includes("gym"));
  expect(row?.sections).toBe(18);
  expect(row?.use ?? 0).toBeGreaterThan(1);
});
