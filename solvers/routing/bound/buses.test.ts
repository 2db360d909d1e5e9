import { createContext } from "@trivium/engine";
import { expect, test } from "vitest";
import { engine } from "../engine.ts";
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
