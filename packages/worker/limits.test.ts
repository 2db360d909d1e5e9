import { expect, test } from "vitest";
import { searchLimits, seedOf, threadsOf } from "./limits.ts";

test("iterations alone set no clock", () => {
  expect(searchLimits("routing", { iterations: 500 }, 12)).toEqual({ iterations: 500 });
});

test("preparing is taken off the time limit: 30 s with 4 s of roads leave 26 s of search", () => {
  expect(searchLimits("routing", { time_s: 30 }, 4)).toEqual({ timeS: 26 });
  expect(searchLimits("routing", { time_s: 30, iterations: 9 }, 4)).toEqual({ timeS: 26, iterations: 9 });
});

test("the search keeps a quarter of the limit, however long the preparation took", () => {
  expect(searchLimits("scheduling", { time_s: 20 }, 60)).toEqual({ timeS: 5 });
});

test("an answer to a what-if on a schedule is finished and verified within its limit: 2 s with 0.2 s of building leave 1 s of search", () => {
  expect(searchLimits("scheduling", { time_s: 2 }, 0.2, true)).toEqual({ timeS: 1 });
  expect(searchLimits("scheduling", { time_s: 2 }, 0.6, true)).toEqual({ timeS: 0.5 });
  expect(searchLimits("scheduling", { iterations: 9 }, 0.6, true)).toEqual({ iterations: 9 });
});

test("without any limit an area has its own, one thread and seed 1", () => {
  expect(searchLimits("scheduling", {}, 0)).toEqual({ timeS: 30 });
  expect([threadsOf({}), seedOf({})]).toEqual([1, 1]);
});
