import { dayNumber } from "@trivium/model";
import { expect, test } from "vitest";
import { fixtureDistrict } from "../fixture.ts";
import { readRegister } from "../register/read-register.ts";
import { backtest } from "./backtest.ts";
import { rankingMeasures } from "./measures.ts";

const AS_OF = dayNumber("2027-03-01");

test("the forecast of the past is calibrated and ranks better than oldest first", () => {
  const rows = backtest(readRegister(fixtureDistrict({ assets: 1500, schools: 5 })), AS_OF);
  const of = (method: string, measure: string) =>
    rows.find((row) => row.origin === "all" && row.slice === "all" && row.method === method && row.measure === measure)
      ?.value ?? Number.NaN;
  expect(of("trivium", "expected over observed")).toBeGreaterThan(0.85);
  expect(of("trivium", "expected over observed")).toBeLessThan(1.15);
  expect(of("trivium", "auc")).toBeGreaterThan(of("oldest first", "auc") + 0.03);
  expect(of("trivium", "sensitivity")).toBeGreaterThan(of("oldest first", "sensitivity"));
});

test("under 30 failures it says how many there were, and claims nothing", () => {
  const rows = backtest(readRegister(fixtureDistrict({ assets: 25, schools: 2 })), AS_OF);
  expect(rows).toHaveLength(1);
  expect(rows[0].measure).toBe("failures");
  expect(rows[0].value).toBeLessThan(30);
});

test("a perfect score has an AUC of 1 and catches as many as the list is long; a constant one tells nothing", () => {
  const failed = Array.from({ length: 100 }, (_, i) => +(i < 20));
  const value = (scores: number[], measure: string) =>
    rankingMeasures(scores, failed).find((each) => each.measure === measure)?.value;
  const perfect = failed.map((each, i) => each + 1 / (i + 2));
  expect(value(perfect, "auc")).toBe(1);
  expect(value(perfect, "sensitivity")).toBe(0.5);
  expect(value(perfect, "precision")).toBe(1);
  const constant = failed.map(() => 1);
  expect(value(constant, "auc")).toBeCloseTo(0.5, 12);
  expect(value(constant, "sensitivity")).toBeCloseTo(0.1, 12);
});
