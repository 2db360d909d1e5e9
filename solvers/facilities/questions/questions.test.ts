import { createContext } from "@trivium/engine";
import type { Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { fixtureDistrict } from "../fixture.ts";
import { engine } from "../index.ts";

const problem = await engine.build(fixtureDistrict({ assets: 120, schools: 4 }), {}, {});
const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 10_000 } }));
const plan = { area: "facilities", ...solution } as unknown as Plan<"facilities">;
const [line] = solution.decisions.plan;

test("waiting a year costs what the objective says: the saving of this year less that of the next", () => {
  const answer = engine.ask(problem, plan, { kind: "wait", asset_id: line.asset_id, years: 1 });
  const a = problem.forecast.live.findIndex((asset) => problem.register.assetIds[asset] === line.asset_id);
  const at = a * problem.calendar.years.length + problem.calendar.years.indexOf(line.fiscal_year);
  expect(answer.new_year).toBe(line.fiscal_year + 1);
  expect(answer.objective_change_usd).toBeCloseTo(problem.savingUsd[at] - problem.savingUsd[at + 1], 6);
  expect(answer.failures_change).toBeGreaterThan(0);
});

test("a dollar in a year is worth its dual price, and none below zero", () => {
  const answer = engine.ask(problem, plan, { kind: "dollar", fiscal_year: 2029 });
  expect(answer.saves_usd).toBe(solution.metrics.dollar_2029_saves_usd);
  expect(answer.saves_usd).toBeGreaterThan(0);
});

test("why an asset is planned, or not, is answered with every year's saving and the signs behind its forecast", () => {
  const planned = engine.explain(problem, plan, { kind: "asset", id: line.asset_id });
  expect(planned.summary).toContain(`planned for ${line.fiscal_year}`);
  expect(planned.facts.filter((fact) => fact.label.startsWith("Replaced in"))).toHaveLength(10);
  expect(planned.facts.filter((fact) => fact.label.startsWith("— by its"))).toHaveLength(6);
  expect(planned.mends).toHaveLength(2);
  const chosen = new Set(solution.decisions.plan.map((row) => row.asset_id));
  const other = solution.decisions.forecast.find((row) => !chosen.has(row.asset_id));
  expect(engine.explain(problem, plan, { kind: "asset", id: other?.asset_id ?? "" }).summary).toContain(
    "not in the plan",
  );
});

test("unknown questions, assets, years and waits are refused with what would do", () => {
  const ask = (question: Record<string, unknown>) => () => engine.ask(problem, plan, { kind: "wait", ...question });
  expect(ask({ kind: "weather" })).toThrow(/one of wait, dollar/);
  expect(ask({ asset_id: "X" })).toThrow(/no asset X/);
  expect(ask({ asset_id: line.asset_id, years: 0 })).toThrow(/whole number from 1/);
  expect(ask({ kind: "dollar", fiscal_year: 1999 })).toThrow(/2028 to 2037/);
});
