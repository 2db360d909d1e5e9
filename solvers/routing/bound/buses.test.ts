import { createContext } from "@trivium/engine";
import { expect, test } from "vitest";
import { engine } from "../engine.ts";
import { halfDayOf } from "../halfday/of-problem.ts";
import { leastOf } from "../testing/every-plan.ts";
import { gridCity } from "../testing/grid-city.ts";
import { gridDistrict } from "../testing/grid-district.ts";
import { boundOf, piecesBoundOf } from "./buses.ts";

const roads = gridCity();

test("the bound never exceeds the buses of a plan that was found", async () => {
  for (const seed of [1, 2, 3]) {
    const problem = await engine.build(gridDistrict({ students: 100, schools: 3, buses: 12, seed }), {}, { roads });
    const { metrics, unmet } = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 800 } }));
    expect(unmet).toEqual([]);
    for (const direction of ["AM", "PM"] as const)
      expect(piecesBoundOf(problem, direction)).toBeLessThanOrEqual(Number(metrics.buses_used));
  }
});

test("schools that all begin at once with a window of no length need a bus for every run", async () => {
  const dataset = gridDistrict({
    students: 200,
    schools: 3,
    buses: 30,
    change: (tables) => {
      for (const bells of tables.bells)
        Object.assign(bells, { bell_start: 8 * 3600, arrive_earliest_min: 10, arrive_latest_min: 10 });
      for (const type of tables.bus_types) type.benches = 5;
    },
  });
  const problem = await engine.build(dataset, {}, { roads });
  const benches = [0, 1, 2].map((school) =>
    problem.rides
      .filter((ride) => ride.school === school && ride.direction === "AM")
      .reduce((sum, ride) => sum + ride.benches, 0),
  );
  const runs = benches.reduce((sum, each) => sum + Math.ceil(each / 5e6), 0);
  expect(piecesBoundOf(problem, "AM")).toBeGreaterThanOrEqual(runs);
  expect(boundOf(problem, runs + 5)).toMatchObject({ objective: "buses_used", value: runs + 5 });
});

test("in tiny districts the bound is never above the fewest buses of all plans, and often on them", async () => {
  let met = 0;
  for (let seed = 1; seed <= 10; seed++) {
    const dataset = gridDistrict({
      students: 5,
      schools: 2,
      buses: 7,
      seed,
      sideM: 9000,
      settings: seed % 3 === 0 ? { mixed_loads: "allowed" } : {},
      change: (tables) => {
        for (const type of tables.bus_types) type.benches = 1;
        for (const bells of tables.bells)
          bells.bell_start = 8 * 3600 + (seed % 4) * 300 * (bells.school_id === "S1" ? 0 : 1);
        for (const bells of tables.bells)
          Object.assign(bells, { bell_end: bells.bell_start + 6 * 3600, arrive_earliest_min: 8 });
      },
    });
    const problem = await engine.build(dataset, {}, { roads });
    for (const direction of ["AM", "PM"] as const) {
      const day = halfDayOf(problem, direction, 1);
      if (day.visits === 0 || day.visits > 5) continue;
      const fewest = leastOf(day).pieces;
      const bound = piecesBoundOf(problem, direction);
      expect(bound).toBeLessThanOrEqual(fewest);
      if (bound === fewest && fewest > 1) met++;
    }
  }
  expect(met).toBeGreaterThan(8);
});
