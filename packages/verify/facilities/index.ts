import type { Dataset, Plan } from "@trivium/model";
import type { Report } from "../report.ts";

/** Checks a facilities plan against the district's tables (scenario already applied). */
export function verifyFacilities(_dataset: Dataset, plan: Plan<"facilities">, report: Report): void {
  report.compareMetrics(plan.metrics, []);
}
