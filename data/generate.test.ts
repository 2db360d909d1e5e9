import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generateDistrict, generateOnExtract } from "./generate.ts";

const SAMPLE = new URL("./sample/", import.meta.url);
const HARRISBURG = new URL("../../shared/data/osm/harrisburg-pa.osm.pbf", import.meta.url);

const bytes = (content: string | Uint8Array): Buffer => Buffer.from(content);

/** Rows of a generated CSV as cells by column; nothing that is generated here is quoted. */
function rows(content: string | Uint8Array | undefined): Record<string, string>[] {
  const [header, ...lines] = String(content).trim().split("\n");
  const names = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, index) => [names[index], cell])));
}

const files = await generateDistrict(1);

test("the generator writes the committed sample again, byte for byte; after a change of the road engine, generate it anew", () => {
  for (const [path, content] of files) {
    const committed = readFileSync(new URL(path, SAMPLE));
    expect(committed.equals(bytes(content)), `data/sample/${path}`).toBe(true);
  }
});

test("the sample stays small: under 6 MB in all", () => {
  const total = [...files.values()].reduce((sum, content) => sum + bytes(content).length, 0);
  expect(total).toBeLessThan(6e6);
});

test("about 5,000 students of whom about 2,000 ride; the high school has about 1,500", () => {
  const students = rows(files.get("students.csv"));
  expect(students).toHaveLength(5000);
  const atHigh = students.filter((student) => student.school_id === "H1").length;
  expect(Math.abs(atHigh - 1500)).toBeLessThan(60);
  const riders = new Set(rows(files.get("transportation/today_assignments.csv")).map((row) => row.student_id));
  expect(Math.abs(riders.size - 2000)).toBeLessThan(150);
});

test("siblings live together", () => {
  const homes = new Map<string, string>();
  for (const { sibling_id, lat, lon } of rows(files.get("students.csv"))) {
    if (sibling_id === "") continue;
    expect(homes.get(sibling_id) ?? `${lat},${lon}`).toBe(`${lat},${lon}`);
    homes.set(sibling_id, `${lat},${lon}`);
  }
  expect(homes.size).toBeGreaterThan(500);
});

test.skipIf(!existsSync(HARRISBURG))(
  "the same people are laid on Harrisburg's streets (needs ../shared/data/osm/harrisburg-pa.osm.pbf)",
  async () => {
    const laid = await generateOnExtract(1, HARRISBURG.pathname);
    expect(laid.has("transportation/today_runs.csv")).toBe(false);
    const riding = rows(laid.get("transportation/riders.csv")).filter(
      (row) => row.rides_am !== "no" || row.rides_pm !== "no",
    );
    expect(Math.abs(riding.length - 2000)).toBeLessThan(200);
    for (const { lat, lon } of rows(laid.get("students.csv"))) {
      expect(Math.abs(Number(lat) - 40.27)).toBeLessThan(0.2);
      expect(Math.abs(Number(lon) + 76.85)).toBeLessThan(0.25);
    }
  },
);
