import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Finding } from "@trivium/model";
import { expect, test } from "vitest";
import { run } from "../packages/cli/main.ts";
import { recordingTerminal } from "./recording-terminal.ts";

const SAMPLE = fileURLToPath(new URL("../data/sample", import.meta.url));

/** Changes one cell of one row (row 2 is the first under the header). */
function plant(dir: string, file: string, row: number, column: string, value: string): void {
  const path = join(dir, file);
  const lines = readFileSync(path, "utf8").split(/\r?\n/);
  const index = lines[0].split(",").indexOf(column);
  const cells = lines[row - 1].split(",");
  cells[index] = value;
  lines[row - 1] = cells.join(",");
  writeFileSync(path, lines.join("\n"));
}

/** Ten defects that each stop a solve, by file, row, column and what is written there. */
const DEFECTS = [
  ["students.csv", 2, "school_id", "NOWHERE"],
  ["students.csv", 3, "grade", "13"],
  ["schools.csv", 2, "lat", "north"],
  ["scheduling/courses.csv", 2, "seats_max", "-4"],
  ["scheduling/teacher_courses.csv", 2, "teacher_id", "NOBODY"],
  ["scheduling/rooms.csv", 2, "capacity", ""],
  ["transportation/buses.csv", 2, "bus_type_id", "ROCKET"],
  ["transportation/bells.csv", 2, "bell_start", "25 past 7"],
  ["facilities/assets.csv", 2, "install_date", "1998-02-31"],
  ["facilities/budgets.csv", 2, "amount_usd", "plenty"],
] as const;

test("a folder with ten planted defects is refused with ten clear findings, each with its file, row, column and mend", async () => {
  const dir = mkdtempSync(join(tmpdir(), "trivium-defects-"));
  cpSync(SAMPLE, dir, { recursive: true });
  for (const [file, row, column, value] of DEFECTS) plant(dir, file, row, column, value);
  const terminal = recordingTerminal();
  expect(await run(["check", dir, "--json"], terminal)).toBe(3);
  const report = JSON.parse(terminal.out) as { dataset_hash: string | null; findings: Finding[] };
  expect(report.dataset_hash).toBeNull();
  for (const [file, row, column, value] of DEFECTS) {
    const finding = report.findings.find(
      (each) => each.severity === "error" && each.file === file && each.row === row && each.column === column,
    );
    expect(finding, `${file}:${row} ${column}`).toBeDefined();
    expect(finding?.value ?? "").toBe(value);
    expect(finding?.expected).not.toBe("");
    expect(finding?.mend).not.toBe("");
  }
});
