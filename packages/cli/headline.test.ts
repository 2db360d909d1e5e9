import { expect, test } from "vitest";
import { headline } from "./headline.ts";

test("a plan that was not found says what may stand in its way, a found one does not", () => {
  const plan = { area: "facilities", metrics: {}, bound: null } as const;
  expect(headline({ ...plan, status: "no_plan" }, null)).toContain("equity floor");
  expect(headline({ ...plan, status: "feasible" }, null)).toBe("facilities (feasible)");
});

test("a schedule's two limits stand below each other: whatever the times, and at its times", () => {
  const limit = (best_possible: number, gap: number) => ({
    objective: "requests_met",
    value: 90,
    best_possible,
    gap,
    proof: "",
  });
  const plan = { area: "scheduling", metrics: {}, status: "feasible" } as const;
  const bound = { ...limit(100, 0.1), at_these_times: limit(92, 0.0217) };
  expect(
    headline({ ...plan, bound }, null)
      .split("\n")
      .slice(1),
  ).toEqual([
    "  proven: no plan has requests_met better than 100 (gap 10.00 %)",
    "  proven: no loading of these section times has requests_met better than 92 (gap 2.17 %)",
  ]);
});

test("an infeasible schedule says what is proven", () => {
  const provenance = { plan_hash: "", reason: "A-1, A-2 cannot all be taught" };
  const plan = { area: "scheduling", metrics: {}, status: "infeasible", bound: null, provenance } as const;
  expect(headline(plan, null)).toContain("proven: there is no plan. A-1, A-2 cannot all be taught");
});
