import { existsSync, readFileSync } from "node:fs";
import { InputError } from "@trivium/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aalenJohansen } from "./aalen-johansen.ts";
import { fitSurvival } from "./fit-survival.ts";
import { kaplanMeier } from "./kaplan-meier.ts";

const shocks = new URL("../../../../shared/data/facilities/smrd/shockabsorber.csv", import.meta.url);
const absent = !existsSync(shocks);
const note = absent ? " (skipped: the reference sets in ../shared/data/facilities are not here)" : "";

test.skipIf(absent)(
  `incidence and standard errors of the two modes of shock absorbers equal R's survfit${note}`,
  () => {
    const golden = JSON.parse(
      readFileSync(new URL("../../../test/golden/facilities-competing-risks.json", import.meta.url), "utf8"),
    ).sets.shockabsorber;
    const [head, ...rows] = readFileSync(shocks, "utf8")
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(",").map((cell) => cell.replace(/^"|"$/g, "")));
    const columns = Object.fromEntries(head.map((name, j) => [name, rows.map((row) => row[j])]));
    const result = fitSurvival({
      model: "aalen-johansen",
      columns,
      duration: "miles",
      event: "mode",
      eventValue: "Censored",
    });
    if (!("causes" in result)) throw new Error("there are no causes");
    expect(Object.keys(result.causes)).toEqual(["Mode1", "Mode2"]);
    golden.time.forEach((time: number, row: number) => {
      ["Mode1", "Mode2"].forEach((cause, c) => {
        const curve = result.causes[cause];
        const at = curve.times.indexOf(time);
        expect(Math.abs(curve.incidence[at] - golden.pstate[row][c + 1])).toBeLessThan(1e-10);
        expect(Math.abs(curve.std_error[at] - golden.std_err[row][c + 1])).toBeLessThan(1e-10);
      });
    });
  },
);

const life = fc.record({
  entry: fc.integer({ min: 0, max: 6 }),
  years: fc.integer({ min: 1, max: 12 }),
  cause: fc.integer({ min: 0, max: 3 }),
  weight: fc.integer({ min: 1, max: 3 }),
});
type Life = { entry: number; years: number; cause: number; weight: number };
const curvesOf = (lives: readonly Life[]) =>
  aalenJohansen(
    {
      exit: lives.map((each) => each.entry + each.years),
      cause: lives.map((each) => each.cause),
      entry: lives.map((each) => each.entry),
      weight: lives.map((each) => each.weight),
    },
    3,
  );

test("with delayed entry and weights, the causes and survival add up to 1 at each age", () => {
  fc.assert(
    fc.property(fc.array(life, { minLength: 1, maxLength: 30 }), (lives) => {
      const { times, causes } = curvesOf(lives);
      const together = kaplanMeier({
        exit: lives.map((each) => each.entry + each.years),
        observed: lives.map((each) => +(each.cause > 0)),
        entry: lives.map((each) => each.entry),
        weight: lives.map((each) => each.weight),
      });
      times.forEach((_, k) => {
        expect(causes.reduce((sum, each) => sum + each.incidence[k], 0)).toBeCloseTo(1 - together.survival[k], 10);
      });
    }),
  );
});

test("the standard error is the root of the summed squares of ∂F/∂w, found again by nudging each weight", () => {
  const STEP = 1e-5;
  fc.assert(
    fc.property(fc.array(life, { minLength: 2, maxLength: 12 }), (lives) => {
      const { times, causes } = curvesOf(lives);
      const squares = causes.map(() => new Float64Array(times.length));
      lives.forEach((each, i) => {
        const nudged = (by: number) => curvesOf(lives.with(i, { ...each, weight: each.weight + by }));
        const [up, down] = [nudged(STEP), nudged(-STEP)];
        squares.forEach((sum, c) => {
          for (let k = 0; k < times.length; k++)
            sum[k] += each.weight * ((up.causes[c].incidence[k] - down.causes[c].incidence[k]) / (2 * STEP)) ** 2;
        });
      });
      squares.forEach((sum, c) => {
        sum.forEach((square, k) => {
          expect(causes[c].stdError[k]).toBeCloseTo(Math.sqrt(square), 5);
        });
      });
    }),
    { numRuns: 40 },
  );
});

test("without delayed entry and with one cause, incidence is 1 − Kaplan–Meier with Greenwood's standard error", () => {
  const exit = [3, 5, 5, 6, 8, 8, 9, 12];
  const observed = [1, 0, 1, 1, 1, 0, 1, 0];
  const [failed] = aalenJohansen({ exit, cause: observed }, 1).causes;
  const curve = kaplanMeier({ exit, observed });
  curve.times.forEach((_, k) => {
    expect(failed.incidence[k]).toBeCloseTo(1 - curve.survival[k], 12);
    expect(failed.stdError[k]).toBeCloseTo(curve.stdError[k], 12);
  });
});

test("without censoring the incidence is the share that ended so by each age", () => {
  const { times, causes } = aalenJohansen({ exit: [1, 2, 2, 4], cause: [1, 2, 1, 2] }, 2);
  expect(Array.from(times)).toEqual([1, 2, 4]);
  expect(Array.from(causes[0].incidence)).toEqual([0.25, 0.5, 0.5]);
  expect(Array.from(causes[1].incidence)).toEqual([0, 0.25, 0.5]);
});

test("the text that means still in service must be named and occur; strata and covariates are refused", () => {
  const columns = { t: ["1", "2"], how: ["leak", "standing"] };
  const ask = (extra: object) => {
    try {
      fitSurvival({ model: "aalen-johansen", columns, duration: "t", ...extra });
    } catch (error) {
      if (error instanceof InputError) return error.code;
      throw error;
    }
    return "none";
  };
  expect(ask({})).toBe("event-needed");
  expect(ask({ event: "how" })).toBe("event-value-needed");
  expect(ask({ event: "how", eventValue: "Standing" })).toBe("event-value-absent");
  expect(ask({ event: "how", eventValue: "standing" })).toBe("none");
  expect(ask({ event: "how", eventValue: "standing", strata: "how" })).toBe("strata-not-supported");
  expect(ask({ event: "how", eventValue: "standing", covariates: ["t"] })).toBe("covariates-not-supported");
});
