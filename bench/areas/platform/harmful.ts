import { FILES } from "../../../packages/api/trial/trial.ts";

const LONG = "a".repeat(900_000);
const students = (...rows: string[]) => ({
  ...FILES,
  "students.csv": `student_id,school_id,grade\n${rows.join("\n")}\n`,
});

/** What somebody may send to do harm, by what it is. */
export const HARMFUL: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>> = {
  "a zip bomb (200 MB of nothing)": { ...FILES, "students.csv": new Uint8Array(200 * 1024 * 1024) },
  "a zip of 5,000 files": {
    ...FILES,
    ...Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}.csv`, "a\n"])),
  },
  "a zip that leaves its folder": { ...FILES, "../../evil.csv": "a\n" },
  "cells that a spreadsheet would run": students("=cmd|' /C calc'!A0,H1,9", "@SUM(1),H1,9", "-2+3|x,H1,9"),
  "prototype keys": {
    ...students("__proto__,constructor,9"),
    "district.json": '{"__proto__":{"name":"x"},"constructor":{"prototype":{}}}',
  },
  "long texts against every pattern": students(
    `${LONG}!,H1,9`,
    `S1,H1,${"9".repeat(30_000)}x`,
    `S2,H1,${" ".repeat(30_000)}9 9`,
  ),
  "a quote that never closes": students(`"${LONG}`, ...Array.from({ length: 50_000 }, (_, i) => `S${i},H1,9`)),
  "JSON nested 100,000 deep": { ...FILES, "facilities/settings.json": "[".repeat(100_000) },
};
