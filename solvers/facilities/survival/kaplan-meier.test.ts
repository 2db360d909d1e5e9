import fc from "fast-check";
import { expect, test } from "vitest";
import { kaplanMeier } from "./kaplan-meier.ts";

test("ages 6, 10 and 15 of five units: 4/5, then 2/3 and 1/2 of what stood", () => {
  const curve = kaplanMeier({ exit: [6, 7, 10, 15, 19], observed: [1, 0, 1, 1, 0] });
  expect(Array.from(curve.times)).toEqual([6, 7, 10, 15, 19]);
  [0.8, 0.8, 0.8 * (2 / 3), 0.8 / 3, 0.8 / 3].forEach((value, k) => {
    expect(curve.survival[k]).toBeCloseTo(value, 12);
  });
});

const life = fc.record({
  entry: fc.integer({ min: 0, max: 30 }),
  years: fc.integer({ min: 1, max: 40 }),
  failed: fc.integer({ min: 0, max: 1 }),
});

test("survival never rises and stays between 0 and 1, whoever enters late or leaves early", () => {
  fc.assert(
    fc.property(fc.array(life, { minLength: 1, maxLength: 40 }), (lives) => {
      const curve = kaplanMeier({
        exit: lives.map((each) => each.entry + each.years),
        observed: lives.map((each) => each.failed),
        entry: lives.map((each) => each.entry),
      });
      for (let k = 0; k < curve.times.length; k++) {
        expect(curve.survival[k]).toBeLessThanOrEqual(k === 0 ? 1 : curve.survival[k - 1]);
        expect(curve.survival[k]).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test("without censoring the curve is the share that outlived each age", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 60 }), (exit) => {
      const curve = kaplanMeier({ exit, observed: exit.map(() => 1) });
      curve.times.forEach((time, k) => {
        expect(curve.survival[k]).toBeCloseTo(exit.filter((each) => each > time).length / exit.length, 10);
      });
    }),
  );
});

test("a unit that leaves before it enters is refused with its row", () => {
  expect(() => kaplanMeier({ exit: [5, 4], observed: [1, 1], entry: [0, 4] })).toThrow(/row 2: entry 4 and exit 4/);
});
