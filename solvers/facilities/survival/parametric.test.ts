import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { weibull } from "./families/weibull.ts";
import type { Observations } from "./observations.ts";
import { fitParametric } from "./parametric.ts";

test("many lives, whose fit starts from a sample of them, give the fit of the same lives told once with their weight", () => {
  const random = new Random(5);
  const n = 900;
  const times = 7;
  const once = Array.from({ length: n }, () => {
    const x = random.unit() * 40 - 10;
    const life = 12 * Math.exp(0.02 * x) * (-Math.log(1 - random.unit())) ** 0.6;
    const entry = random.unit() < 0.3 ? life * random.unit() : 0;
    return { x, lower: Math.min(life, entry + 15), kind: life < entry + 15 ? 1 : 0, entry };
  });
  const livesOf = (rows: typeof once, weight: number): Observations => ({
    n: rows.length,
    kind: Uint8Array.from(rows, ({ kind }) => kind),
    lower: Float64Array.from(rows, ({ lower }) => lower),
    upper: Float64Array.from(rows, ({ lower }) => lower),
    entry: Float64Array.from(rows, ({ entry }) => entry),
    weight: new Float64Array(rows.length).fill(weight),
    columns: 1,
    design: Float64Array.from(rows, ({ x }) => x),
  });
  const plain = fitParametric(livesOf(once, times), weibull, ["x"]);
  const many = fitParametric(livesOf(Array.from({ length: times }, () => once).flat(), 1), weibull, ["x"]);
  expect(many.loglik).toBeCloseTo(plain.loglik, 6);
  for (const [j, each] of plain.theta.entries()) expect(many.theta[j]).toBeCloseTo(each, 8);
  for (const [at, each] of plain.covariance.entries()) expect(many.covariance[at] / each).toBeCloseTo(1, 7);
});
