import type { Dataset, Plan } from "@trivium/model";
import type { SheetChart, WriteSheet } from "hucre";
import { type Cell, columnRange, type SheetColumn, sheet } from "../workbook/sheet.ts";
import type { Names } from "./names.ts";
import { spendByFund, spendBySchool } from "./spend.ts";

type FacilitiesPlan = Plan<"facilities">;

const YEAR_COLUMNS: readonly SheetColumn[] = [
  { title: "Fiscal year", format: "year" },
  { title: "Spend", format: "usd" },
  { title: "Budget", format: "usd" },
  { title: "Expected failures", format: "decimal" },
  { title: "Expected emergency cost", format: "usd" },
  { title: "FCI", format: "share" },
];

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
      ...placed(0),
      type: "column",
      title: "Planned spend and budget",
      series: [series(1, BLUE), series(2, GREY)],
      axes: axes("$#,##0"),
    },
    {
      ...placed(1),
      type: "column",
      title: "Expected emergency cost under the plan",
      series: [series(4, RED)],
      legend: false,
      axes: axes("$#,##0"),
    },
    {
      ...placed(2),
      type: "line",
      title: "Share of replacement value past its median life (FCI)",
      series: [series(5, BLUE)],
      legend: false,
      axes: axes("0.0%"),
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
    axes: axes("$#,##0"),
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

const SCHOOL_COLUMNS: readonly SheetColumn[] = [
  { title: "School" },
  { title: "School name" },
  { title: "Projects", format: "whole" },
  { title: "Visits", format: "whole" },
  { title: "Spend", format: "usd" },
  { title: "Enrollment", format: "whole" },
  { title: "Spend per pupil", format: "usd" },
  { title: "Area, sq ft", format: "whole" },
  { title: "Spend per sq ft", format: "decimal" },
];

/** What each school gets over the horizon, per pupil and per square foot. */
export function schoolSheet(
  plan: FacilitiesPlan,
  dataset: Dataset | undefined,
  names: Names,
  approved: boolean,
): WriteSheet {
  const rows = spendBySchool(plan, dataset).map((school): Cell[] => [
    school.schoolId,
    names.school(school.schoolId),
    school.projects,
    school.visits,
    school.spendUsd,
    school.enrollment,
    per(school.spendUsd, school.enrollment),
    school.areaSqft,
    per(school.spendUsd, school.areaSqft),
  ]);
  const name = "Spend by school";
  const chart: SheetChart = {
    ...placed(0, SCHOOL_COLUMNS.length + 1),
    type: "bar",
    title: "Planned spend by school",
    series: [
      {
        name: "Spend",
        values: columnRange(name, 4, rows.length, approved),
        categories: columnRange(name, 0, rows.length, approved),
        color: BLUE,
      },
    ],
    legend: false,
    axes: { y: { numberFormat: { formatCode: "$#,##0" } } },
  };
  return sheet({ name, columns: SCHOOL_COLUMNS, rows, approved, charts: rows.length === 0 ? [] : [chart] });
}

const per = (usd: number, count: number | undefined): number | undefined =>
  count === undefined || count <= 0 ? undefined : usd / count;

const BLUE = "2F6DB5";
const GREY = "B8C4D0";
const RED = "C0504D";
const CHART_ROWS = 18;
const CHART_COLUMNS = 9;

/** Charts stand one under the other, right of the table. */
const placed = (place: number, column = YEAR_COLUMNS.length + 1) => ({
  anchor: {
    from: { row: 1 + place * (CHART_ROWS + 1), col: column },
    to: { row: 1 + place * (CHART_ROWS + 1) + CHART_ROWS, col: column + CHART_COLUMNS },
  },
  legend: "bottom" as const,
});

const axes = (formatCode: string) => ({ x: { title: "Fiscal year" }, y: { numberFormat: { formatCode } } });
