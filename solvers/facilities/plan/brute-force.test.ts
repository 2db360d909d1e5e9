import { createContext } from "@trivium/engine";
import { expect, test } from "vitest";
import { buildProblem } from "../build.ts";
import { type FixtureOptions, fixtureDistrict } from "../fixture.ts";
import { solvePlan } from "../solve.ts";
import { relaxedProblem } from "./bound/lagrangian.ts";
import { lossesOf } from "./bound/losses.ts";
import { rulesHold } from "./constraints/index.ts";
import { discountedUsd, emptyStream, NOT_REPLACED, streamScratch, writeStream } from "./cost-stream.ts";
import { outlookOf } from "./outlook.ts";
import { searchPrices } from "./price-search.ts";
import { add, emptyPlan, type PlanState, remove, snapshot } from "./state.ts";
import { solveWholeProgram } from "./whole-program.ts";

/** Best saving over all plans of a tiny problem, by trying every one; `each` is told of all that keep the rules. */
function bestByTrying(problem: ReturnType<typeof buildProblem>, each: (plan: PlanState) => void = () => {}): number {
  const state = emptyPlan(problem);
  let best = 0;
  const place = (a: number): void => {
    if (a === problem.forecast.live.length) {
      if (!rulesHold(state)) return;
      best = Math.max(best, state.savingUsd);
      each(state);
      return;
    }
    place(a + 1);
    for (let year = 0; year < state.years; year++)
      for (let fund = 0; fund < state.fundCount; fund++) {
        if (problem.payable[a * state.fundCount + fund] === 0) continue;
        add(state, a, year, fund);
        place(a + 1);
        remove(state, a);
      }
  };
  place(0);
  return best;
}

test.each([1, 2, 3])(
  "a tiny plan (register %i) saves what the best of all plans saves, and its bound lies above",
  async (seed) => {
    const dataset = fixtureDistrict({ assets: 5, schools: 2, horizon: 3, seed, budgetUsd: 120_000 });
    const problem = buildProblem(dataset);
    const best = bestByTrying(problem);
    const solution = await solvePlan(problem, {}, createContext(problem, { limits: { iterations: 40_000 } }));
    const nothing = problem.ifNothingUsd.reduce((sum, each) => sum + each, 0);
    expect(solution.metrics.saved_usd).toBeCloseTo(best, 1);
    expect(nothing - (solution.bound?.best_possible ?? 0)).toBeGreaterThanOrEqual(best - 0.01);
  },
);

const UNDER_RULES: readonly (readonly [seed: number, settings: FixtureOptions["settings"]])[] = [
  [1, {}],
  [2, { smoothing_max_ratio: 1.2 }],
  [3, { smoothing_max_ratio: 1.5, equity: [{ schools: ["S1"], min_share: 0.5 }], mobilization_usd: 20_000 }],
];

test.each(UNDER_RULES)(
  "no plan of a tiny district (register %i) saves more than the whole program says, or than its projects leave of the bound",
  async (seed, settings) => {
    const dataset = fixtureDistrict({ assets: 5, schools: 2, horizon: 3, seed, budgetUsd: 120_000, settings });
    const problem = buildProblem(dataset);
    const relaxed = relaxedProblem(problem, []);
    const base = emptyPlan(problem);
    const context = createContext(problem, { limits: { iterations: 2_000 } });
    const { prices } = searchPrices(relaxed, snapshot(base), base, context, () => {});
    const { boundUsd, usd } = lossesOf(relaxed, prices);
    const best = bestByTrying(problem, (plan) => {
      for (let a = 0; a < plan.year.length; a++)
        if (plan.year[a] >= 0)
          expect(plan.savingUsd).toBeLessThanOrEqual(boundUsd - usd[a * plan.years + plan.year[a]] + 1e-6);
    });
    const whole = await solveWholeProgram(relaxed, prices, 0, () => false);
    expect(whole?.boundUsd).toBeGreaterThanOrEqual(best - 1e-6);
    expect(whole?.boundUsd).toBeLessThanOrEqual(boundUsd * (1 + 1e-6));
    // Knowing the best, nothing better is left: the bound is that plan's own saving, but for what the program relaxes.
    const known = await solveWholeProgram(relaxed, prices, best, () => false);
    expect(known?.boundUsd).toBeGreaterThanOrEqual(best);
    expect(known?.boundUsd).toBeLessThanOrEqual((whole?.boundUsd ?? 0) + 1e-6);
  },
);

test("a year's failures of a kept unit are its first ones and those of the units that replaced it", () => {
  const outlook = {
    pKept: Float64Array.of(0.5, 0.4, 0.2),
    pNew: Float64Array.of(0, 0.1, 0.3),
    costUsd: 1000,
    failureCostUsd: 100,
    repairKept: new Float64Array(3),
    repairNew: new Float64Array(3),
    energyKept: new Float64Array(3),
    energyNew: new Float64Array(3),
  };
  const money = {
    escalation: Float64Array.of(1, 1),
    discount: Float64Array.of(1, 0.5),
    emergencyFactor: 2,
    mobilizationUsd: new Float64Array(2),
  };
  const stream = emptyStream(2);
  writeStream(outlook, money, NOT_REPLACED, stream, streamScratch(2));
  // year 1: 0.5 stand, 0.4 of them fail; half failed before the first year, a tenth of those again
  expect(stream.failures[0]).toBeCloseTo(0.5 * 0.4 + 0.5 * 0.1, 12);
  // year 2: 0.3 stand; of the half put in before, 0.9 stand and 0.3 of them fail; of the 0.25 put in in year 1, a tenth
  expect(stream.failures[1]).toBeCloseTo(0.3 * 0.2 + 0.5 * 0.9 * 0.3 + 0.25 * 0.1, 12);
  expect(discountedUsd(stream, money)).toBeCloseTo(2100 * (stream.failures[0] + 0.5 * stream.failures[1]), 9);
  writeStream(outlook, money, 0, stream, streamScratch(2));
  expect(stream.failures[0]).toBeCloseTo(0.5 * 0.25, 12);
  expect(stream.failures[1]).toBeCloseTo(0.1, 12);
});

test("the outlook and the forecast are one curve", () => {
  const problem = buildProblem(fixtureDistrict({ assets: 60, schools: 3 }));
  const { forecast, calendar } = problem;
  for (let a = 0; a < forecast.live.length; a++) {
    const { pKept } = outlookOf(problem, a);
    const standing = [1];
    for (const p of pKept) standing.push(standing[standing.length - 1] * (1 - p));
    [1, 3, 5, 10].forEach((years, h) => {
      const k = calendar.bounds.findLastIndex((bound) => bound <= years);
      if (k + 1 >= calendar.bounds.length) return;
      const at = (years - calendar.bounds[k]) / (calendar.bounds[k + 1] - calendar.bounds[k]);
      const between = standing[k] * (standing[k + 1] / standing[k]) ** at;
      expect(Math.abs(1 - between - forecast.pFail[a * 4 + h])).toBeLessThan(0.008); // 0.005, and what straight hazard within a year leaves out
    });
  }
});
