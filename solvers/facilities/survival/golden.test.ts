import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { TextColumns } from "./columns.ts";
import type { CurveResult } from "./curve-results.ts";
import { fitSurvival, type RegressionResult } from "./fit-survival.ts";
import type { SurvivalRequest } from "./request.ts";

const data = new URL("../../../../shared/data/facilities/", import.meta.url);
const absent = !existsSync(data);
const note = absent ? " (skipped: the reference sets in ../shared/data/facilities are not here)" : "";
const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../test/golden/facilities-${name}.json`, import.meta.url), "utf8"));

/** A plain CSV of the reference sets: no cell holds a comma or a line end. */
function columns(path: string): Record<string, string[]> {
  const [head, ...rows] = readFileSync(new URL(path, data), "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => cell.replace(/^"|"$/g, "")));
  return Object.fromEntries(head.map((name, j) => [name, rows.map((row) => row[j])]));
}

const where = (table: Record<string, string[]>, keep: (row: number) => boolean): Record<string, string[]> =>
  Object.fromEntries(Object.entries(table).map(([name, cells]) => [name, cells.filter((_, row) => keep(row))]));

const near = (actual: number | null, expected: number | string | null, what: string): void => {
  if (typeof expected !== "number") {
    expect(actual, what).toBeNull();
    return;
  }
  expect(Math.abs((actual as number) - expected), `${what}: ${actual} for ${expected}`).toBeLessThan(
    1e-6 * Math.max(Math.abs(expected), 1e-9),
  );
};

const nearEach = (actual: readonly (number | null)[], expected: readonly (number | null)[], what: string): void => {
  for (let k = 0; k < expected.length; k++) near(actual[k], expected[k], `${what} ${k}`);
};

const fit = (request: SurvivalRequest) => fitSurvival(request) as RegressionResult;

function expectRegression(result: RegressionResult, coef: Record<string, number>, vcov: number[][], loglik: number) {
  expect(Object.keys(result.coefficients)).toEqual(Object.keys(coef));
  for (const [name, value] of Object.entries(coef)) near(result.coefficients[name].estimate, value, name);
  nearEach(result.vcov.flat(), vcov.flat(), "vcov");
  near(result.loglik, loglik, "loglik");
}

const LUNG = { columns: {} as TextColumns, duration: "time", event: "status" };
const LUNG_COVARIATES = ["age", "sex", "ph.ecog", "ph.karno", "wt.loss"];
const lungComplete = () => columns("r-survival/lung_complete_cases_status01.csv");
const channing = () => {
  const table = columns("r-survival/channing_KMsurv.csv");
  const kept = where(table, (row) => Number(table.age[row]) > Number(table.ageentry[row]));
  const inYears = (name: string) => kept[name].map((cell) => String(Number(cell) / 12));
  return { ...kept, exitYears: inYears("age"), entryYears: inYears("ageentry") };
};

test.skipIf(absent).each(["weibull", "lognormal", "loglogistic"])(
  `%s regression of lung equals R's survreg${note}`,
  (model) => {
    const expected = golden("survreg-aft").fits[`lung_${model}`];
    const result = fit({ ...LUNG, columns: lungComplete(), model, covariates: LUNG_COVARIATES });
    expectRegression(result, expected.coef, expected.vcov_coef_logscale, expected.loglik);
    near(result.scale as number, expected.scale, "scale");
    near(result.aic, 14 - 2 * expected.loglik, "aic");
  },
);

test.skipIf(absent)(`Weibull without covariates of the fans equals R's survreg${note}`, () => {
  const expected = golden("survreg-aft").fits.genfan_weibull;
  const result = fit({
    model: "weibull",
    columns: columns("r-survival/genfan.csv"),
    duration: "hours",
    event: "status",
  });
  expectRegression(result, expected.coef, expected.vcov_coef_logscale, expected.loglik);
});

test.skipIf(absent)(`weighted, interval- and left-censored lives equal R's survreg${note}`, () => {
  const { bearingcage, heatexchanger_interval, shockabsorber } = golden("weibull-interval-weighted-r").fits;
  const expectFit = (
    result: RegressionResult,
    expected: { intercept: number; scale: number; loglik: number; vcov_intercept_logscale: number[][] },
  ) => {
    expectRegression(result, { "(Intercept)": expected.intercept }, expected.vcov_intercept_logscale, expected.loglik);
    near(result.scale as number, expected.scale, "scale");
  };
  const cages = columns("smrd/bearingcage.csv");
  const cage = fit({
    model: "weibull",
    columns: cages,
    duration: "hours",
    event: "event",
    eventValue: "Failed",
    weights: "count",
  });
  expectFit(cage, bearingcage);
  expect([cage.n, cage.events]).toEqual([1703, 6]);
  const exchangers = columns("smrd/heatexchanger.csv");
  const lower = exchangers.lower.map((cell, row) => (exchangers.event[row] === "Left" ? "" : cell));
  const upper = exchangers.upper.map((cell, row) => (exchangers.event[row] === "Right" ? "" : cell));
  expectFit(
    fit({
      model: "weibull",
      columns: { ...exchangers, lower, upper },
      lower: "lower",
      upper: "upper",
      weights: "count",
    }),
    heatexchanger_interval,
  );
  expectFit(
    fit({
      model: "weibull",
      columns: columns("smrd/shockabsorber.csv"),
      duration: "miles",
      event: "event",
      eventValue: "Failure",
    }),
    shockabsorber,
  );
});

test.skipIf(absent)(
  `left-truncated Weibull fits of Channing House equal 40-digit Newton, with and without a covariate${note}`,
  () => {
    const plain = golden("weibull-mle").fits;
    const request = { model: "weibull", columns: channing(), duration: "exitYears", event: "death" };
    const truncated = fit({ ...request, entry: "entryYears" });
    near(1 / (truncated.scale as number), plain.channing_lefttrunc.shape, "shape");
    near(
      Math.exp(truncated.coefficients["(Intercept)"].estimate),
      plain.channing_lefttrunc.scale,
      "characteristic life",
    );
    near(truncated.loglik, plain.channing_lefttrunc.loglik, "loglik");
    near(1 / (fit(request).scale as number), plain.channing_IGNORING_truncation.shape, "shape that ignores truncation");
    const { params, se, loglik } = golden("aft-lefttrunc").fits.channing_weibull_aft_lefttrunc;
    const gender = fit({ ...request, entry: "entryYears", covariates: ["gender"] });
    near(gender.coefficients.gender.estimate, params[1], "gender");
    near(gender.coefficients["(Intercept)"].estimate + gender.coefficients.gender.estimate, params[0], "intercept");
    near(-Math.log(gender.scale as number), params[2], "log shape");
    near(gender.coefficients.gender.se, se[1], "se of gender");
    near(gender.loglik, loglik, "loglik");
  },
);

test.skipIf(absent)(`Cox fits equal R's coxph: both ties, delayed entry, strata, concordance${note}`, () => {
  const { fits } = golden("cox");
  const heart = columns("r-survival/heart.csv");
  const requests: Record<string, SurvivalRequest> = {
    lung_efron: { ...LUNG, model: "cox", columns: lungComplete(), covariates: LUNG_COVARIATES },
    lung_breslow: { ...LUNG, model: "cox", columns: lungComplete(), covariates: LUNG_COVARIATES, ties: "breslow" },
    heart_lefttrunc_efron: {
      model: "cox",
      columns: { ...heart, tr: heart.transplant },
      duration: "stop",
      entry: "start",
      event: "event",
      covariates: ["age", "year", "surgery", "tr"],
    },
    channing_lefttrunc_breslow: {
      model: "cox",
      columns: channing(),
      duration: "age",
      entry: "ageentry",
      event: "death",
      covariates: ["gender"],
      ties: "breslow",
    },
    lung_strata_efron: { ...LUNG, model: "cox", columns: lungComplete(), covariates: ["age"], strata: "sex" },
  };
  for (const [name, request] of Object.entries(requests)) {
    const result = fit(request);
    expectRegression(result, fits[name].coef, fits[name].vcov, fits[name].loglik);
    near(result.concordance as number, fits[name].concordance, `${name} concordance`);
  }
});

test.skipIf(absent)(`Kaplan–Meier curves equal R's survfit, also with delayed entry${note}`, () => {
  const { sets } = golden("kaplan-meier");
  const requests: Record<string, SurvivalRequest> = {
    lung: { model: "km", columns: columns("r-survival/lung.csv"), duration: "time", event: "status", eventValue: "2" },
    heart_lefttrunc: {
      model: "km",
      columns: columns("r-survival/heart.csv"),
      duration: "stop",
      entry: "start",
      event: "event",
    },
    channing_lefttrunc: { model: "km", columns: channing(), duration: "age", entry: "ageentry", event: "death" },
  };
  for (const [name, request] of Object.entries(requests)) {
    const result = fitSurvival(request) as CurveResult & { [column: string]: (number | null)[] };
    const { table } = sets[name];
    const pairs = [
      ["times", "time"],
      ["at_risk", "n_risk"],
      ["events", "n_event"],
      ["survival", "surv"],
      ["std_error", "std_err"],
      ["lower", "lower"],
      ["upper", "upper"],
    ];
    for (const [ours, theirs] of pairs) {
      expect(result[ours].length).toBe(table[theirs].length);
      nearEach(result[ours], table[theirs], `${name} ${ours}`);
    }
    nearEach(result.cumulative_hazard, sets[name].na_cumhaz, `${name} Nelson–Aalen`);
    nearEach(result.cumulative_hazard_se, sets[name].na_std_chaz, `${name} Nelson–Aalen s.e.`);
  }
});
