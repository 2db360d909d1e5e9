import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "@trivium/engine";
import { readDistrict } from "@trivium/intake";
import { emptyTables, type Plan, planHash, sealDataset, type Tables } from "@trivium/model";
import { verifyPlan } from "@trivium/verify";
import { describe, expect, test } from "vitest";
import { writeDistrict } from "../generate.ts";
import { sampleSchool, unkindDistrict, unkindSchool } from "./index.ts";
import type { DrawnSchool } from "./school.ts";

type Rows = {
  readonly sections: readonly unknown[];
  readonly enrollments: readonly { student_id: string; request_course_id?: string }[];
};

/** Broken rules of a schedule drawn by the generator; figures are not claimed, so none can be wrong. */
async function broken(school: DrawnSchool, rows: Rows): Promise<string[]> {
  const dataset = sealDataset({
    district: { name: "Drawn", timezone: "America/Chicago", school_year: "2027-28" },
    tables: { ...emptyTables(), ...school.tables } as Tables,
    settings: { scheduling: school.settings, routing: {}, facilities: {} },
    present: new Set(),
  });
  const met = new Set(rows.enrollments.map((row) => `${row.student_id}/${row.request_course_id}`));
  const unmet = dataset.tables.requests
    .filter((row) => row.kind !== "alternate" && !met.has(`${row.student_id}/${row.course_id}`))
    .map(({ student_id, course_id, kind }) => ({ student_id, course_id, kind, reason_code: "not_proven" }));
  const plan = {
    area: "scheduling",
    dataset_hash: dataset.hash,
    scenario: { name: "As it stands", changes: [], settings: {} },
    status: "feasible",
    metrics: {},
    bound: null,
    decisions: { sections: rows.sections, enrollments: rows.enrollments },
    unmet,
    provenance: { plan_hash: planHash({ sections: rows.sections, enrollments: rows.enrollments }, {}) },
  };
  const { violations } = await verifyPlan(dataset, plan as unknown as Plan);
  return violations.filter(({ rule }) => rule !== "figures.present").map(({ message }) => message);
}

const sectionsByCourse = ({ hidden }: DrawnSchool) => Map.groupBy(hidden.sections, (row) => row.course_id);

describe.each([
  [1, 600],
  [2, 1500],
  [3, 1000],
])("an unkind school of seed %i with %i students", (seed, students) => {
  const school = unkindSchool(seed, students);
  const { tables, floor, hidden } = school;

  test("has a hidden plan that breaks no rule and meets 97 to 98 % of the requests, and almost all required ones", async () => {
    expect(await broken(school, hidden)).toEqual([]);
    expect(floor.met).toBe(hidden.enrollments.length);
    expect(floor.met / floor.requests).toBeGreaterThan(0.97);
    expect(floor.met / floor.requests).toBeLessThan(0.98);
    expect(floor.requiredMet / floor.required).toBeGreaterThan(0.985);
  });

  test("has a schedule of today that breaks no rule and meets 92.5 to 96 %", async () => {
    const [sections, enrollments] = [tables.today_sections ?? [], tables.today_enrollments ?? []];
    expect(await broken(school, { sections, enrollments })).toEqual([]);
    expect(enrollments.length / floor.requests).toBeGreaterThan(0.925);
    expect(enrollments.length / floor.requests).toBeLessThan(0.96);
  });

  test("is unkind: half of the courses are singletons, a twelfth of the seats is slack, teachers and section counts are open", () => {
    const counts = [...sectionsByCourse(school).values()].map(({ length }) => length);
    expect(counts.filter((count) => count === 1).length / counts.length).toBeGreaterThan(0.5);
    const seats = hidden.sections.reduce((sum, row) => sum + (row.seats_max ?? 0), 0);
    expect(1 - hidden.enrollments.length / seats).toBeGreaterThan(0.08);
    expect(1 - hidden.enrollments.length / seats).toBeLessThan(0.1);
    const qualified = Map.groupBy(tables.teacher_courses ?? [], (row) => row.course_id);
    expect([...qualified.values()].filter(({ length }) => length > 1).length / qualified.size).toBeGreaterThan(0.5);
    expect((tables.courses ?? []).filter((row) => row.sections === undefined).length).toBeGreaterThan(20);
    expect(new Set((tables.student_rules ?? []).map(({ kind }) => kind))).toEqual(
      new Set(["free", "team", "with", "apart", "not_teacher", "section_flag"]),
    );
    expect(new Set((tables.course_links ?? []).map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(7);
  });
});

test("the same seed gives the same school, another seed another", () => {
  const text = (seed: number) => JSON.stringify(unkindSchool(seed, 600));
  expect(text(5)).toBe(text(5));
  expect(text(5)).not.toBe(text(6));
});

test("an unkind district is read without an error and knows neither the hidden plan nor a schedule of today", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trivium-school-"));
  try {
    const { files, drawn } = unkindDistrict(4, 600);
    writeDistrict(folder, files);
    const { dataset, report } = await readDistrict(folder);
    expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(dataset?.tables.requests).toHaveLength(drawn.tables.requests?.length ?? 0);
    expect([...files.keys()].filter((path) => path.includes("today"))).toEqual([]);
    const listed = (dataset?.tables.sections ?? []).filter((row) => row.pattern_id !== undefined);
    expect(listed.length).toBeLessThan(drawn.hidden.sections.length / 10);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the hidden plan of the sample's high school meets 97.5 % of its requests: the floor for every solve of it", async () => {
  const { dataset } = await readDistrict(new URL("../sample", import.meta.url).pathname);
  const { schools = [], students = [] } = dataset?.tables ?? {};
  const info = { name: "", timezone: "", school_year: "", currency: "" };
  const { floor } = sampleSchool(new Random(1).fork(4), { info, schools, students });
  expect(floor).toEqual({ requests: 14035, met: 13684, required: 8098, requiredMet: 8028 });
});
