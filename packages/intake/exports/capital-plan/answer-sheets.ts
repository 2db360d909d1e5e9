import type { BaselinesAnswer, Fan, FrontierAnswer, FuturesAnswer } from "@trivium/model";
import type { SheetChart, WriteSheet } from "hucre";
import { type Cell, columnRange, type SheetColumn, sheet } from "../workbook/sheet.ts";
import { BLUE, GREY, placed, RED, usdAxes, yearAxes } from "./charts.ts";

/** What the plan's own questions answer, for the workbook and the board's report; each is left out where nobody asked it. */
export interface CapitalPlanAnswers {
  readonly futures?: FuturesAnswer;
  readonly baselines?: BaselinesAnswer;
  readonly frontier?: FrontierAnswer;
}

export function answerSheets({ futures, baselines, frontier }: CapitalPlanAnswers, approved: boolean): WriteSheet[] {
  return [
    ...(futures ? [futuresSheet(futures, approved)] : []),
    ...(baselines ? [baselinesSheet(baselines, approved)] : []),
    ...(frontier ? [frontierSheet(frontier, approved)] : []),
  ];
}

const PERCENTILES = ["p05", "p25", "p50", "p75", "p95"] as const;
const fanColumns = (title: string, format: SheetColumn["format"]): SheetColumn[] => [
  { title: `${title}, mean`, format },
  ...PERCENTILES.map((p): SheetColumn => ({ title: `${title}, ${Number(p.slice(1))} %`, format })),
];
const fanCells = (fan: Fan): Cell[] => [fan.mean, ...PERCENTILES.map((p) => fan[p])];

/** The plan in simulated futures: emergencies, backlog and condition as fans by year, and how likely a year is overrun. */
function futuresSheet({ by_year }: FuturesAnswer, approved: boolean): WriteSheet {
  const name = "Futures";
  const columns: SheetColumn[] = [
    { title: "Fiscal year", format: "year" },
    ...fanColumns("Emergency cost", "usd"),
    ...fanColumns("Backlog", "usd"),
    ...fanColumns("FCI", "share"),
    ...fanColumns("Failures", "decimal"),
    { title: "Unspent", format: "usd" },
    { title: "Chance of overrun", format: "share" },
  ];
  const rows = by_year.map((year): Cell[] => [
    year.fiscal_year,
    ...fanCells(year.emergency_usd),
    ...fanCells(year.backlog_usd),
    ...fanCells(year.fci),
    ...fanCells(year.failures),
    year.unspent_usd,
    year.overrun_chance,
  ]);
  const fan = (first: number, place: number, title: string, axes: SheetChart["axes"]): SheetChart => ({
    ...placed(place, columns.length + 1),
    type: "line",
    title,
    series: [
      [first + 1, "5 %", GREY],
      [first + 3, "median", BLUE],
      [first + 5, "95 %", RED],
    ].map(([at, label, color]) => ({
      name: String(label),
      values: columnRange(name, Number(at), rows.length, approved),
      categories: columnRange(name, 0, rows.length, approved),
      color: String(color),
    })),
    axes,
  });
  const charts = [
    fan(1, 0, "Emergency cost by year", usdAxes),
    fan(7, 1, "Backlog by year", usdAxes),
    fan(13, 2, "FCI by year", yearAxes("0.0%")),
  ];
  return sheet({ name, columns, rows, approved, charts: rows.length === 0 ? [] : charts });
}

/** The plan beside today's list and the rules of thumb, on the same futures. */
function baselinesSheet({ lists }: BaselinesAnswer, approved: boolean): WriteSheet {
  const columns: SheetColumn[] = [
    { title: "List" },
    { title: "Projects", format: "whole" },
    { title: "Spend", format: "usd" },
    { title: "Expected cost over the horizon", format: "usd" },
    { title: "Saved", format: "usd" },
    { title: "Share of the saving that is possible", format: "share" },
    { title: "FCI at the end", format: "share" },
    ...fanColumns("Failures", "decimal"),
    ...fanColumns("Emergency cost", "usd"),
    { title: "The plan costs less in emergencies", format: "share" },
  ];
  const rows = lists.map((list): Cell[] => [
    list.name,
    list.projects,
    list.spend_usd,
    list.objective_usd,
    list.saved_usd,
    list.share_of_attainable ?? undefined,
    list.fci_end,
    ...fanCells(list.failures),
    ...fanCells(list.emergency_usd),
    list.plan_cheaper_chance,
  ]);
  return sheet({ name: "Beside other lists", columns, rows, approved });
}

/** What more or less money would do. */
function frontierSheet({ points }: FrontierAnswer, approved: boolean): WriteSheet {
  const name = "More or less money";
  const columns: SheetColumn[] = [
    { title: "Share of the budgets", format: "share" },
    { title: "Budget", format: "usd" },
    { title: "Spend", format: "usd" },
    { title: "Projects", format: "whole" },
    { title: "Expected cost over the horizon", format: "usd" },
    { title: "No plan costs less than", format: "usd" },
    { title: "Saved", format: "usd" },
    { title: "Expected failures", format: "decimal" },
    { title: "Emergency cost", format: "usd" },
    { title: "FCI at the end", format: "share" },
    { title: "One more dollar saves", format: "decimal" },
    { title: "Must-dos not met", format: "whole" },
  ];
  const rows = points.map((point): Cell[] => [
    point.budget_share,
    point.budget_usd,
    point.spend_usd,
    point.projects,
    point.objective_usd,
    point.bound_usd,
    point.saved_usd,
    point.expected_failures,
    point.emergency_usd,
    point.fci_end,
    point.dollar_saves_usd,
    point.must_do_unmet,
  ]);
  const chart: SheetChart = {
    ...placed(0, columns.length + 1),
    type: "scatter",
    title: "Expected cost over the horizon against the budget",
    series: [
      {
        name: "Expected cost",
        values: columnRange(name, 4, rows.length, approved),
        categories: columnRange(name, 1, rows.length, approved),
        color: BLUE,
      },
    ],
    legend: false,
    axes: {
      x: { title: "Budget", numberFormat: { formatCode: "$#,##0" } },
      y: { numberFormat: { formatCode: "$#,##0" } },
    },
  };
  return sheet({ name, columns, rows, approved, charts: rows.length === 0 ? [] : [chart] });
}
