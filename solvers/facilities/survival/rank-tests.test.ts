import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fitSurvival } from "./fit-survival.ts";
import { rankTest } from "./rank-tests.ts";

const lung = new URL("../../../../shared/data/facilities/r-survival/lung.csv", import.meta.url);
const absent = !existsSync(lung);
const note = absent ? " (skipped: the reference sets in ../shared/data/facilities are not here)" : "";

function lungColumns(): Record<string, string[]> {
  const [head, ...rows] = readFileSync(lung, "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => cell.replace(/^"|"$/g, "")));
  return Object.fromEntries(head.map((name, j) => [name, rows.map((row) => row[j])]));
}

test.skipIf(absent)(`log-rank and Peto tests of lung by sex equal R's survdiff${note}`, () => {
  const golden = JSON.parse(
    readFileSync(new URL("../../../test/golden/facilities-logrank.json", import.meta.url), "utf8"),
  );
  const result = fitSurvival({
    model: "km",
    columns: lungColumns(),
    duration: "time",
    event: "status",
    eventValue: "2",
    strata: "sex",
  });
  if (!("tests" in result)) throw new Error("there are no tests");
  const { logrank, peto } = result.tests;
  for (const [ours, theirs] of [
    [logrank, golden.lung_sex],
    [peto, golden.lung_sex_rho1],
  ]) {
    expect(ours.df).toBe(theirs.df);
    expect(ours.chisq / theirs.chisq).toBeCloseTo(1, 7);
    expect(ours.p / theirs.p).toBeCloseTo(1, 7);
    for (const g of [0, 1]) {
      expect(ours.observed[g] / theirs.obs[g]).toBeCloseTo(1, 7);
      expect(ours.expected[g] / theirs.exp[g]).toBeCloseTo(1, 7);
    }
  }
});

const life = fc.record({
  entry: fc.integer({ min: 0, max: 10 }),
  years: fc.integer({ min: 1, max: 20 }),
  failed: fc.integer({ min: 0, max: 1 }),
  group: fc.integer({ min: 0, max: 2 }),
  weight: fc.integer({ min: 1, max: 3 }),
});
type Life = { entry: number; years: number; failed: number; group: number; weight: number };
const testOf = (lives: readonly Life[], rho: 0 | 1) =>
  rankTest(
    {
      exit: lives.map((each) => each.entry + each.years),
      observed: lives.map((each) => each.failed),
      entry: lives.map((each) => each.entry),
      weight: lives.map((each) => each.weight),
    },
    lives.map((each) => each.group),
    3,
    rho,
  );
const total = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0);

test("with delayed entry too, observed and expected failures agree in total, and a weight of k is k rows", () => {
  fc.assert(
    fc.property(
      fc.array(life, { minLength: 3, maxLength: 25 }),
      fc.constantFrom(0 as const, 1 as const),
      (lives, rho) => {
        const weighted = testOf(lives, rho);
        expect(total(weighted.observed)).toBeCloseTo(total(weighted.expected), 9);
        const rows = lives.flatMap((each) => Array.from({ length: each.weight }, () => ({ ...each, weight: 1 })));
        const repeated = testOf(rows, rho);
        expect(repeated.df).toBe(weighted.df);
        if (Number.isNaN(weighted.chisq)) expect(repeated.chisq).toBeNaN();
        else expect(repeated.chisq).toBeCloseTo(weighted.chisq, 7);
      },
    ),
  );
});

test("four failures in turn, delayed entry by hand: the late entrant does not stand at risk before it came", () => {
  const result = rankTest({ exit: [2, 4, 5, 6], observed: [1, 1, 1, 0], entry: [0, 0, 3, 0] }, [0, 1, 0, 1], 2, 0);
  expect(result.observed).toEqual(Float64Array.of(2, 1));
  expect(result.expected[0]).toBeCloseTo(1 / 3 + 1 / 3 + 1 / 2, 12);
  expect(result.chisq).toBeCloseTo((2 - 7 / 6) ** 2 / (2 / 9 + 2 / 9 + 1 / 4), 12);
});

test("a single group has nothing to be compared with", () => {
  const alone = rankTest({ exit: [1, 2], observed: [1, 1] }, [0, 0], 1, 0);
  expect(alone.df).toBe(0);
  expect(alone.chisq).toBeNaN();
});
