import type { Dataset, Plan } from "@trivium/model";
import type { Report } from "../report.ts";
import { figures } from "./figures.ts";
import { readPlan } from "./reading.ts";
import { RULES } from "./rules.ts";

const REQUIRED_FIGURES = ["requests", "requests_met", "requests_met_share", "students_complete", "sections", "status"];

/** Checks a master schedule against the district's tables (scenario already applied): every hard rule, every figure. */
export function verifyScheduling(dataset: Dataset, plan: Plan<"scheduling">, report: Report): void {
  const reading = readPlan(dataset, plan);
  for (const rule of RULES) rule(reading, report);
  figures(reading, report);
  const bound = plan.bound;
  if (bound?.objective === "requests_met")
    report.check(
      "plan.bound-side",
      bound.best_possible >= bound.value - 1e-6,
      () => `the bound ${bound.best_possible} lies below the plan's ${bound.value}`,
    );
  report.compareMetrics(plan.metrics, REQUIRED_FIGURES);
}
