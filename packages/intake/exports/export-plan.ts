import { rm } from "node:fs/promises";
import { join } from "node:path";
import { applyScenario, type Dataset, InputError, onBaseline, type Plan } from "@trivium/model";
import type { CapitalPlanAnswers } from "./capital-plan/answer-sheets.ts";
import { csvFiles } from "./csv.ts";
import { DRAFT_FILE, draftNotice } from "./draft.ts";
import { type ExportFiles, writeFiles } from "./files.ts";
import { geojsonFiles } from "./geojson.ts";
import { letterFiles } from "./letters.ts";
import { routeChanges } from "./route-changes.ts";
import { sisChanges } from "./sis-changes.ts";

export const EXPORT_FORMATS = ["csv", "xlsx", "pdf", "geojson", "gtfs", "oneroster"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportResources {
  /** The dataset of the plan: names and places for the workbook. Without it the workbook shows ids only. */
  readonly dataset?: Dataset;
  /** Answers to a capital plan's questions, for the workbook and the report. */
  readonly answers?: CapitalPlanAnswers;
  /** A published plan that changes are told against, instead of today's service. */
  readonly baseline?: Plan;
  /** False marks every file of the export as a draft. */
  readonly approved: boolean;
}

/**
 * Writes a plan as files for people and other systems. Ids, numbers and headers are the district's own, never altered.
 * Each file appears whole; a plan that is not approved lies beside a DRAFT.txt, which an approved one takes away again.
 *
 * @returns paths of the files written
 * @throws InputError export-format where a format does not exist for the plan's area, export-too-large for a workbook,
 *   other-dataset where the dataset given is not the plan's
 */
export async function exportPlan(
  plan: Plan,
  format: ExportFormat,
  outDir: string,
  resources: ExportResources,
): Promise<string[]> {
  const { dataset } = resources;
  if (dataset && dataset.hash !== plan.dataset_hash) {
    throw new InputError(
      "other-dataset",
      "the plan was made from another dataset. Maybe the district's files have changed since",
      {
        values: { plan: plan.dataset_hash, given: dataset.hash },
      },
    );
  }
  const files = new Map(await contents(plan, format, resources));
  if (resources.approved) await rm(join(outDir, DRAFT_FILE), { force: true });
  else files.set(DRAFT_FILE, draftNotice(plan));
  return writeFiles(outDir, files);
}

async function contents(plan: Plan, format: ExportFormat, resources: ExportResources): Promise<ExportFiles> {
  switch (format) {
    case "csv": {
      const files = csvFiles(plan, resources.approved);
      const { dataset } = resources;
      if (plan.area === "scheduling") return new Map([...files, ...changesFor(plan as Plan<"scheduling">, resources)]);
      if (dataset && plan.area === "routing")
        return new Map([...files, ...ridersTold(plan as Plan<"routing">, dataset, resources.baseline)]);
      return files;
    }
    case "xlsx": {
      // The workbook writer is loaded for those who want one.
      const { workbookFiles } = await import("./workbook/workbook.ts");
      return workbookFiles(plan, resources);
    }
    case "pdf":
      return printedFiles(plan, resources);
    case "gtfs": {
      if (plan.area !== "routing") throw notFor(plan, format, "csv or xlsx");
      const { gtfsFiles } = await import("./gtfs/gtfs.ts");
      return gtfsFiles(plan as Plan<"routing">, resources);
    }
    case "oneroster": {
      if (plan.area !== "scheduling") throw notFor(plan, format, "csv or xlsx");
      const { oneRosterFiles } = await import("./oneroster/oneroster.ts");
      return oneRosterFiles(plan as Plan<"scheduling">, resources);
    }
    case "geojson":
      if (plan.area === "routing") return geojsonFiles(plan as Plan<"routing">, resources.approved);
      throw notFor(plan, format, "csv or xlsx");
  }
}

/** Letters and differences, against today's service or the published plan that stands for it. @throws InputError other-area where the baseline is no plan of routes */
function ridersTold(plan: Plan<"routing">, dataset: Dataset, baseline: Plan | undefined): ExportFiles {
  if (baseline && baseline.area !== "routing")
    throw new InputError("other-area", `the baseline is a ${baseline.area} plan. Maybe a plan of routes is meant`);
  const { scenario } = plan;
  const changes = baseline ? onBaseline(scenario.changes, baseline as Plan<"routing">) : scenario.changes;
  const district = applyScenario(dataset, { ...scenario, changes });
  return new Map([...letterFiles(plan, district), ...routeChanges(plan.decisions, district)]);
}

/** @throws InputError other-area where the baseline is no schedule */
function changesFor(plan: Plan<"scheduling">, { baseline, dataset }: ExportResources): ExportFiles {
  if (baseline && baseline.area !== "scheduling")
    throw new InputError(
      "other-area",
      `the baseline is a ${baseline.area} plan. Maybe the published schedule is meant`,
    );
  if (baseline) return sisChanges(plan, (baseline as Plan<"scheduling">).decisions);
  if (!dataset) return new Map();
  // With the scenario's changes: a published schedule that it was made on stands for today's.
  const { today_sections: sections, today_enrollments: enrollments } = applyScenario(dataset, plan.scenario).tables;
  return sisChanges(plan, { sections, enrollments });
}

/** What is printed: the capital plan for the board, timetables and driver sheets for those who live by them. */
async function printedFiles(plan: Plan, resources: ExportResources): Promise<ExportFiles> {
  switch (plan.area) {
    case "facilities": {
      const { boardReport } = await import("./capital-plan/report/report.ts");
      return boardReport(plan as Plan<"facilities">, resources);
    }
    case "scheduling": {
      const { timetableFiles } = await import("./timetables/timetables.ts");
      return timetableFiles(plan as Plan<"scheduling">, resources);
    }
    case "routing": {
      const { driverSheetFiles } = await import("./driver-sheets/driver-sheets.ts");
      return driverSheetFiles(plan as Plan<"routing">, resources);
    }
  }
}

const notFor = (plan: Plan, format: ExportFormat, instead: string): InputError =>
  new InputError("export-format", `a ${plan.area} plan is not exported as ${format}. Maybe ${instead} is meant`, {
    values: { format, area: plan.area },
  });
