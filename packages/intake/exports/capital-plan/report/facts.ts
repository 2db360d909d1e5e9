import type { Dataset, Metrics, Plan } from "@trivium/model";
import type { CapitalPlanAnswers } from "../answer-sheets.ts";
import type { Names } from "../names.ts";

/** What the sections of the report are told. */
export interface Facts {
  readonly plan: Plan<"facilities">;
  /** With the scenario's changes; undefined where only the plan file is at hand. */
  readonly dataset: Dataset | undefined;
  readonly names: Names;
  readonly answers: CapitalPlanAnswers;
}

/** A figure of the plan; undefined where this plan does not report it. */
export function figure(metrics: Metrics, name: string): number | undefined {
  const value = metrics[name];
  return typeof value === "number" ? value : undefined;
}
