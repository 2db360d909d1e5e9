import { Random } from "@trivium/engine";
import { InputError } from "@trivium/model";
import { expect, test } from "vitest";
import { fitSurvival, type RegressionResult } from "./fit-survival.ts";

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
  return "none";
};

/** 4,000 Weibull lives, shape 2.5, characteristic life 20 e^{0.4 x}, seen from a random entry on, some of them between two inspections. */
function simulated() {
  const random = new Random(4);
  const rows = { lower: [] as string[], upper: [] as string[], entry: [] as string[], kind: [] as string[] };
  while (rows.lower.length < 4000) {
    const x = random.below(2);
    const life = 20 * Math.exp(0.4 * x) * (-Math.log(1 - random.unit())) ** 0.4;
    const entry = random.unit() < 0.5 ? 0 : 15 * random.unit();
    const end = entry + 2 + 20 * random.unit();
    if (life <= entry) continue;
    const inspected = random.unit() < 0.4;
    const from = Math.max(entry, Math.floor(life / 3) * 3);
    rows.lower.push(life > end ? String(end) : inspected ? String(from) : String(life));
    rows.upper.push(life > end ? "" : inspected ? String(Math.floor(life / 3) * 3 + 3) : String(life));
    rows.entry.push(String(entry));
    rows.kind.push(x ? "new" : "made");
  }
  return rows;
}

test("a Weibull regression finds its parameters again through censoring, inspection intervals and delayed entry", () => {
  const fit = fitSurvival({
    model: "weibull",
    columns: simulated(),
    lower: "lower",
    upper: "upper",
    entry: "entry",
    covariates: ["kind"],
  }) as RegressionResult;
  const within = (name: string, truth: number) => {
    const { estimate, se } = fit.coefficients[name];
    expect(Math.abs(estimate - truth), name).toBeLessThan(4 * se);
    expect(se).toBeLessThan(0.05);
  };
  within("(Intercept)", Math.log(20));
  within("kindnew", 0.4);
  expect(1 / (fit.scale ?? 0)).toBeCloseTo(2.5, 0);
});

test("a text covariate becomes one column a value, the first in the alphabet the reference", () => {
  const columns = {
    t: ["1", "2", "3", "4", "5", "6", "2", "7"],
    e: ["1", "1", "1", "1", "1", "1", "1", "1"],
    g: ["b", "a", "c", "b", "a", "c", "a", "b"],
  };
  const fit = fitSurvival({
    model: "exponential",
    columns,
    duration: "t",
    event: "e",
    covariates: ["g"],
  }) as RegressionResult;
  expect(Object.keys(fit.coefficients)).toEqual(["(Intercept)", "gb", "gc"]);
  expect(fit.scale).toBe(1);
  expect(fit.coefficients["(Intercept)"].estimate).toBeCloseTo(Math.log(9 / 3), 8);
});

test("what cannot be fitted is said plainly: no event, an unknown column, a covariate that separates or says nothing", () => {
  const columns = {
    t: ["1", "2", "3", "4", "5", "6"],
    e: ["1", "1", "1", "0", "0", "0"],
    x: ["1", "1", "1", "0", "0", "0"],
    one: ["1", "1", "1", "1", "1", "1"],
    none: ["0", "0", "0", "0", "0", "0"],
    word: ["dead", "dead", "no", "no", "no", "no"],
  };
  const fit = (extra: object) =>
    code(() => fitSurvival({ model: "weibull", columns, duration: "t", event: "e", ...extra }));
  expect(fit({ event: "none" })).toBe("no-events");
  expect(fit({ event: "word" })).toBe("event-value-needed");
  expect(fit({ event: "word", eventValue: "gone" })).toBe("event-value-absent");
  expect(fit({ event: "word", eventValue: "dead" })).toBe("none");
  expect(fit({ duration: "time" })).toBe("unknown-column");
  expect(fit({ covariates: ["one"] })).toBe("singular-design");
  expect(fit({ covariates: ["x"] })).toBe("separation");
  expect(fit({ model: "cox", covariates: ["x"] })).toBe("separation");
  const zone = ["p", "q", "p", "q", "p", "q"];
  const strata = { model: "cox", columns: { ...columns, zone }, covariates: ["zone"], strata: "zone" };
  expect(fit(strata)).toBe("singular-design");
  expect(fit({ model: "gamma" })).toBe("unknown-model");
  expect(fit({ entry: "t" })).toBe("exit-not-after-entry");
  expect(fit({ cluster: "x" })).toBe("cluster-not-supported");
  expect(fit({ model: "turnbull", entry: "none" })).toBe("entry-not-supported");
});
