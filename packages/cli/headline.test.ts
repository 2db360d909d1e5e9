import { expect, test } from "vitest";
import { headline } from "./headline.ts";

test("a plan that was not found says what may stand in its way, a found one does not", () => {
  const plan = { area: "facilities", metrics: {}, bound: null } as const;
  expect(headline({ ...plan, status: "no_plan" }, null)).toContain("equity floor");
  expect(headline({ ...plan, status: "feasible" }, null)).toBe("facilities (feasible)");
});
