import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan } from "@trivium/model";
import { parse } from "csv-parse/sync";
import { extractText } from "unpdf";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DistrictFixture } from "../fixture/district-fixture.ts";
import { exportPlan } from "../index.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trivium-export-"));
});
afterEach(() => rm(folder, { recursive: true }));

const { dataset } = await new DistrictFixture().read();
if (!dataset) throw new Error("the clean district has findings");

const plan: Plan<"scheduling"> = {
  area: "scheduling",
  trivium_version: "0.1.0",
  dataset_hash: dataset.hash,
  scenario: { name: "As it stands", changes: [], settings: {} },
  seed: 1,
  iterations: 10,
  threads: 1,
  elapsed_s: 1,
  status: "feasible",
  metrics: {},
  bound: null,
  decisions: {
    sections: [
      {
        section_id: "ENG9-1",
        course_id: "ENG9",
        term_id: "Y",
        pattern_id: "P1",
        teacher_id: "T1",
        co_teacher_ids: ["T2"],
        room_id: "R1",
        enrolled: 2,
      },
      {
        section_id: "ART1-1",
        course_id: "ART1",
        term_id: "F",
        pattern_id: "P2",
        teacher_id: "T2",
        room_id: "R2",
        enrolled: 1,
      },
      {
        section_id: "ART2-1",
        course_id: "ART2",
        term_id: "S",
        pattern_id: "P2",
        teacher_id: "T2",
        room_id: "R2",
        enrolled: 1,
      },
    ],
    enrollments: [
      { student_id: "S101", section_id: "ENG9-1", request_course_id: "ENG9", kind: "required" },
      { student_id: "S102", section_id: "ENG9-1", request_course_id: "ENG9", kind: "required" },
      { student_id: "S101", section_id: "ART1-1", request_course_id: "ART1", kind: "elective" },
      { student_id: "S101", section_id: "ART2-1", request_course_id: "ART2", kind: "elective" },
    ],
  },
  unmet: [],
  verification: null,
  provenance: { plan_hash: "hash" },
};

const rows = async (name: string) =>
  parse(await readFile(join(folder, name), "utf8"), { columns: true, relax_column_count: false }) as Record<
    string,
    string
  >[];
const text = async (name: string) =>
  (await extractText(new Uint8Array(await readFile(join(folder, name))))).text as string[];

test("OneRoster files hold to the specification: what the manifest names is there, ids are unique and every reference resolves", async () => {
  await exportPlan(plan, "oneroster", folder, { approved: true, dataset });
  const manifest = Object.fromEntries((await rows("manifest.csv")).map((row) => [row.propertyName, row.value]));
  expect(manifest).toMatchObject({ "manifest.version": "1.0", "oneroster.version": "1.2", "file.users": "absent" });
  const files = Object.keys(manifest).filter((name) => name.startsWith("file."));
  expect(files).toHaveLength(21);
  const read = async (file: string) => {
    expect(manifest[`file.${file}`]).toBe("bulk");
    const all = await rows(`${file}.csv`);
    expect(new Set(all.map((row) => row.sourcedId)).size).toBe(all.length);
    // In a bulk file both columns are there and empty.
    expect(all.every((row) => row.status === "" && row.dateLastModified === "")).toBe(true);
    return all;
  };
  const [sessions, orgs, courses, classes, enrollments] = [
    await read("academicSessions"),
    await read("orgs"),
    await read("courses"),
    await read("classes"),
    await read("enrollments"),
  ];
  const ids = (all: Record<string, string>[]) => new Set(all.map((row) => row.sourcedId));
  const refer = (all: Record<string, string>[], column: string, to: Record<string, string>[]) => {
    for (const row of all) if (row[column] !== "") expect(ids(to)).toContain(row[column]);
  };
  refer(sessions, "parentSourcedId", sessions);
  refer(orgs, "parentSourcedId", orgs);
  refer(courses, "schoolYearSourcedId", sessions);
  refer(courses, "orgSourcedId", orgs);
  refer(classes, "courseSourcedId", courses);
  refer(classes, "schoolSourcedId", orgs);
  refer(classes, "termSourcedIds", sessions);
  refer(enrollments, "classSourcedId", classes);
  expect(sessions.map((row) => [row.title, row.type, row.schoolYear])).toEqual([
    ["Year", "schoolYear", "2028"],
    ["Fall", "semester", "2028"],
    ["Spring", "semester", "2028"],
  ]);
  expect(classes[0]).toMatchObject({ classType: "scheduled", location: "R1", periods: "1", grades: "09,10" });
  expect(
    enrollments
      .filter((row) => row.classSourcedId === "ENG9-1")
      .map((row) => [row.userSourcedId, row.role, row.primary]),
  ).toEqual([
    ["T1", "teacher", "true"],
    ["T2", "teacher", "false"],
    ["S101", "student", "false"],
    ["S102", "student", "false"],
  ]);
  expect(enrollments.find((row) => row.classSourcedId === "ART1-1")).toMatchObject({
    beginDate: "2027-08-16",
    endDate: "2027-12-17",
  });
});

test("OneRoster without the district is refused: it names terms, courses and schools", async () => {
  await expect(exportPlan(plan, "oneroster", folder, { approved: true })).rejects.toThrow(/--data DIR/);
});

test("everyone's week fits a page: periods down, days across, a half-year course with its term", async () => {
  await exportPlan(plan, "pdf", folder, { approved: false, dataset });
  const students = await text("timetables-students.pdf");
  expect(students).toHaveLength(2);
  expect(students[0]).toMatch(/Student S101.*Elm High · grade 9/s);
  expect(students[0]).toMatch(/First, 08:00–09:20\s+English 9, R1, Ames\s+English 9, R1, Ames/);
  expect(students[0]).toMatch(/Fall: Drawing, R2, Bond\s+Spring: Painting, R2, Bond/);
  expect(students[0]).toMatch(/DRAFT/);
  const teachers = await text("timetables-teachers.pdf");
  expect(teachers.map((page) => page.match(/Ames|Bond/)?.[0])).toEqual(["Ames", "Bond"]);
  expect(teachers[1]).toMatch(/English 9 \(ENG9-1\), R1, 2 students/);
  expect(await text("timetables-rooms.pdf")).toHaveLength(2);
});

test("what a SIS that holds today's schedule has to change is told seat by seat and section by section", async () => {
  await exportPlan(plan, "csv", folder, { approved: true, dataset });
  const seats = await rows("changes_enrollments.csv");
  const today = new Set(dataset.tables.today_enrollments.map((row) => `${row.student_id} ${row.section_id}`));
  const after = new Set(today);
  for (const { student_id, section_id, change } of seats) {
    const seat = `${student_id} ${section_id}`;
    expect(after.has(seat)).toBe(change === "drop");
    if (change === "drop") after.delete(seat);
    else after.add(seat);
  }
  expect([...after].sort()).toEqual(
    plan.decisions.enrollments.map((row) => `${row.student_id} ${row.section_id}`).sort(),
  );
  expect((await rows("changes_sections.csv")).filter((row) => row.section_id === "ART2-1")).toEqual([
    { section_id: "ART2-1", column: "section", today: "", plan: "new" },
  ]);
});
