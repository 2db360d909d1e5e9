import { createContext, Random } from "@trivium/engine";
import { expect, test } from "vitest";
import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import { randomHalfDay } from "../testing/random-half-day.ts";
import { recompute } from "../testing/recompute.ts";
import { improve } from "./improve.ts";

/** Every way to put `items` into ordered lists (each list ordered, the lists a set). */
function* arrangements(items: readonly number[]): Generator<number[][]> {
  if (items.length === 0) {
    yield [];
    return;
  }
  const [first, ...rest] = items;
  for (const lists of arrangements(rest)) {
    yield [[first], ...lists];
    for (let list = 0; list < lists.length; list++)
      for (let place = 0; place <= lists[list].length; place++)
        yield lists.map((each, index) =>
          index === list ? [...each.slice(0, place), first, ...each.slice(place)] : each,
        );
  }
}

/** Least cost over all runs, all pieces of runs and all kinds of bus. */
function bruteForce(day: HalfDay): number {
  let best = Infinity;
  const visits = Array.from({ length: day.visits }, (_, visit) => visit);
  for (const runs of arrangements(visits)) {
    if (runs.some((run) => run.some((visit) => day.visitSchool[visit] !== day.visitSchool[run[0]]))) continue;
    for (const chains of arrangements(runs.map((_, index) => index))) {
      const pieces = chains.map((chain) => {
        const chained = chain.map((index) => runs[index]);
        const costs = [0, 1].map((kind) => {
          const { cost, broken } = recompute(day, { pieces: [{ kind, runs: chained }], bank: [], cost: 0 });
          return broken.length > 0 ? Infinity : cost;
        });
        return Math.min(...costs);
      });
      best = Math.min(
        best,
        pieces.reduce((sum, cost) => sum + cost, 0),
      );
    }
  }
  return best;
}

const solve = (day: HalfDay, iterations: number): HalfDayPlan => {
  const context = createContext(null, { limits: { iterations } });
  return improve(day, { budget: context.budget, random: new Random(5), piecesBound: 0, fleetShare: 0.5 });
};

test.each([1, 2, 3, 4, 5, 6, 7, 8])("the search finds the cheapest of all plans of a tiny half day (%i)", (seed) => {
  const day = randomHalfDay(seed, 5, 2);
  const plan = solve(day, 4000);
  const counted = recompute(day, plan);
  expect(counted.broken).toEqual([]);
  expect(plan.bank).toEqual([]);
  expect(counted.cost).toBeCloseTo(bruteForce(day), 3);
});

test("one more bus never makes the best plan of a tiny half day dearer", () => {
  const few = randomHalfDay(21, 5, 2, { kindCount: Int32Array.of(2, 2) });
  const more = randomHalfDay(21, 5, 2, { kindCount: Int32Array.of(3, 2) });
  expect(solve(more, 4000).cost).toBeLessThanOrEqual(solve(few, 4000).cost + 1e-6);
});

test("shifting all times of day changes nothing but the times", () => {
  const day = randomHalfDay(31, 20, 3);
  const later = {
    ...day,
    schoolEndMin: day.schoolEndMin.map((t) => t + 777),
    schoolEndMax: day.schoolEndMax.map((t) => t + 777),
  };
  expect(solve(later, 2000)).toEqual(solve(day, 2000));
});
