import type { Dataset, Plan } from "@trivium/model";
import type { Report } from "../report.ts";
import { figures } from "./figures.ts";
import { readPlan } from "./reading.ts";
import { RULES } from "./rules.ts";

/** `metrics.json` has at least these; `draft` is for the export to say. */
const REQUIRED_FIGURES = [
  "projects",
  "visits",
  "spend_usd",
  "must_do_met",
  "must_do_unmet",
  "objective_usd",
  "objective_if_nothing_usd",
  "bound_usd",
  "status",
];

/** What the fit says of its evidence, and dual prices: they follow from no table of the plan, so only their sense is checked. */
const OF_THE_FIT = [
  "forecast_failures_known",
  "failures_5y_if_unknown_removals_planned",
  "failures_5y_if_unknown_removals_failed",
];
const isDualPrice = (name: string): boolean => /^dollar_\d{4}_saves_usd$/.test(name);

/** Checks a capital plan against the district's tables (scenario already applied): every hard rule, every row of years.csv, every figure. */
export function verifyFacilities(dataset: Dataset, plan: Plan<"facilities">, report: Report): void {
  const reading = readPlan(dataset, plan);
  for (const rule of RULES) rule(reading, report);
  figures(reading, report);
  const taken = Object.keys(plan.metrics).filter((name) => OF_THE_FIT.includes(name) || isDualPrice(name));
  for (const name of taken)
    report.check("figures.not-negative", Number(plan.metrics[name]) >= 0, () => `figure ${name} is negative`, {
      figure: name,
    });
  report.compareMetrics(plan.metrics, REQUIRED_FIGURES, [...taken, "forecast_basis"]);
}
