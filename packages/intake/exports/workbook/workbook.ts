import { type Column, InputError, type Plan } from "@trivium/model";
import { type WriteSheet, writeXlsx } from "hucre/xlsx";
import { capitalPlanSheets } from "../capital-plan/sheets.ts";
import type { ExportResources } from "../export-plan.ts";
import type { ExportFiles } from "../files.ts";
import { type PlanTable, planTables } from "../plan-tables.ts";
import { type Cell, FONT, type SheetColumn, sheet } from "./sheet.ts";

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
  const sheets =
    plan.area === "facilities"
      ? capitalPlanSheets(plan as Plan<"facilities">, resources)
      : tableSheets(plan, resources.approved);
  // Equal plans give equal workbooks: no time of writing.
  const properties = { creator: `Trivium ${plan.trivium_version}`, created: new Date(0), modified: new Date(0) };
  return new Map([[FILE[plan.area], await writeXlsx({ sheets, properties, defaultFont: { name: FONT, size: 11 } })]]);
}

function tableSheets(plan: Plan, approved: boolean): WriteSheet[] {
  const figures = Object.entries({ ...plan.metrics, status: plan.status, draft: !approved });
  const summary = figures.map(([name, value]): Cell[] => [name, value ?? undefined]);
  const columns = [{ title: "metric" }, { title: "value" }];
  return [
    sheet({ name: "metrics", columns, rows: summary, approved }),
    ...planTables(plan).map((table) =>
      sheet({
        name: table.definition.file.replace(/\.csv$/, ""),
        columns: Object.entries(table.definition.columns).map(sheetColumn),
        rows: tableRows(table),
        approved,
      }),
    ),
  ];
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
