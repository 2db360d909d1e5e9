import { createContext } from "@trivium/engine";
import { planHash } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "./engine.ts";
import { audit } from "./testing/audit.ts";
import { gridCity } from "./testing/grid-city.ts";
import { gridDistrict } from "./testing/grid-district.ts";

const roads = gridCity();

async function solved(options: Parameters<typeof gridDistrict>[0], iterations: number) {
  const dataset = gridDistrict(options);
  const problem = await engine.build(dataset, {}, { roads });
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations } }));
  return { dataset, problem, solution };
}

test("a district on the grid city is served whole, and every rule holds when recomputed from its tables", async () => {
  const { dataset, solution } = await solved({ students: 300, schools: 3, buses: 20 }, 6000);
  expect(await audit(dataset, roads, solution)).toEqual([]);
  expect(solution.unmet).toEqual([]);
  expect(solution.metrics.rides_served).toBeGreaterThan(400);
  expect(solution.bound?.best_possible).toBeLessThanOrEqual(Number(solution.metrics.buses_used));
});

test("same district, seed and iterations give the same plan", async () => {
  const hashes = [];
  for (let i = 0; i < 2; i++) {
    const { solution } = await solved({ students: 150, schools: 3, buses: 12 }, 3000);
    hashes.push(planHash(solution.decisions, solution.metrics));
  }
  expect(hashes[0]).toBe(hashes[1]);
});

test("with too few buses those left behind are listed with a reason, and the rest is legal", async () => {
  const { dataset, solution } = await solved({ students: 300, schools: 3, buses: 2 }, 2000);
  expect(await audit(dataset, roads, solution)).toEqual([]);
  expect(new Set(solution.unmet.map((row) => row.reason_code))).toEqual(new Set(["no_bus"]));
});

test("a school with one place at its curb is never at two buses at once", async () => {
  const { dataset, solution } = await solved({ students: 300, schools: 3, buses: 20, busesAtOnce: 1 }, 3000);
  expect(await audit(dataset, roads, solution)).toEqual([]);
});

test("the built problem survives being sent to another thread", async () => {
  const problem = await engine.build(gridDistrict({ students: 60, schools: 3, buses: 5 }), {}, { roads });
  expect(structuredClone(problem)).toEqual(problem);
});
