import type { Dataset, Plan } from "@trivium/model";
import type { Report } from "../report.ts";

/** Checks a scheduling plan against the district's tables (scenario already applied). */
export function verifyScheduling(_dataset: Dataset, plan: Plan<"scheduling">, report: Report): void {
  report.compareMetrics(plan.metrics, []);
}
