import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Comparison, Plan } from "@trivium/model";
import { closeQuestions } from "@trivium/worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeDistrict } from "../data/generate.ts";
import { unkindDistrict } from "../data/scheduling/index.ts";
import { run } from "../packages/cli/main.ts";
import { recordingTerminal } from "./recording-terminal.ts";

const dir = mkdtempSync(join(tmpdir(), "trivium-august-"));
const at = (name: string) => join(dir, name);
const district = at("district");
const PRICES = { student: 5, teacher: 20, room: 2, time: 10 };

async function trivium(...args: string[]) {
  const terminal = recordingTerminal();
  const code = await run(args, terminal);
  return { code, out: terminal.out, err: terminal.err };
}
const read = (name: string): Plan<"scheduling"> => JSON.parse(readFileSync(at(name), "utf8"));
/** Files of ours without quoted cells. */
function csv(path: string): Record<string, string>[] {
  const [header, ...rows] = readFileSync(at(path), "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  return rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i]])));
}

let published: Plan<"scheduling">;
let repaired: Plan<"scheduling">;
let comparison: Comparison;
/** A teacher of the published schedule who can't come in one of their slots any more. */
let lost: { teacher_id: string; section_id: string };

beforeAll(async () => {
  writeDistrict(district, unkindDistrict(3, 300).files);
  await trivium("solve", "scheduling", "--data", district, "--iterations", "300", "--out", at("published.json"));
  published = read("published.json");
  const given = new Set(csv("district/scheduling/sections.csv").map((row) => row.section_id));
  const own = published.decisions.sections.find((row) => row.teacher_id !== undefined && !given.has(row.section_id));
  lost = { teacher_id: own?.teacher_id ?? "", section_id: own?.section_id ?? "" };
  const meetings = csv("district/scheduling/patterns.csv").find((row) => row.pattern_id === own?.pattern_id)?.meetings;
  const teacher = csv("district/scheduling/teachers.csv").find((row) => row.teacher_id === lost.teacher_id);
  const unavailable = [teacher?.unavailable, meetings?.split("|")[0]].filter(Boolean).join("|");
  const changes = [
    { op: "set", table: "teachers", where: { teacher_id: lost.teacher_id }, values: { unavailable } },
    {
      op: "settings",
      area: "scheduling",
      values: {
        price_moved_student: PRICES.student,
        weights: { moved_teacher: PRICES.teacher, moved_room: PRICES.room, moved_time: PRICES.time },
      },
    },
  ];
  writeFileSync(at("august.json"), JSON.stringify(changes));
  const asked = ["--changes", at("august.json"), "--data", district, "--iterations", "200"];
  const { out } = await trivium(
    "what-if",
    at("published.json"),
    ...asked,
    "--baseline",
    at("published.json"),
    "--out",
    at("repaired.json"),
    "--json",
  );
  comparison = JSON.parse(out);
  repaired = read("repaired.json");
}, 120_000);
afterAll(closeQuestions);

test("a what-if names the students and sections whom a change affects, and no others", () => {
  const rosters = (plan: Plan<"scheduling">) =>
    new Map(
      [...Map.groupBy(plan.decisions.enrollments, (row) => row.student_id)].map(([id, rows]) => [
        id,
        rows
          .map((row) => row.section_id)
          .sort()
          .join(),
      ]),
    );
  const [before, after] = [rosters(published), rosters(repaired)];
  const students = [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id));
  expect([...comparison.affected.students].sort()).toEqual(students.sort());
  expect(comparison.affected.sections).toContain(lost.section_id);
  expect(comparison.headline).toContain(`${students.length} students`);
});

test("every move away from the published schedule has its price, and the verifier recomputes it from the plan's own file", async () => {
  const was = new Map(published.decisions.sections.map((row) => [row.section_id, row]));
  const both = repaired.decisions.sections.filter((row) => was.has(row.section_id));
  const differ = (...columns: readonly ("teacher_id" | "room_id" | "pattern_id" | "term_id")[]) =>
    both.filter((row) => columns.some((column) => was.get(row.section_id)?.[column] !== row[column])).length;
  const moved = Number(repaired.metrics.students_moved);
  expect(repaired.metrics.cost_moved).toBeCloseTo(
    PRICES.student * moved +
      PRICES.teacher * differ("teacher_id") +
      PRICES.room * differ("room_id") +
      PRICES.time * differ("pattern_id", "term_id"),
    6,
  );
  expect(differ("teacher_id") + differ("pattern_id", "term_id")).toBeGreaterThan(0);
  expect((await trivium("verify", at("repaired.json"), "--data", district)).code).toBe(0);
  const metrics = { ...repaired.metrics, cost_moved: Number(repaired.metrics.cost_moved) - PRICES.student };
  writeFileSync(at("tampered.json"), JSON.stringify({ ...repaired, metrics }));
  expect((await trivium("verify", at("tampered.json"), "--data", district)).code).toBe(6);
});

test("who repairs moves hardly anybody: at most one seat in fifty", () => {
  expect(Number(repaired.metrics.students_moved)).toBeLessThanOrEqual(published.decisions.enrollments.length / 50);
});

test("the changes for the SIS, laid on the published schedule, give the repaired one", async () => {
  for (const [folder, ...against] of [["diff", "--baseline", at("published.json")], ["diff-of-its-own"]]) {
    const out = at(folder);
    const { code } = await trivium(
      "export",
      at("repaired.json"),
      "--format",
      "csv",
      "--data",
      district,
      "--out",
      out,
      ...against,
    );
    expect(code).toBe(0);
    const seats = new Set(published.decisions.enrollments.map((row) => `${row.student_id} ${row.section_id}`));
    for (const { student_id, section_id, change } of csv(`${folder}/changes_enrollments.csv`)) {
      expect(seats.has(`${student_id} ${section_id}`)).toBe(change === "drop");
      if (change === "drop") seats.delete(`${student_id} ${section_id}`);
      else seats.add(`${student_id} ${section_id}`);
    }
    expect([...seats].sort()).toEqual(
      repaired.decisions.enrollments.map((row) => `${row.student_id} ${row.section_id}`).sort(),
    );
    expect(csv(`${folder}/changes_sections.csv`).some((row) => row.section_id === lost.section_id)).toBe(true);
  }
});
