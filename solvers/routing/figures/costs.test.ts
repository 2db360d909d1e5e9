import { expect, test } from "vitest";
import type { RoutingProblem } from "../problem.ts";
import { costsOf } from "./costs.ts";
import { piecesOf } from "./pieces.ts";
import { spreadOf } from "./spread.ts";

const type = {
  id: "big",
  costFixedUsd: 40_000,
  costPerMileUsd: 1,
  costPerHourUsd: 30,
  mpg: 8,
  kwhPerMile: 2,
  electric: false,
  fuelPriceUsd: 4,
  co2KgPerGallon: 10,
};
const problem = (countPull: boolean, electric = false) =>
  ({
    settings: { countPull, serviceDays: 100 },
    types: [{ ...type, electric }],
    typeOfBus: { B1: "big" },
  }) as unknown as RoutingProblem;

/** One bus: out 1 mile in 120 s, a run of 8 miles from 7:00 to 7:30, back 3 miles in 480 s. */
const pieces = piecesOf({
  runs: [
    {
      run_id: "R",
      direction: "AM",
      school_ids: ["S"],
      bus_id: "B1",
      depart: 25_230,
      arrive: 26_880,
      distance_m: 12_874.752,
    },
  ],
  run_stops: [
    { run_id: "R", seq: 1, stop_id: "a", arrive: 25_200, depart: 25_230 },
    { run_id: "R", seq: 2, stop_id: "S", arrive: 26_880, depart: 27_000 },
  ],
  routes: [
    { bus_id: "B1", seq: 1, run_id: "R", deadhead_m: 1609.344, deadhead_s: 120 },
    { bus_id: "B1", seq: 2, deadhead_m: 4828.032, deadhead_s: 480 },
  ],
});

test("12 miles and 40 minutes from depot to depot cost 40,000 + 100 × (12 × 1 + 2/3 × 30 + 12/8 × 4)", () => {
  expect(costsOf(problem(true), pieces)).toMatchObject({
    miles_per_day: 12,
    deadhead_miles_per_day: 4,
    hours_per_day: 0.67,
    cost_usd_per_year: 40_000 + 100 * (12 + 20 + 6),
    fuel_gallons_per_year: 150,
    co2_kg_per_year: 1500,
    electric_kwh_per_year: 0,
  });
});

test("without the pulls 8 miles and half an hour are left", () => {
  expect(costsOf(problem(false), pieces)).toMatchObject({
    miles_per_day: 8,
    hours_per_day: 0.5,
    cost_usd_per_year: 40_000 + 100 * (8 + 15 + 4),
  });
});

test("an electric bus burns kilowatt-hours, no gallons", () => {
  expect(costsOf(problem(true, true), pieces)).toMatchObject({
    electric_kwh_per_year: 2400,
    fuel_gallons_per_year: 0,
    fuel_usd_per_year: 9600,
  });
});

test("the 95th percentile is the nearest rank: of 20 values the 19th", () => {
  expect(spreadOf(Array.from({ length: 20 }, (_, i) => i + 1))).toEqual({ mean: 10.5, p95: 19, max: 20 });
});
