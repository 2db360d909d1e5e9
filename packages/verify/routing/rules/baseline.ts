import type { Report } from "../../report.ts";
import { wantsLittleChange } from "../changes.ts";
import type { RoutingReading } from "../reading.ts";

/** A plan that was to change little says what service it was held against: today's, which the district gave, or the rows of another plan; no other plan has any. */
export function checkBaseline({ dataset, plan }: RoutingReading, report: Report): void {
  const { baseline } = plan.metrics;
  const rows = plan.decisions.baseline;
  if (!wantsLittleChange(dataset)) {
    report.check("routing.baseline", rows === undefined, () => "the plan has a baseline that nobody asked for");
    return;
  }
  const isToday = baseline === "today";
  report.check(
    "routing.baseline",
    isToday
      ? rows === undefined && dataset.tables.today_assignments.length > 0
      : typeof baseline === "string" && (rows ?? []).length > 0,
    () => `the plan was held against ${baseline ?? "nothing"}, whose rides are not there to be compared`,
  );
}
