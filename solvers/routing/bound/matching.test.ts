import { expect, test } from "vitest";
import { maximumMatching } from "./matching.ts";

test("a matching takes back a choice where that frees a place", () => {
  expect(maximumMatching([[0, 1], [0], [1, 2]], 3)).toBe(3);
  expect(maximumMatching([[0], [0], [0]], 1)).toBe(1);
  expect(maximumMatching([[], []], 2)).toBe(0);
});
