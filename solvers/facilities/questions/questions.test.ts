import { createContext } from "@trivium/engine";
import { applyScenario, type Plan, type Scenario } from "@trivium/model";
import { expect, test } from "vitest";
import { fixtureDistrict } from "../fixture.ts";
import { engine } from "../index.ts";

const dataset = fixtureDistrict({ assets: 120, schools: 4 });
const problem = await engine.build(dataset, {}, {});
const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 10_000 } }));
const plan = { area: "facilities", seed: 1, ...solution } as unknown as Plan<"facilities">;
const [line] = solution.decisions.plan;

test("waiting a year costs what the objective says: the saving of this year less that of the next", async () => {
  const answer = await engine.ask(problem, plan, { kind: "wait", asset_id: line.asset_id, years: 1 });
  const a = problem.forecast.live.findIndex((asset) => problem.register.assetIds[asset] === line.asset_id);
  const at = a * problem.calendar.years.length + problem.calendar.years.indexOf(line.fiscal_year);
  expect(answer.new_year).toBe(line.fiscal_year + 1);
  expect(answer.objective_change_usd).toBeCloseTo(problem.savingUsd[at] - problem.savingUsd[at + 1], 6);
  expect(answer.failures_change).toBeGreaterThan(0);
});

test("a dollar in a year is worth its dual price, and none below zero", async () => {
  const answer = await engine.ask(problem, plan, { kind: "dollar", fiscal_year: 2029 });
  expect(answer.saves_usd).toBe(solution.metrics.dollar_2029_saves_usd);
  expect(answer.saves_usd).toBeGreaterThan(0);
});

test("why an asset is planned, or not, is answered with every year's saving and the signs behind its forecast", () => {
  const planned = engine.explain(problem, plan, { kind: "asset", id: line.asset_id });
  expect(planned.summary).toContain(`planned for ${line.fiscal_year}`);
  expect(planned.facts.filter((fact) => fact.label.startsWith("Replaced in"))).toHaveLength(10);
  expect(planned.facts.filter((fact) => fact.label.startsWith("— by its"))).toHaveLength(6);
  expect(planned.mends.length).toBeGreaterThan(2);
  const chosen = new Set(solution.decisions.plan.map((row) => row.asset_id));
  const other = solution.decisions.forecast.find((row) => !chosen.has(row.asset_id));
  expect(engine.explain(problem, plan, { kind: "asset", id: other?.asset_id ?? "" }).summary).toContain(
    "not in the plan",
  );
});

test("unknown questions, assets, years and waits are refused with what would do", () => {
  const ask = (question: Record<string, unknown>) => () => engine.ask(problem, plan, { kind: "wait", ...question });
  expect(ask({ kind: "weather" })).toThrow(/one of wait, dollar, repair_or_replace, actuals/);
  expect(ask({ asset_id: "X" })).toThrow(/no asset X/);
  expect(ask({ asset_id: line.asset_id, years: 0 })).toThrow(/whole number from 1/);
  expect(ask({ kind: "dollar", fiscal_year: 1999 })).toThrow(/2028 to 2037/);
});

// biome-ignore lint/suspicious/noExplicitAny: answers are plain JSON of many shapes
type Fields = Record<string, any>;
const asked = async (question: { kind: string } & Record<string, unknown>) =>
  (await engine.ask(problem, plan, question)) as Fields;

test("futures give a fan for every year whose mean is what the plan's table expects, and a chance of overrun that a reserve lowers", async () => {
  const answer = await asked({ kind: "futures", futures: 600 });
  expect(answer.by_year).toHaveLength(10);
  for (const [t, year] of answer.by_year.entries()) {
    const expected = solution.decisions.years[t].expected_emergency_usd;
    expect(year.emergency_usd.p05).toBeLessThanOrEqual(year.emergency_usd.p50);
    expect(Math.abs(year.emergency_usd.mean / expected - 1)).toBeLessThan(0.25);
  }
  const reserved = await asked({ kind: "futures", futures: 600, reserve_usd: 1e9 });
  expect(answer.overrun_chance_any_year).toBeGreaterThan(0);
  expect(reserved.overrun_chance_any_year).toBe(0);
  expect(await asked({ kind: "futures", futures: 600 })).toEqual(answer);
});

test("beside the rules of thumb, with the same money on the same futures, the plan saves most", async () => {
  const { lists } = await asked({ kind: "baselines", futures: 200 });
  const names = lists.map((list: Fields) => list.name);
  expect(names).toEqual(["plan", "oldest first", "past service life first", "worst FCI school first", "nothing"]);
  for (const list of lists.slice(1)) expect(list.saved_usd).toBeLessThan(lists[0].saved_usd);
  expect(lists[0].saved_usd).toBeCloseTo(Number(solution.metrics.saved_usd), 0);
  expect(lists[0].share_of_attainable).toBeLessThanOrEqual(1);
  expect(lists.at(-1).saved_usd).toBeCloseTo(0, 6);
  expect(lists.at(-1).plan_cheaper_chance).toBeGreaterThan(0.9);
});

test("more money never costs more: along the frontier the expected cost falls, each point above its bound", async () => {
  const { points } = await asked({ kind: "frontier", points: 4, least: 0.4, most: 1.6, iterations: 8000 });
  expect(points.map((point: Fields) => Math.round(100 * point.budget_share))).toEqual([40, 80, 120, 160]);
  for (const [k, point] of points.entries()) {
    expect(point.objective_usd).toBeGreaterThanOrEqual(point.bound_usd);
    expect(point.spend_usd).toBeLessThanOrEqual(point.budget_usd);
    if (k > 0) expect(point.objective_usd).toBeLessThan(points[k - 1].objective_usd);
    if (k > 0) expect(point.dollar_saves_usd).toBeLessThanOrEqual(points[k - 1].dollar_saves_usd * 1.05);
  }
});

test.each([
  [{ change: "budget", share: 0.6, from: 2029, to: 2032 }],
  [{ change: "inflation", escalation: 0.07 }],
  [{ change: "close_school", school_id: "S2" }],
  [{ change: "defer_fund", fund_id: "bond", years: 2 }],
  [{ change: "electrify", asset_type_id: "BOIL", cost_factor: 1.4, energy_factor: 0.5 }],
])(
  "what if %j: the answer's problem is the one that its scenario builds, and replanning costs no more than keeping the plan",
  async (change) => {
    const answer = await asked({ kind: "what_if", ...change, iterations: 6000 });
    const scenario = { name: "what if", changes: answer.changes, settings: {} } as Scenario;
    const built = await engine.build(applyScenario(dataset, scenario), {}, {});
    const nothing = built.ifNothingUsd.reduce((sum, each) => sum + each, 0);
    expect(answer.after.objective_usd + answer.after.saved_usd).toBeCloseTo(nothing, -2);
    expect(answer.after.objective_usd).toBeLessThanOrEqual(answer.as_planned.objective_usd + 0.01);
    expect(answer.before.saved_usd).toBeCloseTo(Number(solution.metrics.saved_usd), 0);
  },
);

test("a change that is none, or of what is not there, is refused with what would do", async () => {
  await expect(asked({ kind: "what_if", change: "rain" })).rejects.toThrow(/one of budget, inflation/);
  await expect(asked({ kind: "what_if", change: "close_school", school_id: "X" })).rejects.toThrow(/one of S1/);
  await expect(asked({ kind: "what_if", change: "budget", share: -1 })).rejects.toThrow(/from 0 to 10/);
  await expect(asked({ kind: "frontier", points: 1 })).rejects.toThrow(/from 2 to 50/);
});

test("repair or replace: worn units are cheaper to replace from a year on, young ones to keep; a longer horizon does not change a new unit's life", async () => {
  const ages = solution.decisions.forecast.toSorted((x, y) => y.p_fail_5y - x.p_fail_5y);
  const worn = await asked({ kind: "repair_or_replace", asset_id: ages[0].asset_id });
  const young = await asked({ kind: "repair_or_replace", asset_id: ages[ages.length - 1].asset_id });
  expect(worn.discount).toBe(0.03);
  expect(worn.replace_from).toBe(2028);
  expect(worn.keep[0].least_annual_usd).toBeGreaterThan(worn.new_unit.annual_usd);
  expect(young.replace_from === null || young.replace_from > 2028).toBe(true);
  for (const answer of [worn, young]) {
    const before = answer.keep.filter((year: Fields) => year.fiscal_year < (answer.replace_from ?? Infinity));
    for (const year of before) expect(year.least_annual_usd).toBeLessThanOrEqual(answer.new_unit.annual_usd);
    for (const year of answer.keep)
      expect(year.annual_usd).toBeCloseTo(year.failure_usd + year.repair_usd + year.energy_usd, 6);
    const longer = await engine.build(fixtureDistrict({ assets: 120, schools: 4, horizon: 20 }), {}, {});
    const same = (await engine.ask(longer, plan, { kind: "repair_or_replace", asset_id: answer.asset_id })) as Fields;
    expect(same.new_unit).toEqual(answer.new_unit);
  }
  const explained = engine.explain(problem, plan, { kind: "asset", id: worn.asset_id });
  expect(explained.facts.find((fact) => fact.label === "Repair or replace")?.value).toBe(worn.says);
});
