import type { Plan } from "@trivium/model";
import type { SheetChart, WriteSheet } from "hucre";
import { type Cell, columnRange, type SheetColumn, sheet } from "../workbook/sheet.ts";
import { BLUE, GREY, placed, RED, usdAxes, yearAxes } from "./charts.ts";
import { spendByFund } from "./spend.ts";

type FacilitiesPlan = Plan<"facilities">;

const YEAR_COLUMNS: readonly SheetColumn[] = [
  { title: "Fiscal year", format: "year" },
  { title: "Spend", format: "usd" },
  { title: "Budget", format: "usd" },
  { title: "Expected failures", format: "decimal" },
  { title: "Expected emergency cost", format: "usd" },
  { title: "FCI", format: "share" },
];

/** Charts stand right of the table. */
const BESIDE = YEAR_COLUMNS.length + 1;

/** Year by year, with the charts that a board asks for: money planned against budgeted, emergencies, condition. */
export function yearSheet(plan: FacilitiesPlan, approved: boolean): WriteSheet {
  const { years } = plan.decisions;
  const rows = years.map((year): Cell[] => [
    year.fiscal_year,
    year.spend_usd,
    year.budget_usd,
    year.expected_failures,
    year.expected_emergency_usd,
    year.fci,
  ]);
  const name = "Years";
  const series = (at: number, color: string) => ({
    name: YEAR_COLUMNS[at].title,
    values: columnRange(name, at, rows.length, approved),
    categories: columnRange(name, 0, rows.length, approved),
    color,
  });
  const charts: SheetChart[] = [
    {
      ...placed(0, BESIDE),
      type: "column",
      title: "Planned spend and budget",
      series: [series(1, BLUE), series(2, GREY)],
      axes: usdAxes,
    },
    {
      ...placed(1, BESIDE),
      type: "column",
      title: "Expected emergency cost under the plan",
      series: [series(4, RED)],
      legend: false,
      axes: usdAxes,
    },
    {
      ...placed(2, BESIDE),
      type: "line",
      title: "Share of replacement value past its median life (FCI)",
      series: [series(5, BLUE)],
      legend: false,
      axes: yearAxes("0.0%"),
    },
  ];
  return sheet({ name, columns: YEAR_COLUMNS, rows, approved, charts: rows.length === 0 ? [] : charts });
}

/** Which fund pays in which year, stacked. */
export function fundSheet(plan: FacilitiesPlan, approved: boolean): WriteSheet {
  const { funds, years } = spendByFund(plan);
  const name = "Spend by fund";
  const chart: SheetChart = {
    ...placed(0, funds.length + 2),
    type: "column",
    barGrouping: "stacked",
    title: "Planned spend by fund",
    series: funds.map((fund, at) => ({
      name: fund || "no fund named",
      values: columnRange(name, at + 1, years.length, approved),
      categories: columnRange(name, 0, years.length, approved),
    })),
    axes: usdAxes,
  };
  return sheet({
    name,
    columns: [
      { title: "Fiscal year", format: "year" },
      ...funds.map((fund): SheetColumn => ({ title: fund || "no fund named", format: "usd" })),
    ],
    rows: years.map((year): Cell[] => [year.fiscalYear, ...year.spendUsd]),
    approved,
    charts: funds.length === 0 ? [] : [chart],
  });
}
