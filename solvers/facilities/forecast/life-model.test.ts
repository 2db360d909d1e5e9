import { Random } from "@trivium/engine";
import { dayNumber } from "@trivium/model";
import { expect, test } from "vitest";
import { fixtureDistrict } from "../fixture.ts";
import { readRegister } from "../register/read-register.ts";
import { coverageOfLifeIntervals } from "./coverage.ts";
import { survivalAhead, yearsUntil } from "./curve.ts";
import { fitLives } from "./life-model.ts";
import { livesKnownOn } from "./lives.ts";

const AS_OF = dayNumber("2027-03-01");

test("a register that begins mid-life gives back the hidden median and shape of its lives", () => {
  const register = readRegister(fixtureDistrict({ assets: 3000, schools: 5, truth: 0.8 }));
  const model = fitLives(register, AS_OF);
  register.types.forEach((type, t) => {
    const median = yearsUntil(model.curves[model.byType[t]], 0, 0.5, 1);
    expect(median / (0.8 * type.lifeMedianYears), type.id).toBeGreaterThan(0.93);
    expect(median / (0.8 * type.lifeMedianYears), type.id).toBeLessThan(1.07);
  });
});

test("without a failure the published life stands, wide", () => {
  const dataset = fixtureDistrict({ assets: 30, schools: 2 });
  const assets = dataset.tables.assets.filter((row) => !row.removed_date && row.install_date > "2022").slice(0, 3);
  const register = readRegister({ ...dataset, tables: { ...dataset.tables, assets, work_orders: [] } });
  const model = fitLives(register, AS_OF);
  const curve = model.curves[model.byType[1]];
  expect(yearsUntil(curve, 0, 0.5, 1)).toBeGreaterThan(0.85 * register.types[1].lifeMedianYears);
  expect(yearsUntil(curve, 0, 0.5, 1)).toBeLessThan(1.3 * register.types[1].lifeMedianYears);
  expect(model.failures).toBe(0);
});

test("survival ahead falls with every year and starts at one", () => {
  const register = readRegister(fixtureDistrict({ assets: 100, schools: 2 }));
  const { curves } = fitLives(register, AS_OF);
  for (const curve of curves)
    for (const age of [0, 3, 40]) {
      let last = survivalAhead(curve, age, 0, 1);
      expect(last).toBe(1);
      for (let years = 1; years < 80; years++) {
        const next = survivalAhead(curve, age, years, 1.7);
        expect(next).toBeLessThanOrEqual(last);
        last = next;
      }
    }
});

test("what happens after the day is not seen: lives, failures and units of the future are gone", () => {
  const register = readRegister(fixtureDistrict({ assets: 200, schools: 2 }));
  const day = dayNumber("2015-01-01");
  const later = {
    ...register,
    removal: register.removal.map((reason, a) => (register.removedDay[a] > day ? 1 : reason)),
    removedDay: register.removedDay.map((removed) => (removed > day ? day + 1 : removed)),
  };
  expect(livesKnownOn(later, day, 0.5)).toEqual(livesKnownOn(register, day, 0.5));
  expect(fitLives(later, day)).toEqual(fitLives(register, day));
});

test("80 % intervals of the median life of types with 3 to 10 failures hold the hidden one 75 to 85 times in 100", () => {
  const { types, covered } = coverageOfLifeIntervals(new Random(7), 120);
  expect(types).toBeGreaterThan(600);
  expect(covered / types).toBeGreaterThan(0.75);
  expect(covered / types).toBeLessThan(0.85);
});
