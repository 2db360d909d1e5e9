import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import type { TextColumns } from "./columns.ts";
import { fitSurvival, type RegressionResult } from "./fit-survival.ts";
import { generalizedGamma } from "./gengamma.ts";
import { gompertzLikelihood } from "./gompertz.ts";
import { EXACT, INTERVAL, LEFT, RIGHT } from "./observations.ts";

/** Lives drawn by the inverse of H, seen from a random entry on, censored at random. */
function drawn(count: number, lifeOf: (unit: number) => number): TextColumns {
  const random = new Random(8);
  const rows = { t: [] as string[], e: [] as string[], from: [] as string[] };
  while (rows.t.length < count) {
    const life = lifeOf(-Math.log(1 - random.unit()));
    const from = random.unit() < 0.5 ? 0 : 12 * random.unit();
    const until = from + 25 * random.unit();
    if (life <= from) continue;
    rows.t.push(String(Math.min(life, until)));
    rows.e.push(life <= until ? "1" : "0");
    rows.from.push(String(from));
  }
  return rows;
}

const fit = (model: string, columns: TextColumns) =>
  fitSurvival({ model, columns, duration: "t", event: "e", entry: "from" }) as RegressionResult;

test("a Gompertz fit finds rate 0.01 and growth 0.12 again through delayed entry and censoring", () => {
  const result = fit(
    "gompertz",
    drawn(5000, (hazard) => Math.log(1 + (hazard * 0.12) / 0.01) / 0.12),
  );
  const { shape, "(Intercept)": level } = result.coefficients;
  expect(Math.abs(shape.estimate - 0.12)).toBeLessThan(3.5 * shape.se);
  expect(Math.abs(level.estimate - Math.log(0.01))).toBeLessThan(3.5 * level.se);
});

test("a generalized gamma fitted to Weibull lives has a shape near 1, and never fits worse than Weibull or log-normal", () => {
  const columns = drawn(3000, (hazard) => 18 * hazard ** 0.4);
  const result = fit("gengamma", columns);
  expect(Math.abs(result.coefficients.shape.estimate - 1)).toBeLessThan(3.5 * result.coefficients.shape.se);
  expect(result.loglik).toBeGreaterThanOrEqual(fit("weibull", columns).loglik);
  expect(result.loglik).toBeGreaterThan(fit("lognormal", columns).loglik);
});

test("the standard generalized gamma: Weibull at shape 1, and its slopes are those of its value", () => {
  const out = new Float64Array(3);
  generalizedGamma(1).logSurvival(0.7, out);
  expect(out[0]).toBeCloseTo(-Math.exp(0.7), 12);
  for (const shape of [-1.3, -0.4, 0.3, 1.7])
    for (const z of [-2, 0.1, 1.2]) {
      const family = generalizedGamma(shape);
      const value = (at: number) => {
        family.logSurvival(at, out);
        return out[0];
      };
      const slope = (value(z + 1e-5) - value(z - 1e-5)) / 2e-5;
      family.logSurvival(z, out);
      expect(out[1]).toBeCloseTo(slope, 6);
    }
});

test("the Gompertz gradient and Hessian are the slopes of the likelihood for every kind of life", () => {
  const lives = {
    n: 4,
    kind: Uint8Array.of(EXACT, RIGHT, LEFT, INTERVAL),
    lower: Float64Array.of(5, 9, 0, 4),
    upper: Float64Array.of(5, 9, 6, 11),
    entry: Float64Array.of(1, 0, 0.5, 2),
    weight: Float64Array.of(1, 2, 1, 3),
    columns: 1,
    design: Float64Array.of(0.2, -1, 0.7, 1.1),
  };
  const likelihood = gompertzLikelihood(lives);
  const at = (theta: number[]) => {
    const gradient = new Float64Array(3);
    const hessian = new Float64Array(9);
    return { value: likelihood(Float64Array.from(theta), gradient, hessian), gradient, hessian };
  };
  for (const growth of [0.15, 0.0005, -0.1]) {
    const theta = [-2.5, 0.3, growth];
    const here = at(theta);
    for (let j = 0; j < 3; j++) {
      const shifted = (by: number) => at(theta.map((each, k) => (k === j ? each + by : each)));
      const [up, down] = [shifted(1e-5), shifted(-1e-5)];
      expect(here.gradient[j] / ((up.value - down.value) / 2e-5)).toBeCloseTo(1, 5);
      for (let k = 0; k < 3; k++)
        expect(here.hessian[j * 3 + k]).toBeCloseTo((up.gradient[k] - down.gradient[k]) / 2e-5, 2);
    }
  }
});
