import { createContext } from "@trivium/engine";
import type { FuturesAnswer, Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { replacedBy } from "../decisions.ts";
import { fixtureDistrict } from "../fixture.ts";
import { engine } from "../index.ts";
import { totalsOf } from "../plan/totals.ts";
import { assetDraws, draw } from "./draw.ts";
import { simulateFutures } from "./simulate.ts";

const problem = await engine.build(fixtureDistrict({ assets: 120, schools: 4 }), {}, {});
const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 2_000 } }));
const plan = { area: "facilities", seed: 1, ...solution } as unknown as Plan<"facilities">;
const replaced = replacedBy(problem, solution.decisions.plan);
const years = problem.calendar.years.length;

/** Mean over futures by plan year, and its standard error. */
function means(values: ArrayLike<number>, count: number) {
  return Array.from({ length: years }, (_, year) => {
    let sum = 0;
    let squares = 0;
    for (let future = 0; future < count; future++) {
      const value = values[future * years + year];
      sum += value;
      squares += value * value;
    }
    const mean = sum / count;
    return { mean, error: Math.sqrt(Math.max(squares / count - mean * mean, 0) / count) };
  });
}

test("over many futures failures and emergency spend come to what the plan expects, year by year", () => {
  const count = 4_000;
  const futures = simulateFutures(problem, replaced, count, 7);
  const expected = totalsOf(problem, replaced);
  means(futures.failures, count).forEach(({ mean, error }, year) => {
    expect(Math.abs(mean - expected.failures[year])).toBeLessThan(4.5 * error + 1e-9);
  });
  means(futures.emergencyUsd, count).forEach(({ mean, error }, year) => {
    expect(Math.abs(mean - expected.emergencyUsd[year])).toBeLessThan(4.5 * error + 1e-9);
  });
});

test("the same futures meet every plan: what a plan does not touch happens alike", () => {
  const nothing = new Int16Array(replaced.length).fill(-1);
  const one = Int16Array.from(nothing);
  one[0] = 3;
  const [a, b] = [nothing, one].map((list) => simulateFutures(problem, list, 200, 3));
  let differ = 0;
  for (let i = 0; i < a.failures.length; i++) {
    expect(Math.abs(a.failures[i] - b.failures[i])).toBeLessThanOrEqual(1);
    // Before the replacement nothing can differ.
    if (i % years < 3) expect(a.failures[i]).toBe(b.failures[i]);
    differ += +(a.failures[i] !== b.failures[i]);
  }
  expect(differ).toBeGreaterThan(0);
});

test("without failures the share past its median life is the plan's own FCI", () => {
  const never = {
    ...problem,
    forecast: {
      ...problem.forecast,
      pKept: problem.forecast.pKept.map(() => 0),
      pNew: problem.forecast.pNew.map(() => 0),
    },
  };
  const futures = simulateFutures(never, replaced, 1, 1);
  const all = problem.costUsd.reduce((sum, each) => sum + each, 0);
  const fci = solution.decisions.years.map((_, year) => futures.dueUsd[year] / all);
  for (const [year, row] of solution.decisions.years.entries()) expect(fci[year]).toBeCloseTo(row.fci, 5);
});

test("draws are uniform, and neighbours in asset, future and life have nothing in common", () => {
  const n = 20_000;
  const first = Array.from({ length: n }, (_, i) => draw(assetDraws(1, i % 100), Math.floor(i / 100), 0));
  const correlation = (second: number[]) =>
    first.reduce((sum, u, i) => sum + (u - 0.5) * (second[i] - 0.5), 0) / n / (1 / 12);
  expect(first.reduce((sum, u) => sum + u, 0) / n).toBeCloseTo(0.5, 2);
  const shifted = (asset: number, future: number, life: number) =>
    first.map((_, i) => draw(assetDraws(1, (i % 100) + asset), Math.floor(i / 100) + future, life));
  for (const second of [shifted(1, 0, 0), shifted(0, 1, 0), shifted(0, 0, 1)])
    expect(Math.abs(correlation(second))).toBeLessThan(0.03);
});

test("the answer has a fan a year and says how likely money runs out; more reserve, less likely", () => {
  const ask = (question: Record<string, unknown>) =>
    engine.ask(problem, plan, { kind: "futures", futures: 300, ...question }) as unknown as FuturesAnswer;
  const answer = ask({});
  expect(answer.by_year).toHaveLength(years);
  for (const { emergency_usd: fan, overrun_chance } of answer.by_year) {
    expect([fan.p05, fan.p25, fan.p50, fan.p75, fan.p95]).toEqual(
      [fan.p05, fan.p25, fan.p50, fan.p75, fan.p95].sort((a, b) => a - b),
    );
    expect(overrun_chance).toBeGreaterThanOrEqual(0);
  }
  expect(answer.overrun_chance_any_year).toBeGreaterThan(0);
  expect(ask({ reserve_usd: 1e9 }).overrun_chance_any_year).toBe(0);
  expect(ask({})).toEqual(answer);
  expect(() => ask({ futures: 0.5 })).toThrow(/must be/);
  expect(() => ask({ reserve_usd: "much" })).toThrow(/a number from 0/);
});
