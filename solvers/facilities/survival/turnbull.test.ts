import fc from "fast-check";
import { expect, test } from "vitest";
import { fitSurvival } from "./fit-survival.ts";
import type { IntervalResult } from "./interval-results.ts";
import { kaplanMeier } from "./kaplan-meier.ts";

type Span = { lower: string; upper: string; weight?: string };
const estimate = (spans: readonly Span[]) =>
  fitSurvival({
    model: "turnbull",
    columns: {
      lower: spans.map((each) => each.lower),
      upper: spans.map((each) => each.upper),
      weight: spans.map((each) => each.weight ?? "1"),
    },
    lower: "lower",
    upper: "upper",
    weights: "weight",
  }) as IntervalResult;
const span = (lower: number | "", upper: number | "") => ({ lower: String(lower), upper: String(upper) });

const age = fc.integer({ min: 1, max: 20 });

test("without censoring the estimate is the share of lives at each age", () => {
  fc.assert(
    fc.property(fc.array(age, { minLength: 1, maxLength: 40 }), (ages) => {
      const { from, to, mass } = estimate(ages.map((each) => span(each, each)));
      expect(from).toEqual([...new Set(ages)].sort((a, b) => a - b));
      expect(to).toEqual(from);
      from.forEach((each, j) => {
        expect(mass[j]).toBeCloseTo(ages.filter((other) => other === each).length / ages.length, 9);
      });
    }),
  );
});

test("under right censoring the estimate is Kaplan–Meier's", () => {
  const life = fc.record({ age, failed: fc.boolean() });
  fc.assert(
    fc.property(fc.array(life, { minLength: 1, maxLength: 30 }), (lives) => {
      const curve = kaplanMeier({
        exit: lives.map((each) => each.age),
        observed: lives.map((each) => +each.failed),
      });
      const { to, survival, converged } = estimate(lives.map((each) => span(each.age, each.failed ? each.age : "")));
      expect(converged).toBe(true);
      to.forEach((each, j) => {
        if (each !== null) expect(survival[j]).toBeCloseTo(curve.survival[curve.times.indexOf(each)], 7);
      });
    }),
  );
});

const inspected = fc.oneof(
  fc
    .record({ lower: age, width: fc.integer({ min: 0, max: 8 }) })
    .map(({ lower, width }) => span(lower, lower + width)),
  age.map((lower) => span(lower, "")),
  age.map((upper) => span("", upper)),
);

/** Does the observed set hold the whole of (from, to]? */
const holds = ({ lower, upper }: Span, from: number, to: number | null) => {
  const [a, b, last] = [Number(lower), upper === "" ? Infinity : Number(upper), to ?? Infinity];
  return last <= b && (a === b ? from === a && last === a : from > a || (from === a && last > a));
};

test("no other curve is likelier: the gain of mass anywhere is at most the number of lives, and equal to it where mass lies", () => {
  fc.assert(
    fc.property(fc.array(inspected, { minLength: 1, maxLength: 25 }), (spans) => {
      const { from, to, mass, converged } = estimate(spans);
      expect(converged).toBe(true);
      expect(mass.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 8);
      const gain = from.map(() => 0);
      for (const each of spans) {
        const inside = from.flatMap((_, j) => (holds(each, from[j], to[j]) ? [j] : []));
        const probability = inside.reduce((sum, j) => sum + mass[j], 0);
        for (const j of inside) gain[j] += 1 / probability;
      }
      gain.forEach((each, j) => {
        expect(each).toBeLessThan(spans.length * (1 + 1e-3));
        if (mass[j] > 1e-3) expect(each / spans.length).toBeCloseTo(1, 5);
      });
    }),
  );
});

test("two inspections that overlap put all mass where both agree, however often the rows count", () => {
  const { from, to, mass } = estimate([{ ...span(0, 4), weight: "3" }, span(2, 6), span(5, "")]);
  expect([from, to]).toEqual([
    [2, 5],
    [4, 6],
  ]);
  expect(mass[0]).toBeCloseTo(3 / 4, 6);
});

test("5,000 Weibull lives inspected every third year: the curve is theirs within three points", () => {
  const spans: Span[] = [];
  for (let i = 0; i < 5000; i++) {
    const life = 20 * (-Math.log((i + 0.5) / 5000)) ** 0.4;
    const phase = i % 3;
    const before = Math.max(0, phase + 3 * Math.floor((life - phase) / 3));
    const after = phase + 3 * Math.floor((life - phase) / 3) + 3;
    spans.push(life > 30 ? span(30, "") : span(before, after));
  }
  const { to, survival, converged } = estimate(spans);
  expect(converged).toBe(true);
  for (const [j, each] of to.entries())
    if (each !== null && each < 28) expect(Math.abs(survival[j] - Math.exp(-((each / 20) ** 2.5)))).toBeLessThan(0.03);
});
