import type { WriteSheet } from "hucre";
import { type Cell, type SheetColumn, sheet } from "../workbook/sheet.ts";
import type { Names } from "./names.ts";
import type { Project } from "./spend.ts";

const COLUMNS: readonly SheetColumn[] = [
  { title: "Fiscal year", format: "year" },
  { title: "School" },
  { title: "School name" },
  { title: "Building" },
  { title: "Asset" },
  { title: "Type" },
  { title: "Action" },
  { title: "Fund" },
  { title: "Cost", format: "usd" },
  { title: "Reason", width: 60 },
];

/** The same projects in three orders: as the year, the school and the fund are asked for. */
export function projectSheets(projects: readonly Project[], name: Names, approved: boolean): WriteSheet[] {
  const by = (title: string, order: (project: Project) => string) =>
    sheet({ name: title, columns: COLUMNS, rows: projectRows(projects, order, name), approved });
  return [
    by("Plan by year", (project) => `${project.fiscal_year} ${project.school_id ?? ""}`),
    by("By school", (project) => `${project.school_id ?? ""} ${project.fiscal_year}`),
    by("By fund", (project) => `${project.fund_id ?? ""} ${project.fiscal_year}`),
  ];
}

function projectRows(projects: readonly Project[], order: (project: Project) => string, name: Names): Cell[][] {
  const key = (project: Project) => `${order(project)} ${project.asset_id}`;
  return [...projects]
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .map((project) => [
      project.fiscal_year,
      project.school_id,
      name.school(project.school_id),
      project.building_id,
      project.asset_id,
      name.type(project.asset_id),
      project.action,
      project.fund_id,
      project.cost_usd,
      project.reason,
    ]);
}
