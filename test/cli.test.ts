import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../packages/cli/commands/index.ts";
import { run } from "../packages/cli/main.ts";
import { recordingTerminal } from "./recording-terminal.ts";

async function trivium(...args: string[]) {
  const terminal = recordingTerminal();
  const code = await run(args, terminal);
  return { code, out: terminal.out, err: terminal.err };
}

test("every command of the contract is there, with help that names its grammar", async () => {
  const names = [
    "check",
    "solve",
    "verify",
    "compare",
    "explain",
    "analyze",
    "ask",
    "export",
    "survival",
    "backtest",
    "roads",
    "sbrp",
    "vrp",
    "timetable",
    "serve",
    "what-if",
    "worker",
    "keys",
    "users",
    "audit",
    "backup",
    "restore",
    "retention",
    "doctor",
    "demo",
  ];
  expect(commands.map((command) => command.name).sort()).toEqual(names.sort());
  for (const name of names) {
    const { code, out } = await trivium(name, "--help");
    expect(code).toBe(0);
    expect(out).toContain(`usage: trivium ${name}`);
  }
});

test.each([
  ["no command", []],
  ["an unknown command", ["frobnicate"]],
  ["an unknown option", ["check", "x", "--loud"]],
  ["an area that is none", ["solve", "catering", "--data", "x"]],
  ["a time that is no number", ["solve", "routing", "--data", "x", "--time", "soon"]],
  ["half an iteration", ["solve", "routing", "--data", "x", "--iterations", "1.5"]],
  ["a district that is not there", ["check", "no/such/folder"]],
  ["a format that is none", ["export", "plan.json", "--format", "docx", "--out", "x"]],
  ["a survival model that is none", ["survival", "--data", "x.csv", "--model", "magic"]],
  ["a timetable in a format that is none", ["timetable", "--input", "x.xml", "--format", "ctt"]],
  ["today against today", ["compare", "today", "today"]],
  ["no subject to explain", ["explain", "plan.json", "--data", "x"]],
])("%s is wrong usage: exit 2, said on stderr, nothing on stdout", async (_name, args) => {
  const { code, out, err } = await trivium(...args);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).not.toBe("");
});

test("a scenario that is not JSON, and one with an unknown key, are invalid input: exit 3", async () => {
  const dir = mkdtempSync(join(tmpdir(), "trivium-cli-"));
  const [broken, odd] = [join(dir, "broken.json"), join(dir, "odd.json")];
  writeFileSync(broken, "{ no json");
  writeFileSync(odd, JSON.stringify({ changes: [], colour: "blue" }));
  for (const file of [broken, odd]) {
    const { code, err } = await trivium("solve", "scheduling", "--data", dir, "--scenario", file);
    expect(code).toBe(3);
    expect(err).toContain(file);
  }
});

test("survival says how many rows it leaves out, and what is wrong with a file without rows", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trivium-cli-"));
  const path = join(folder, "lives.csv");
  writeFileSync(path, "time,status,age\n5,1,60\n6,0,\n7,1,50\n9,1,48\n12,0,39\n3,1,70\n8,1,61\n");
  const asked = ["--duration", "time", "--event", "status"];
  const { code, out } = await trivium(
    "survival",
    "--data",
    path,
    ...asked,
    "--model",
    "weibull",
    "--covariates",
    "age",
  );
  expect(code).toBe(0);
  expect(out).toContain("1 row left out");
  writeFileSync(path, "time,status\n");
  const empty = await trivium("survival", "--data", path, ...asked, "--model", "km");
  expect(empty.code).not.toBe(0);
  expect(empty.err).toContain("a header and no rows");
});

test("survival reads any CSV, with a BOM and CRLF too, and prints the contract's JSON", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "trivium-survival-")), "pumps.csv");
  writeFileSync(file, "\ufeffage,failed\r\n6,1\r\n7,0\r\n10,1\r\n15,1\r\n19,0\r\n");
  const { code, out } = await trivium(
    "survival",
    "--data",
    file,
    "--duration",
    "age",
    "--event",
    "failed",
    "--model",
    "km",
    "--json",
  );
  expect(code).toBe(0);
  const curve = JSON.parse(out);
  expect(curve.times).toEqual([6, 7, 10, 15, 19]);
  // 1 − 1/5 = 0.8; × (1 − 1/3) = 0.5333; × (1 − 1/2) = 0.2667.
  expect(curve.survival.map((value: number) => value.toFixed(4))).toEqual([
    "0.8000",
    "0.8000",
    "0.5333",
    "0.2667",
    "0.2667",
  ]);
});

test("a result goes to the file that was named, and stdout stays empty", async () => {
  const dir = mkdtempSync(join(tmpdir(), "trivium-out-"));
  const [file, result] = [join(dir, "lives.csv"), join(dir, "deep", "fit.json")];
  writeFileSync(file, "age,failed\n1,1\n2,1\n3,0\n4,1\n");
  const { code, out } = await trivium(
    "survival",
    "--data",
    file,
    "--duration",
    "age",
    "--event",
    "failed",
    "--model",
    "exponential",
    "--json",
    "--output",
    result,
  );
  expect(code).toBe(0);
  expect(out).toBe("");
  // Three failures in ten years: a rate of 0.3, so log(mean life) = −log(0.3).
  expect(JSON.parse(readFileSync(result, "utf8")).coefficients["(Intercept)"].estimate).toBeCloseTo(-Math.log(0.3), 9);
});
