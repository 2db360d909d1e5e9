import { expect, test } from "vitest";
import { annualCosts, cheapest } from "./economic-life.ts";

const never = new Float64Array(3);

test("without failures and discount a unit of $900 with repairs of $100, $200, $600 costs least a year when kept two years", () => {
  const annual = annualCosts({ pFail: never, repairUsd: [100, 200, 600], energyUsd: never }, 900, 0, 0);
  // (900 + 100) / 1, (900 + 300) / 2, (900 + 900) / 3
  expect(Array.from(annual)).toEqual([1000, 600, 600]);
  expect(cheapest(annual)).toEqual({ years: 2, annualUsd: 600 });
});

test("at 10 % a year the capital is recovered by the mid-year annuity: the textbook's capital recovery factor, half a year early", () => {
  const annual = annualCosts({ pFail: never, repairUsd: never, energyUsd: [50, 50, 50] }, 1000, 0, 0.1);
  const recovery = (years: number) => 0.1 / (1 - 1.1 ** -years) / 1.1 ** 0.5;
  for (const years of [1, 2, 3]) expect(annual[years - 1]).toBeCloseTo(1000 * recovery(years) + 50, 9);
});

test("who fails in half of the first years costs the premium then, and serves half a year of it", () => {
  const unit = { pFail: [0.5, 0.2], repairUsd: [40, 60], energyUsd: [10, 10] };
  const annual = annualCosts(unit, 1000, 300, 0);
  // first year: 1000 + 0.5 · 300 + 0.75 · 50 over 0.75 years; second: 0.5 stand, of whom 0.2 fail: + 0.5 (0.2 · 300 + 0.9 · 70) over 0.5 · 0.9 years more
  expect(annual[0]).toBeCloseTo((1000 + 150 + 37.5) / 0.75, 9);
  expect(annual[1]).toBeCloseTo((1187.5 + 0.5 * (60 + 63)) / (0.75 + 0.45), 9);
  // the unit that stands at the start of the second year: repairs, energy and 0.2 failures over 0.9 years of service
  expect(annualCosts(unit, 0, 300, 0.07, 1)[0]).toBeCloseTo(70 + (0.2 * 300) / 0.9, 9);
});
