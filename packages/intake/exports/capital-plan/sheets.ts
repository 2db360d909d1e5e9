import { applyScenario, type Plan } from "@trivium/model";
import type { WriteSheet } from "hucre";
import type { ExportResources } from "../export-plan.ts";
import { answerSheets } from "./answer-sheets.ts";
import { assetSheet } from "./asset-sheet.ts";
import { assumptionSheet } from "./assumption-sheet.ts";
import { backtestSheet } from "./backtest-sheet.ts";
import { fairnessSheet } from "./fairness-sheet.ts";
import { names } from "./names.ts";
import { projectSheets } from "./project-sheets.ts";
import { unmetSheets } from "./unmet-sheet.ts";
import { fundSheet, yearSheet } from "./year-sheets.ts";

/** The capital plan as a board and a plant manager read it: by year, school and fund; every asset; what it all rests on. */
export function capitalPlanSheets(plan: Plan<"facilities">, resources: ExportResources): WriteSheet[] {
  const { approved } = resources;
  const dataset = resources.dataset && applyScenario(resources.dataset, plan.scenario);
  const name = names(dataset);
  return [
    ...projectSheets(plan.decisions.plan, name, approved),
    yearSheet(plan, approved),
    fundSheet(plan, approved),
    ...answerSheets(resources.answers ?? {}, approved),
    fairnessSheet(plan, name, approved),
    assetSheet(plan, dataset, name, approved),
    assumptionSheet(plan, dataset, approved),
    backtestSheet(plan, approved),
    ...unmetSheets(plan, approved),
  ];
}
