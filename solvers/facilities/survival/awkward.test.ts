import { readFileSync } from "node:fs";
import { InputError } from "@trivium/model";
import { expect, test } from "vitest";
import { fitSurvival, type RegressionResult } from "./fit-survival.ts";
import type { SurvivalRequest } from "./request.ts";

/** 70 made-up lives: ties, text covariates with blanks, a covariate around 5 million, weights with halves and zeros, delayed entry, strata, all kinds of censoring. */
const { columns, results } = JSON.parse(
  readFileSync(new URL("../../../test/golden/facilities-awkward-lives.json", import.meta.url), "utf8"),
) as { columns: Record<string, string[]>; results: Record<string, (number | null)[]> };

const nearEach = (actual: readonly (number | null)[], expected: readonly (number | null)[], what: string): void => {
  expect(actual.length, what).toBe(expected.length);
  expected.forEach((value, k) => {
    if (value === null) expect(actual[k], `${what} ${k}`).toBeNull();
    else
      expect(Math.abs((actual[k] as number) - value), `${what} ${k}: ${actual[k]} for ${value}`).toBeLessThan(
        1e-6 * Math.abs(value) + 1e-12,
      );
  });
};
const fit = (request: Omit<SurvivalRequest, "columns">) => fitSurvival({ columns, ...request }) as RegressionResult;
const figures = ({ coefficients, loglik, vcov }: RegressionResult) => [
  ...Object.values(coefficients).map((each) => each.estimate),
  loglik,
  ...vcov.map((row, i) => Math.sqrt(row[i])),
];
const RIGHT = { duration: "t", event: "d", weights: "w", covariates: ["g", "x"] };

test.each(["weibull", "exponential", "lognormal", "loglogistic"])(
  "%s regression of awkward lives equals R's survreg, right- and interval-censored",
  (model) => {
    nearEach(figures(fit({ model, ...RIGHT })), results[`right_${model}`], "right");
    const { duration: _, event: __, ...rest } = RIGHT;
    nearEach(figures(fit({ model, ...rest, lower: "lo", upper: "hi" })), results[`interval_${model}`], "interval");
  },
);

test.each(["efron", "breslow"] as const)(
  "Cox by %s equals R's coxph with weights, strata and delayed entry, its baseline hazard rate too",
  (ties) => {
    const result = fit({ model: "cox", ...RIGHT, entry: "entry", strata: "st", ties });
    nearEach([...figures(result), result.concordance as number], results[`cox_${ties}`], "fit");
    const { means, strata } = result.baseline as NonNullable<RegressionResult["baseline"]>;
    const at = results[`cox_means_${ties}`] as number[];
    const apart = Object.values(means).reduce(
      (sum, mean, j) => sum + (at[j] - mean) * Object.values(result.coefficients)[j].estimate,
      0,
    );
    nearEach(
      strata.north.cumulative_hazard.map((each) => each * Math.exp(apart)),
      results[`cox_base_${ties}`],
      "baseline",
    );
  },
);

test.each(["log", "log-log"] as const)(
  "Kaplan–Meier with weights and delayed entry equals R's survfit, %s bands",
  (conf) => {
    const result = fitSurvival({ columns, model: "km", duration: "t", event: "d", weights: "w", entry: "entry", conf });
    const table = result as unknown as Record<string, (number | null)[]>;
    nearEach(table.times, results[`km_time_${conf}`], "times");
    nearEach(table.survival, results[`km_surv_${conf}`], "survival");
    nearEach(table.std_error, results[`km_se_${conf}`], "s.e.");
    nearEach(table.lower, results[`km_lower_${conf}`], "lower");
    nearEach(table.upper, results[`km_upper_${conf}`], "upper");
  },
);

test("of right-censored lives Turnbull's curve and its errors are Kaplan and Meier's with Greenwood's", () => {
  const right = { columns, duration: "t", event: "d" };
  const km = fitSurvival({ model: "km", ...right }) as unknown as Record<string, number[]>;
  const turnbull = fitSurvival({ model: "turnbull", ...right }) as unknown as Record<string, number[]>;
  const at = turnbull.to.map((age) => km.times.lastIndexOf(age ?? Number.NaN)).filter((k) => k >= 0);
  expect(at.length).toBeGreaterThan(10);
  at.forEach((k, j) => {
    if (km.survival[k] === 0) return;
    expect(turnbull.survival[j]).toBeCloseTo(km.survival[k], 6);
    expect(turnbull.std_error[j]).toBeCloseTo(km.std_error[k], 5);
    expect(turnbull.lower[j]).toBeCloseTo(km.lower[k], 4);
  });
});

test("the interval data of km are Turnbull's, and a column may say how each life ended", () => {
  const plain = fitSurvival({ columns, model: "turnbull", lower: "lo", upper: "hi" });
  const asKm = fitSurvival({ columns, model: "km", lower: "lo", upper: "hi" });
  expect(asKm).toEqual(plain);
  const kind = columns.lo.map((lo, i) =>
    lo === "NA" ? "Left" : columns.hi[i] === "NA" ? "Right" : lo === columns.hi[i] ? "Exact" : "Interval",
  );
  const both = (cells: string[], others: string[]) => cells.map((cell, i) => (cell === "NA" ? others[i] : cell));
  const said = { ...columns, kind, from: both(columns.lo, columns.hi), to: both(columns.hi, columns.lo) };
  expect(fitSurvival({ columns: said, model: "weibull", lower: "from", upper: "to", event: "kind" })).toEqual(
    fit({ model: "weibull", lower: "lo", upper: "hi" }),
  );
});

test("with all lives failed and seen since new, the curve is the share still standing", () => {
  const t = ["3", "1", "4", "1", "5", "9", "2", "6"];
  const curve = fitSurvival({ columns: { t }, model: "km", duration: "t" }) as unknown as Record<string, number[]>;
  curve.times.forEach((time, k) => {
    expect(curve.survival[k]).toBeCloseTo(t.filter((each) => Number(each) > time).length / t.length, 12);
  });
});

test("every bad row is named at once, by its line in the file; an option that would do nothing is refused", () => {
  const problem = (request: Partial<SurvivalRequest>, table: Record<string, string[]> = columns) => {
    try {
      fitSurvival({ columns: table, model: "weibull", duration: "t", event: "d", ...request });
    } catch (error) {
      if (error instanceof InputError) return `${error.code}: ${error.message}`;
      throw error;
    }
    return "none";
  };
  const bad = { t: ["0", "2", "-1", "4"], d: ["1", "1", "1", "0"], e: ["0", "3", "0", "0"], w: ["1", "-1", "1", "1"] };
  expect(problem({}, bad)).toMatch(/^time-not-positive: row 2: .*; row 4: /);
  expect(problem({ model: "km", entry: "e" }, bad)).toMatch(/^exit-not-after-entry: row 2: .*; row 3: .*; row 4: /);
  expect(problem({ weights: "w" }, bad)).toMatch(/^weight-negative: row 3/);
  expect(problem({ ties: "efron" })).toMatch(/^ties-not-supported/);
  expect(problem({ conf: "log" })).toMatch(/^conf-not-supported/);
  expect(problem({ id: "g" })).toMatch(/^id-not-supported/);
  expect(problem({ covariates: ["one"] }, { ...columns, one: columns.t.map(() => "same") })).toMatch(
    /^singular-design/,
  );
  expect(problem({ model: "mcf" })).toMatch(/^id-needed/);
});
