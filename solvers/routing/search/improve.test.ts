import { createContext, Random } from "@trivium/engine";
import { expect, test } from "vitest";
import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import { leastOf } from "../testing/every-plan.ts";
import { randomHalfDay } from "../testing/random-half-day.ts";
import { recompute } from "../testing/recompute.ts";
import { improve } from "./improve.ts";

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
  expect(counted.cost).toBeCloseTo(leastOf(day).cost, 3);
});

test.each([1, 2, 3, 4, 5, 6])("with mixed loads too (%i)", (seed) => {
  const starts = Int32Array.of(25_000, 25_400);
  const day = randomHalfDay(seed, 4, 2, {
    schoolMixes: new Uint8Array(4).fill(1),
    visitUnload: Int32Array.of(5, 10, 20, 7),
    schoolEndMin: starts,
    schoolEndMax: starts.map((start) => start + 600),
  });
  const plan = solve(day, 6000);
  const counted = recompute(day, plan);
  expect(counted.broken).toEqual([]);
  expect(counted.cost).toBeCloseTo(leastOf(day).cost, 3);
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
