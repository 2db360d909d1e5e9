import { type Column, InputError, type Plan } from "@trivium/model";
import ExcelJS, { type Workbook } from "exceljs";
import { addCapitalPlan } from "./capital-plan.ts";
import type { ExportResources } from "./export-plan.ts";
import type { ExportFiles } from "./files.ts";
import { type PlanTable, planTables } from "./plan-tables.ts";
import { addSheet, type Cell, type SheetColumn } from "./sheet.ts";

const FILE = {
  scheduling: "master-schedule.xlsx",
  routing: "bus-routes.xlsx",
  facilities: "capital-plan.xlsx",
} as const;

/** Rows that a workbook is built of in reasonable time and memory (about 1 GB); a spreadsheet is no place for more. */
const ROWS_MAX = 200_000;

/**
 * The plan as one workbook: for facilities the capital plan as a board reads it, else a sheet a table.
 * @throws InputError export-too-large
 */
export async function workbookFiles(plan: Plan, resources: ExportResources): Promise<ExportFiles> {
  const rows = planTables(plan).reduce((sum, table) => sum + table.rows.length, 0);
  if (rows > ROWS_MAX) {
    const most = ROWS_MAX.toLocaleString("en-US");
    throw new InputError(
      "export-too-large",
      `the plan has ${rows} rows, a workbook at most ${most}. Maybe csv is meant`,
      {
        values: { rows, most: ROWS_MAX },
      },
    );
  }
  const workbook = new ExcelJS.Workbook();
  workbook.creator = `Trivium ${plan.trivium_version}`;
  // Equal plans give equal workbooks: no time of writing.
  workbook.created = new Date(0);
  workbook.modified = new Date(0);
  if (plan.area === "facilities") addCapitalPlan(workbook, plan as Plan<"facilities">, resources);
  else addTables(workbook, plan, resources.approved);
  return new Map([[FILE[plan.area], new Uint8Array(await workbook.xlsx.writeBuffer())]]);
}

function addTables(workbook: Workbook, plan: Plan, approved: boolean): void {
  const figures = Object.entries({ ...plan.metrics, status: plan.status, draft: !approved });
  const summary = figures.map(([name, value]): Cell[] => [name, value ?? undefined]);
  addSheet(workbook, "metrics", [{ title: "metric" }, { title: "value" }], summary, approved);
  for (const table of planTables(plan)) {
    const columns = Object.entries(table.definition.columns);
    const name = table.definition.file.replace(/\.csv$/, "");
    addSheet(workbook, name, columns.map(sheetColumn), tableRows(table), approved);
  }
}

function tableRows({ definition, rows }: PlanTable): Cell[][] {
  const columns = Object.entries(definition.columns);
  return rows.map((row) => columns.map(([name, column]) => cell(column, row[name])));
}

/** Numbers stay numbers; times, lists and yes/no read as in the CSV. */
function cell(column: Column, value: unknown): Cell {
  if (value === undefined || value === null) return undefined;
  return typeof value === "number" && column.expects.includes("number") ? value : column.format(value);
}

function sheetColumn([title, column]: [string, Column]): SheetColumn {
  if (!column.expects.includes("number")) return { title };
  if (title.endsWith("_usd")) return { title, format: "usd" };
  return column.expects.includes("whole") ? { title, format: "year" } : { title };
}
