import fc from "fast-check";
import { expect, test } from "vitest";
import { partialLogLikelihood, type Ties } from "./partial-likelihood.ts";
import { type CoxLives, riskOrder } from "./risk-sets.ts";

const life = fc.record({
  entry: fc.constantFrom(-Infinity, 0, 1, 2),
  lasted: fc.integer({ min: 1, max: 4 }),
  observed: fc.boolean(),
  weight: fc.constantFrom(1, 2, 0.5),
  stratum: fc.integer({ min: 0, max: 1 }),
  x: fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 1)),
});

type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

const exitOf = ({ entry, lasted }: Life) => Math.max(0, entry) + lasted;

const livesOf = (rows: readonly Life[]): CoxLives => ({
  n: rows.length,
  exit: Float64Array.from(rows, exitOf),
  observed: Uint8Array.from(rows, ({ observed }) => +observed),
  entry: Float64Array.from(rows, ({ entry }) => entry),
  weight: Float64Array.from(rows, ({ weight }) => weight),
  stratum: Int32Array.from(rows, ({ stratum }) => stratum),
  columns: 2,
  design: Float64Array.from(rows.flatMap(({ x }) => x)),
});

/** The definition, risk set by risk set. */
function byDefinition(rows: readonly Life[], beta: readonly number[], ties: Ties): number {
  const risk = ({ weight, x }: Life) => weight * Math.exp(x[0] * beta[0] + x[1] * beta[1]);
  const sum = (of: readonly Life[], what: (each: Life) => number) => of.reduce((all, each) => all + what(each), 0);
  let total = 0;
  for (const stratum of [0, 1]) {
    const all = rows.filter((row) => row.stratum === stratum);
    for (const time of new Set(all.filter((row) => row.observed).map(exitOf))) {
      const failed = all.filter((row) => row.observed && exitOf(row) === time);
      const atRisk = all.filter((row) => row.entry < time && exitOf(row) >= time);
      const average = sum(failed, (row) => row.weight) / failed.length;
      total += sum(failed, (row) => row.weight * Math.log(risk(row) / row.weight));
      failed.forEach((_, l) => {
        const share = ties === "efron" ? l / failed.length : 0;
        total -= average * Math.log(sum(atRisk, risk) - share * sum(failed, risk));
      });
    }
  }
  return total;
}

test("value, gradient and Hessian are those of the definition, with ties, strata, weights and late entry", () => {
  fc.assert(
    fc.property(
      fc.array(life, { minLength: 1, maxLength: 25 }),
      fc.constantFrom<Ties>("efron", "breslow"),
      (rows, ties) => {
        const lives = livesOf(rows);
        const beta = [0.4, -0.7];
        const likelihood = partialLogLikelihood(lives, riskOrder(lives), ties);
        const at = (theta: readonly number[]) => {
          const gradient = new Float64Array(2);
          const hessian = new Float64Array(4);
          const value = likelihood(Float64Array.from(theta), gradient, hessian);
          return { value, gradient, hessian };
        };
        const here = at(beta);
        expect(here.value).toBeCloseTo(byDefinition(rows, beta, ties), 9);
        for (const j of [0, 1]) {
          const moved = (by: number) => beta.map((each, m) => (m === j ? each + by : each));
          const slope = (byDefinition(rows, moved(1e-5), ties) - byDefinition(rows, moved(-1e-5), ties)) / 2e-5;
          expect(here.gradient[j]).toBeCloseTo(slope, 5);
          for (const m of [0, 1]) {
            const bend = (at(moved(1e-5)).gradient[m] - at(moved(-1e-5)).gradient[m]) / 2e-5;
            expect(here.hessian[m * 2 + j]).toBeCloseTo(bend, 5);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
