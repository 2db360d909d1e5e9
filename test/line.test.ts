import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AREAS, type Area, PLAN_TABLES, type Plan, UNMET_TABLE } from "@trivium/model";
import { closeQuestions } from "@trivium/worker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../packages/cli/main.ts";
import { recordingTerminal } from "./recording-terminal.ts";

const SAMPLE = fileURLToPath(new URL("../data/sample", import.meta.url));

/** Enough for a legal plan of the sample in a few seconds; quality is measured in bench/, not here. */
const ITERATIONS: Readonly<Record<Area, number>> = { scheduling: 20_000, routing: 4_000, facilities: 20_000 };

async function trivium(...args: string[]) {
  const terminal = recordingTerminal();
  const code = await run(args, terminal);
  return { code, out: terminal.out, err: terminal.err, shares: terminal.shares };
}

afterAll(closeQuestions);

describe.each(AREAS)("%s, from the sample district's folder to files", (area) => {
  const dir = mkdtempSync(join(tmpdir(), `trivium-${area}-`));
  const file = join(dir, "plan.json");
  const solve = (out: string) =>
    trivium("solve", area, "--data", SAMPLE, "--iterations", String(ITERATIONS[area]), "--seed", "7", "--out", out);
  let plan: Plan;
  let solved: Awaited<ReturnType<typeof trivium>>;

  beforeAll(async () => {
    solved = await solve(file);
    plan = JSON.parse(readFileSync(file, "utf8"));
  }, 600_000);

  test("the plan is solved, verified, and shown beside today's service", () => {
    expect(solved.err).toContain("today");
    expect(solved.code).toBe(0);
    expect(plan.verification?.ok).toBe(true);
    expect(Object.keys(plan.verification?.checked ?? {}).length).toBeGreaterThan(10);
    expect(solved.shares.length).toBeGreaterThan(1);
  });

  test("a bound comes with the plan and is on the right side of it", () => {
    expect(plan.bound).not.toBeNull();
    expect(plan.bound?.gap).toBeGreaterThanOrEqual(0);
    expect(plan.metrics[plan.bound?.objective ?? ""]).toBeCloseTo(plan.bound?.value ?? Number.NaN, 2);
  });

  test("the same seed and iterations give the same plan", async () => {
    const again = join(dir, "again.json");
    await solve(again);
    expect(JSON.parse(readFileSync(again, "utf8")).provenance.plan_hash).toBe(plan.provenance.plan_hash);
  }, 600_000);

  test("`verify` recomputes it from the folder alone, and finds a figure that was changed by hand", async () => {
    expect((await trivium("verify", file, "--data", SAMPLE)).code).toBe(0);
    const name = Object.keys(plan.metrics).find((each) => typeof plan.metrics[each] === "number") ?? "";
    const tampered = join(dir, "tampered.json");
    writeFileSync(
      tampered,
      JSON.stringify({ ...plan, metrics: { ...plan.metrics, [name]: Number(plan.metrics[name]) + 1000 } }),
    );
    const { code, out } = await trivium("verify", tampered, "--data", SAMPLE);
    expect(code).toBe(6);
    expect(out).toContain(name);
  }, 120_000);

  test("it leaves as the contract's tables, marked DRAFT", async () => {
    const out = join(dir, "csv");
    expect((await trivium("export", file, "--format", "csv", "--data", SAMPLE, "--out", out)).code).toBe(0);
    const files = readdirSync(out);
    for (const table of [...Object.values(PLAN_TABLES[area]), UNMET_TABLE[area]]) {
      expect(files).toContain(table.file);
      const header = readFileSync(join(out, table.file), "utf8").split(/\r?\n/)[0].split(",");
      expect(header).toEqual(Object.keys(table.columns));
    }
    expect(files).toContain("DRAFT.txt");
    expect(JSON.parse(readFileSync(join(out, "metrics.json"), "utf8"))).toMatchObject({
      draft: true,
      status: plan.status,
    });
  });

  test("compared with today's service, which lies in the district's folder", async () => {
    const { code, out } = await trivium("compare", "today", file, "--data", SAMPLE, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ area, a: "today" });
  });

  test("compared with itself nothing is better or worse, and no one is affected", async () => {
    const { code, out } = await trivium("compare", file, file, "--json");
    expect(code).toBe(0);
    const comparison = JSON.parse(out);
    expect(comparison.figures.length).toBeGreaterThan(3);
    for (const figure of comparison.figures) expect(figure.better).toBeNull();
    expect(Object.values(comparison.affected).flat()).toEqual([]);
  });

  test("it answers why", async () => {
    const { code, out } = await trivium("explain", file, "--data", SAMPLE, ...subject(plan), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out).summary.length).toBeGreaterThan(10);
  }, 120_000);
});

function subject(plan: Plan): string[] {
  const first = (name: string) => (plan.decisions as unknown as Record<string, Record<string, string>[]>)[name][0];
  if (plan.area === "scheduling") return ["--student", first("enrollments").student_id];
  return plan.area === "routing" ? ["--bus", first("routes").bus_id] : ["--asset", first("forecast").asset_id];
}

test("a what-if is a scenario file: a change that names no row is refused with the change's number", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "trivium-whatif-")), "scenario.json");
  writeFileSync(
    file,
    JSON.stringify({
      name: "no such fund",
      changes: [{ op: "set", table: "budgets", where: { fund_id: "NOPE" }, values: { amount_usd: 1 } }],
    }),
  );
  const { code, err } = await trivium(
    "solve",
    "facilities",
    "--data",
    SAMPLE,
    "--scenario",
    file,
    "--iterations",
    "10",
  );
  expect(code).toBe(3);
  expect(err).toContain("change 1");
});
