import { createContext } from "@trivium/engine";
import type { Dataset } from "@trivium/model";
import { verifyPlan } from "@trivium/verify";
import { expect, test } from "vitest";
import { engine } from "../index.ts";
import { oddDistrict } from "../testing/odd-district.ts";
import { planOf } from "../testing/plan-of.ts";

async function solved(dataset: Dataset, weights: Record<string, number> = {}) {
  const problem = await engine.build(dataset, { weights }, {});
  const solution = await engine.solve(problem, { weights }, createContext(problem, { limits: { iterations: 500 } }));
  const plan = planOf(dataset, solution);
  const { violations } = await verifyPlan(dataset, { ...plan, scenario: { ...plan.scenario, settings: { weights } } });
  expect(violations).toEqual([]);
  return solution;
}

test.for(["balance", "term_balance", "hole"] as const)(
  "a weight on %s makes less of it, and no request is lost for it",
  async (name) => {
    const dataset = oddDistrict(14);
    const cost = name === "hole" ? "cost_holes" : `cost_${name}`;
    const none = { balance: 0, term_balance: 0, hole: 0 };
    const without = await solved(dataset, none);
    const withIt = await solved(dataset, { ...none, [name]: 1 });
    expect(withIt.metrics.requests_met).toBe(without.metrics.requests_met);
    const problem = await engine.build(dataset, { weights: { ...none, [name]: 1 } }, {});
    const measured = engine.measure(problem, without.decisions, without.unmet);
    expect(Number(withIt.metrics[cost])).toBeLessThan(Number(measured[cost]));
  },
);
