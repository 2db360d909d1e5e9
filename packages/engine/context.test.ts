import { expect, test } from "vitest";
import { createContext } from "./context.ts";
import type { Task } from "./engine.ts";

/** Counts to the end of its budget and draws one number. */
const count: Task<null, number, { input: number; iterations: number; drawn: number }> = {
  name: "count",
  run(_problem, input, context) {
    let iterations = 0;
    while (context.budget.spent(iterations) < 1) iterations++;
    return { input, iterations, drawn: context.random.bits() };
  },
};

test("children share the iterations, keep their order, and do not depend on the number of threads", async () => {
  const run = (threads: number) =>
    createContext(null, { limits: { iterations: 400 }, seed: 5, threads }).map(count, [10, 20, 30, 40]);
  const alone = await run(1);
  expect(alone.map((each) => [each.input, each.iterations])).toEqual([
    [10, 100],
    [20, 100],
    [30, 100],
    [40, 100],
  ]);
  expect(await run(3)).toEqual(alone);
  expect(new Set(alone.map((each) => each.drawn)).size).toBe(4);
});

test("children of different weight have their part of the iterations in proportion", async () => {
  const context = createContext(null, { limits: { iterations: 400 } });
  const counted = await context.map(count, [1, 2], { from: 0, to: 0.5, weights: [3, 1] });
  expect(counted.map((each) => each.iterations)).toEqual([150, 50]);
});

test("a timed solve with children replays exactly from its records", async () => {
  let clockMs = 0;
  const live = createContext(null, { limits: { timeS: 1 }, threads: 1, now: () => (clockMs += 3) });
  const first = await live.map(count, [1, 2], { from: 0, to: 0.5 });
  const again = createContext(null, { limits: { timeS: 1 }, replay: live.records() });
  expect(await again.map(count, [1, 2], { from: 0, to: 0.5 })).toEqual(first);
});

test("progress of children adds up to the part they were given", async () => {
  const shares: number[] = [];
  const reporting: Task<null, number, null> = {
    name: "reporting",
    run(_problem, _input, context) {
      context.budget.spent(50);
      context.report({ phase: "half way", iterations: 50, best: null, best_label: "", bound: null });
      return null;
    },
  };
  const context = createContext(null, {
    limits: { iterations: 200 },
    onProgress: (progress) => shares.push(progress.share),
  });
  await context.map(reporting, [1, 2], { from: 0, to: 1 });
  expect(shares).toEqual([0.25, 0.75]);
});
