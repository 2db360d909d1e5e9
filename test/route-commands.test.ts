import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closeQuestions } from "@trivium/worker";
import { afterAll, expect, test } from "vitest";
import { run } from "../packages/cli/main.ts";
import { recordingTerminal } from "./recording-terminal.ts";

const SAMPLE = fileURLToPath(new URL("../data/sample", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "trivium-routes-"));
const path = (name: string) => join(folder, name);
const kept = (name: string, content: unknown) => {
  writeFileSync(path(name), JSON.stringify(content));
  return path(name);
};
const read = (name: string) => JSON.parse(readFileSync(path(name), "utf8"));

async function trivium(...args: string[]): Promise<string> {
  const terminal = recordingTerminal();
  const code = await run(args, terminal);
  expect(code, terminal.err).toBe(0);
  return terminal.out;
}

afterAll(async () => {
  await closeQuestions();
  rmSync(folder, { recursive: true, force: true });
});

test("a plan of the sample, a drag in it, a road closed under it, the differences, and the new plan verified from its own file", async () => {
  const [plan, after] = [path("plan.json"), path("after.json")];
  await trivium("solve", "routing", "--data", SAMPLE, "--iterations", "400", "--out", plan);
  const { assignments, runs, shapes } = read("plan.json").decisions;
  const [row] = assignments;
  const school = runs.find((each: { run_id: string }) => each.run_id === row.run_id).school_ids[0];
  const other = runs.find(
    (each: { run_id: string; direction: string; school_ids: string[] }) =>
      each.direction === row.direction && each.school_ids[0] === school && each.run_id !== row.run_id,
  );
  const { student_id, direction } = row;
  const drag = kept("drag.json", { kind: "move_student", student_id, direction, to_run_id: other.run_id });
  const answer = JSON.parse(await trivium("ask", "routing", "--data", SAMPLE, "--plan", plan, "--question", drag));
  expect(answer).toMatchObject({ kind: "move_student", students: [student_id], to: { run_id: other.run_id } });
  const [lon, lat] = shapes[0].coordinates[Math.floor(shapes[0].coordinates.length / 2)];
  const closed = kept("closed.json", [{ what: "closed_road", lat, lon, radius_m: 20 }]);
  const told = JSON.parse(
    await trivium(
      ...["what-if", plan, "--changes", closed, "--data", SAMPLE],
      ...["--iterations", "400", "--out", after, "--json"],
    ),
  );
  expect(Object.keys(told.affected)).toEqual(expect.arrayContaining(["students", "students_bus", "runs", "buses"]));
  expect(read("after.json").metrics.change_usd_per_year).toBeGreaterThanOrEqual(0);
  await trivium("verify", after, "--data", SAMPLE);
  const why = JSON.parse(await trivium("explain", after, "--data", SAMPLE, "--bus", row.bus_id, "--json"));
  expect(why.facts.length).toBeGreaterThan(1);
});
