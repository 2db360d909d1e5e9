import type { Dataset, Plan, RoadNetwork } from "@trivium/model";
import type { Report } from "../report.ts";

/** Checks a routing plan against the district's tables (scenario already applied). */
export async function verifyRouting(
  _dataset: Dataset,
  plan: Plan<"routing">,
  report: Report,
  _roads?: RoadNetwork,
): Promise<void> {
  report.compareMetrics(plan.metrics, []);
}
