import { existsSync, readFileSync } from "node:fs";
import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { fitCox } from "./cox.ts";
import { coxFailures, relativeHazards } from "./cox-failures.ts";
import { fitSurvival, type RegressionResult } from "./fit-survival.ts";
import type { Ties } from "./partial-likelihood.ts";
import { proportionality } from "./proportionality.ts";
import type { CoxLives } from "./risk-sets.ts";
import { robustCovariance, scoreResiduals } from "./robust.ts";

const lung = new URL("../../../../shared/data/facilities/r-survival/lung.csv", import.meta.url);
const absent = !existsSync(lung);
const note = absent ? " (skipped: the reference sets in ../shared/data/facilities are not here)" : "";

const names = ["x", "y"];

/** Lives in two strata with delayed entry and weights; the effect of x is 0.7, growing by `drift` a year. */
function simulated(seed: number, n: number, { ties = false, drift = 0 } = {}): CoxLives {
  const random = new Random(seed);
  const rows = { exit: [] as number[], entry: [] as number[], observed: [] as number[], design: [] as number[] };
  while (rows.exit.length < n) {
    const [x, y] = [random.below(2), random.unit()];
    const uniform = -Math.log(1 - random.unit());
    const rate = 0.2 * Math.exp(0.7 * x - 0.4 * y);
    const life = drift * x === 0 ? uniform / rate : Math.log1p((uniform * drift) / rate) / drift;
    const seen = Math.min(life, 1 + 9 * random.unit());
    const exit = ties ? Math.ceil(seen) : seen;
    const entry = random.unit() < 0.6 ? 0 : 2 * random.unit();
    if (exit <= entry) continue;
    rows.exit.push(exit);
    rows.entry.push(entry);
    rows.observed.push(+(seen === life));
    rows.design.push(x, y);
  }
  return {
    n,
    exit: Float64Array.from(rows.exit),
    entry: Float64Array.from(rows.entry),
    observed: Uint8Array.from(rows.observed),
    weight: Float64Array.from({ length: n }, () => 1 + random.below(3)),
    stratum: Int32Array.from({ length: n }, () => random.below(2)),
    columns: 2,
    design: Float64Array.from(rows.design),
  };
}

function checked(lives: CoxLives, ties: Ties) {
  const fit = fitCox(lives, ties, names);
  const hazards = relativeHazards(lives, fit.beta);
  return { fit, hazards, failures: coxFailures(lives, hazards, ties) };
}

test.each(["efron", "breslow"] as const)(
  "the score residuals add up to nothing at the %s estimate, ties or none",
  (ties) => {
    for (const tied of [false, true]) {
      const lives = simulated(3, 120, { ties: tied });
      const { hazards, failures } = checked(lives, ties);
      const residuals = scoreResiduals(lives, hazards, failures);
      for (const j of [0, 1]) {
        let sum = 0;
        for (let i = 0; i < lives.n; i++) sum += lives.weight[i] * residuals[i * 2 + j];
        expect(Math.abs(sum)).toBeLessThan(1e-6);
      }
    }
  },
);

test.each([
  ["efron", false],
  ["breslow", true],
] as const)(
  "the %s sandwich is the sum of squares of w ∂β/∂w, found again by nudging each weight (ties: %s)",
  (ties, tied) => {
    const STEP = 1e-4;
    const lives = simulated(5, 60, { ties: tied });
    const { fit, hazards, failures } = checked(lives, ties);
    const robust = robustCovariance(lives, hazards, failures, fit.covariance, Array.from(lives.exit.keys()));
    const expected = [0, 0, 0, 0];
    for (let i = 0; i < lives.n; i++) {
      const nudged = (by: number) =>
        fitCox({ ...lives, weight: lives.weight.with(i, lives.weight[i] + by) }, ties, names).beta;
      const [up, down] = [nudged(STEP), nudged(-STEP)];
      const slope = [0, 1].map((j) => (lives.weight[i] * (up[j] - down[j])) / (2 * STEP));
      for (const j of [0, 1]) for (const m of [0, 1]) expected[j * 2 + m] += slope[j] * slope[m];
    }
    expected.forEach((value, at) => {
      expect(Math.abs(robust[at] - value)).toBeLessThan(1e-5 * Math.abs(value) + 1e-9);
    });
  },
);

test("rows written twice change nothing when the copies are one cluster", () => {
  const lives = { ...simulated(7, 80), weight: new Float64Array(80).fill(1) };
  const twice: CoxLives = {
    ...lives,
    n: 160,
    exit: Float64Array.from([...lives.exit, ...lives.exit]),
    entry: Float64Array.from([...lives.entry, ...lives.entry]),
    observed: Uint8Array.from([...lives.observed, ...lives.observed]),
    weight: new Float64Array(160).fill(1),
    stratum: Int32Array.from([...lives.stratum, ...lives.stratum]),
    design: Float64Array.from([...lives.design, ...lives.design]),
  };
  const sandwich = (of: CoxLives) => {
    const { fit, hazards, failures } = checked(of, "breslow");
    return robustCovariance(
      of,
      hazards,
      failures,
      fit.covariance,
      Array.from({ length: of.n }, (_, i) => i % 80),
    );
  };
  const copied = sandwich(twice);
  sandwich(lives).forEach((value, at) => {
    expect(copied[at]).toBeCloseTo(value, 8);
  });
});

test("where hazards are proportional the test rejects about one time in twenty, and it sees an effect that grows", () => {
  const rejected = (drift: number) =>
    Array.from({ length: 200 }, (_, seed) => {
      const lives = { ...simulated(100 + seed, 200, { drift }), weight: new Float64Array(200).fill(1) };
      return proportionality(lives, checked(lives, "efron").failures).each[0].p < 0.05;
    }).filter(Boolean).length;
  expect(rejected(0)).toBeGreaterThan(1);
  expect(rejected(0)).toBeLessThan(22);
  expect(rejected(0.5)).toBeGreaterThan(60);
});

test.skipIf(absent)(`proportionality of lung equals the published output of R's cox.zph${note}`, () => {
  const [head, ...rows] = readFileSync(lung, "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => cell.replace(/^"|"$/g, "")));
  const fit = fitSurvival({
    model: "cox",
    columns: Object.fromEntries(head.map((name, j) => [name, rows.map((row) => row[j])])),
    duration: "time",
    event: "status",
    eventValue: "2",
    covariates: ["age", "sex", "wt.loss"],
  }) as RegressionResult;
  const published = { age: 0.5077, sex: 2.5489, "wt.loss": 0.0144, global: 3.0051 };
  for (const [name, chisq] of Object.entries(published))
    expect(fit.proportionality?.[name].chisq).toBeCloseTo(chisq, 4);
  expect(fit.proportionality?.global.df).toBe(3);
  expect(Object.keys(fit.robust_se ?? {})).toEqual(["age", "sex", "wt.loss"]);
});

test("a cluster column joins rows: with all rows alone in theirs the errors are those without it", () => {
  const lives = simulated(11, 60);
  const text = (values: Iterable<number>) => Array.from(values, String);
  const columns = {
    exit: text(lives.exit),
    event: text(lives.observed),
    x: text(lives.design.filter((_, at) => at % 2 === 0)),
    alone: text(lives.exit.keys()),
    school: text(Array.from({ length: 60 }, (_, i) => i % 6)),
  };
  const errors = (cluster?: string) =>
    (
      fitSurvival({
        model: "cox",
        columns,
        duration: "exit",
        event: "event",
        covariates: ["x"],
        cluster,
      }) as RegressionResult
    ).robust_se?.x as number;
  expect(errors("alone")).toBeCloseTo(errors(), 12);
  expect(Math.abs(errors("school") - errors())).toBeGreaterThan(1e-4);
});
