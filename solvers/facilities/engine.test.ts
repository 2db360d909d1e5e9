import { createContext } from "@trivium/engine";
import { type Dataset, planHash } from "@trivium/model";
import { expect, test } from "vitest";
import { type FixtureOptions, fixtureDistrict } from "./fixture.ts";
import { engine } from "./index.ts";
import { expectRulesKept } from "./plan/recount.ts";

const HARD: FixtureOptions = {
  assets: 150,
  schools: 5,
  settings: {
    smoothing_max_ratio: 1.3,
    projects_max_per_year: 30,
    equity: [{ schools: ["S1", "S2"], min_share: 0.45 }],
    must_do: [{ asset_type_id: "PUMP", by: 2034 }],
    blackouts: [{ fiscal_year: 2030, school_id: "S1" }, { fiscal_year: 2033 }],
  },
};

async function solved(dataset: Dataset, iterations: number, seed = 1) {
  const problem = await engine.build(dataset, {}, {});
  const context = createContext(problem, { limits: { iterations }, seed });
  return { problem, solution: await engine.solve(problem, {}, context) };
}

test("a plan for 200 units keeps its budgets and comes within 2 % of its proven bound", async () => {
  const dataset = fixtureDistrict({ assets: 200, schools: 6 });
  const { solution } = await solved(dataset, 60_000);
  expectRulesKept(dataset, solution);
  expect(solution.status).toBe("feasible");
  expect(solution.bound?.gap).toBeGreaterThanOrEqual(0);
  expect(solution.bound?.gap).toBeLessThan(0.02);
  expect(solution.metrics.failures_avoided).toBeGreaterThan(10);
});

test("smoothing, project limits, blackouts, must-dos and equity floors hold all at once", async () => {
  const dataset = fixtureDistrict({ ...HARD, budgetUsd: 1_500_000 });
  const { solution } = await solved(dataset, 40_000);
  expectRulesKept(dataset, solution);
  expect(solution.unmet).toEqual([]);
  expect(solution.metrics.must_do_met).toBeGreaterThan(10);
});

test("must-dos that the budgets cannot pay are listed with the money that is missing, and that money would do", async () => {
  const options = { ...HARD, budgetUsd: 250_000, settings: { must_do: [{ asset_type_id: "CHIL", by: 2029 }] } };
  const dataset = fixtureDistrict(options);
  const { solution } = await solved(dataset, 20_000);
  expectRulesKept(dataset, solution);
  expect(solution.status).toBe("must_do_unmet");
  const first = solution.unmet[0];
  expect(first).toMatchObject({ rule: "must_do", by: 2029, reason_code: "budget" });
  const budgets = dataset.tables.budgets.map((row) => ({ ...row }));
  for (const { fix, extra_usd } of solution.unmet) {
    const [, fund, year] = /to fund (\w+) in (\d+)/.exec(fix ?? "") ?? [];
    const row = budgets.find((each) => each.fund_id === fund && each.fiscal_year === Number(year));
    if (row) row.amount_usd += 1.001 * (extra_usd ?? 0);
  }
  const more = { ...dataset, tables: { ...dataset.tables, budgets } };
  expect((await solved(more, 5_000)).solution.unmet).toEqual([]);
});

test("a must-do lacks money, not a project, where the plan's own must-dos leave room in a year; who would need both is told so", async () => {
  const settings = { must_do: [{ asset_type_id: "CHIL", by: 2030 }], projects_max_per_year: 3 };
  const { solution } = await solved(fixtureDistrict({ ...HARD, budgetUsd: 250_000, settings }), 5_000);
  const met = Number(solution.metrics.must_do_met);
  expect(met).toBeLessThan(3 * 3);
  expect(solution.unmet.length).toBeGreaterThan(9 - met);
  expect(new Set(solution.unmet.map((row) => row.reason_code))).toEqual(new Set(["budget"]));
  expect(solution.unmet.filter((row) => row.fix?.includes("one more project")).length).toBe(
    solution.unmet.length - (9 - met),
  );
});

test("where must-dos alone give others too much, projects at the equity schools are added at the least loss until the floor holds", async () => {
  const base = fixtureDistrict({ assets: 40, schools: 4, budgetUsd: 3_000_000 });
  const chiller = base.tables.assets.find((row) => row.asset_type_id === "CHIL" && !row.removed_date);
  const home = base.tables.buildings.find((row) => row.building_id === chiller?.building_id)?.school_id;
  const schools = base.tables.schools.map((row) => row.school_id).filter((id) => id !== home);
  const settings = {
    must_do: [{ asset_id: chiller?.asset_id ?? "", by: 2029 }],
    equity: [{ schools: schools.slice(0, 1), min_share: 0.6 }],
  };
  const dataset = fixtureDistrict({ assets: 40, schools: 4, budgetUsd: 3_000_000, settings });
  const { solution } = await solved(dataset, 3_000);
  expectRulesKept(dataset, solution);
  expect(solution.status).toBe("feasible");
  expect(solution.metrics.must_do_met).toBe(1);
});

test("the same seed and iterations give the same plan byte for byte, another seed still keeps the rules", async () => {
  const dataset = fixtureDistrict({ assets: 120, schools: 4 });
  const [first, second, other] = [
    await solved(dataset, 20_000),
    await solved(dataset, 20_000),
    await solved(dataset, 20_000, 9),
  ];
  const hash = (each: typeof first) => planHash(each.solution.decisions, each.solution.metrics);
  expect(hash(first)).toBe(hash(second));
  expectRulesKept(dataset, other.solution);
});

test("two threads search side by side: the same plan byte for byte each time, and it keeps the rules", async () => {
  const dataset = fixtureDistrict(HARD);
  const problem = await engine.build(dataset, {}, {});
  const withTwo = () =>
    engine.solve(problem, {}, createContext(problem, { limits: { iterations: 40_000 }, seed: 3, threads: 2 }));
  const [a, b] = [await withTwo(), await withTwo()];
  expectRulesKept(dataset, a);
  expect(a.bound?.gap).toBeLessThan(0.02);
  expect(planHash(a.decisions, a.metrics)).toBe(planHash(b.decisions, b.metrics));
});

test("cancelled at once, the solve still returns a plan that keeps the rules", async () => {
  const dataset = fixtureDistrict({ assets: 120, schools: 4 });
  const problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(
    problem,
    {},
    createContext(problem, { limits: { iterations: 1e9 }, cancelled: () => true }),
  );
  expectRulesKept(dataset, solution);
  expect(solution.decisions.plan.length).toBeGreaterThan(5);
});

test("today's list is measured with the same forecast and loses to the plan", async () => {
  const dataset = fixtureDistrict({ assets: 200, schools: 6 });
  const { problem: bare, solution } = await solved(dataset, 40_000);
  const oldest = Array.from(bare.forecast.ageYears, (_, a) => a).sort(
    (a, b) => bare.forecast.ageYears[b] - bare.forecast.ageYears[a],
  );
  const today_plan = oldest
    .slice(0, 20)
    .map((a, k) => ({ asset_id: bare.register.assetIds[bare.forecast.live[a]], fiscal_year: 2028 + (k % 10) }));
  const withToday: Dataset = {
    ...dataset,
    present: new Set([...dataset.present, "today_plan" as const]),
    tables: { ...dataset.tables, today_plan },
  };
  const problem = await engine.build(withToday, {}, {});
  const today = engine.today(problem);
  if (!today) throw new Error("today's list was lost");
  const metrics = engine.measure(problem, today.decisions, today.unmet);
  expect(metrics.projects).toBe(20);
  expect(metrics.objective_if_nothing_usd).toBe(solution.metrics.objective_if_nothing_usd);
  const comparison = engine.compare(
    { name: "today", metrics, ...today },
    { name: "plan", metrics: solution.metrics, decisions: solution.decisions, unmet: [] },
  );
  expect(comparison.figures.find((each) => each.name === "objective_usd")?.better).toBe("b");
  expect(comparison.headline).toMatch(/plan has .* fewer expected failures than today/);
});

test("a register of three units is planned from published lives: the plan keeps its budgets, claims no backtest, and a year without a budget spends nothing", async () => {
  const base = fixtureDistrict({ assets: 60, schools: 2, budgetUsd: 200_000 });
  const standing = base.tables.assets.filter((row) => !row.removed_date).slice(0, 3);
  const ids = new Set(standing.map((row) => row.asset_id));
  const dataset: Dataset = {
    ...base,
    tables: {
      ...base.tables,
      assets: standing,
      work_orders: base.tables.work_orders.filter((row) => ids.has(row.asset_id)),
      budgets: base.tables.budgets.filter((row) => row.fiscal_year !== 2028),
    },
  };
  const { solution } = await solved(dataset, 5_000);
  expectRulesKept(dataset, solution);
  expect(solution.decisions.plan.length).toBeGreaterThan(0);
  expect(solution.decisions.plan.every((row) => row.fiscal_year !== 2028)).toBe(true);
  expect(solution.metrics.forecast_basis).toMatch(/too short to tell/);
  expect(solution.decisions.forecast.every((row) => row.basis === "prior")).toBe(true);
  const claims = solution.decisions.backtest.filter((row) => ["auc", "sensitivity"].includes(row.measure));
  expect(claims).toEqual([]);
});
