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
  boundsStand(plan, report);
  report.compareMetrics(plan.metrics, REQUIRED_FIGURES);
}

/** No limit lies below what the plan meets, and none at its times above that whatever the times. */
function boundsStand({ bound }: Plan<"scheduling">, report: Report): void {
  if (bound?.objective !== "requests_met") return;
  const loaded = bound.at_these_times;
  for (const { best_possible, value } of loaded ? [bound, loaded] : [bound])
    report.check(
      "plan.bound-side",
      best_possible >= value - 1e-6,
      () => `the bound ${best_possible} lies below the plan's ${value}`,
    );
  if (loaded)
    report.check(
      "plan.bound-order",
      loaded.best_possible <= bound.best_possible,
      () => `at these times ${loaded.best_possible} should be possible, whatever the times only ${bound.best_possible}`,
    );
}
