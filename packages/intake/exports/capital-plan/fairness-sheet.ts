import type { Plan } from "@trivium/model";
import type { SheetChart, WriteSheet } from "hucre";
import { type Cell, columnRange, type SheetColumn, sheet } from "../workbook/sheet.ts";
import { BLUE, placed } from "./charts.ts";
import type { Names } from "./names.ts";

const COLUMNS: readonly SheetColumn[] = [
  { title: "Slice" },
  { title: "School or group" },
  { title: "Name" },
  { title: "Pupils", format: "whole" },
  { title: "Area, sq ft", format: "whole" },
  { title: "Projects", format: "decimal" },
  { title: "Spend", format: "usd" },
  { title: "Spend per pupil", format: "usd" },
  { title: "Spend per sq ft", format: "decimal" },
  { title: "Spend per pupil against the district", format: "decimal" },
  { title: "Age at replacement, years", format: "decimal" },
  { title: "Risk with the plan", format: "usd" },
  { title: "Risk if nothing is done", format: "usd" },
  { title: "Risk per pupil", format: "usd" },
];

/** What each school and group gets and what risk it is left with; groups under ten pupils have no figures. */
export function fairnessSheet(plan: Plan<"facilities">, names: Names, approved: boolean): WriteSheet {
  const name = "Fairness";
  const all = plan.decisions.fairness ?? [];
  const schools = all.filter((row) => row.slice === "school");
  // Schools first, so that the chart's cells lie together.
  const ordered = [...schools, ...all.filter((row) => row.slice !== "school")];
  const rows = ordered.map((row): Cell[] => [
    row.slice,
    row.value,
    row.slice === "school" ? names.school(row.value) : row.suppressed ? "fewer than ten pupils" : undefined,
    row.pupils,
    row.area_sqft,
    row.projects,
    row.spend_usd,
    row.spend_per_pupil_usd,
    row.spend_per_sqft_usd,
    row.spend_ratio,
    row.age_at_replacement_years,
    row.risk_usd,
    row.risk_if_nothing_usd,
    row.risk_per_pupil_usd,
  ]);
  const chart: SheetChart = {
    ...placed(0, COLUMNS.length + 1),
    type: "bar",
    title: "Planned spend per pupil by school",
    series: [
      {
        name: COLUMNS[7].title,
        values: columnRange(name, 7, schools.length, approved),
        categories: columnRange(name, 1, schools.length, approved),
        color: BLUE,
      },
    ],
    legend: false,
    axes: { y: { numberFormat: { formatCode: "$#,##0" } } },
  };
  return sheet({ name, columns: COLUMNS, rows, approved, charts: schools.length === 0 ? [] : [chart] });
}
