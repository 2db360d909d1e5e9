import type { Dataset, Plan } from "@trivium/model";
import type { Report } from "../report.ts";
import { figures } from "./figures.ts";
import { readPlan } from "./reading.ts";
import { RULES } from "./rules.ts";

const REQUIRED_FIGURES = [
  "requests",
  "requests_met",
  "requests_met_share",
  "students_complete",
  "sections",
  "status",
  "draft",
];

/** Checks a master schedule against the district's tables (scenario already applied): every hard rule, every figure. */
export function verifyScheduling(dataset: Dataset, plan: Plan<"scheduling">, report: Report): void {
  const reading = readPlan(dataset, plan);
  for (const rule of RULES) rule(reading, report);
  figures(reading, report);
  report.compareMetrics(plan.metrics, REQUIRED_FIGURES);
}
