import { expect, test } from "vitest";
import { Warm } from "./warm.ts";

test("the one used longest ago goes first", () => {
  const warm = new Warm<number>(2);
  warm.set("a", 1);
  warm.set("b", 2);
  warm.get("a");
  warm.set("c", 3);
  expect([warm.get("a"), warm.get("b"), warm.get("c")]).toEqual([1, undefined, 3]);
  warm.delete("a");
  expect(warm.get("a")).toBeUndefined();
});
