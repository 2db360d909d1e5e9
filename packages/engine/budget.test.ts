import { expect, test } from "vitest";
import { LiveBudget, partOf, ReplayBudget } from "./budget.ts";

const still = { now: () => 0, cancelled: () => false };

test("a budget of 2,000 iterations is half spent after 1,000", () => {
  const budget = new LiveBudget({ iterations: 2000 }, still);
  expect(budget.spent(1000)).toBe(0.5);
  expect(budget.spent(2000)).toBe(1);
});

test("a timed run replays to the same shares without a clock", () => {
  let clockMs = 0;
  const live = new LiveBudget({ timeS: 3 }, { now: () => clockMs, cancelled: () => false });
  const shares: number[] = [];
  for (const step of [10, 700, 5, 900, 1300, 2000]) {
    clockMs += step;
    shares.push(live.spent(0));
  }
  const replay = new ReplayBudget(live.record);
  expect(shares.map(() => replay.spent())).toEqual(shares);
});

test("cancelling says stop at once, and the replay stops at the same checkpoint", () => {
  let cancelled = false;
  const live = new LiveBudget({ iterations: 100 }, { now: () => 0, cancelled: () => cancelled });
  live.spent(10);
  cancelled = true;
  expect(live.spent(20)).toBe(Infinity);
  const replay = new ReplayBudget(live.record);
  expect([replay.spent(), replay.spent()]).toEqual([0.1, Infinity]);
});

test("a phase from a quarter to three quarters sees its own part as a whole", () => {
  const budget = new LiveBudget({ iterations: 1000 }, still);
  const part = partOf(budget, 0.25, 0.75);
  expect([part.spent(100), part.spent(500), part.spent(900)]).toEqual([0, 0.5, 1]);
});
