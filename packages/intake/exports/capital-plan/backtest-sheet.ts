import type { Plan } from "@trivium/model";
import type { WriteSheet } from "hucre";
import { type Cell, type SheetColumn, sheet } from "../workbook/sheet.ts";

const COLUMNS: readonly SheetColumn[] = [
  { title: "Known at the end of" },
  { title: "Years ahead", format: "year" },
  { title: "Method" },
  { title: "Slice" },
  { title: "Measure" },
  { title: "Value", format: "decimal" },
  { title: "Low", format: "decimal" },
  { title: "High", format: "decimal" },
];

/** How the same method would have done on the district's own past. */
export function backtestSheet(plan: Plan<"facilities">, approved: boolean): WriteSheet {
  const rows = plan.decisions.backtest.map((row): Cell[] => [
    row.origin,
    row.horizon_years,
    row.method,
    row.slice,
    row.measure,
    row.value,
    row.low,
    row.high,
  ]);
  return sheet({ name: "Backtest", columns: COLUMNS, rows, approved });
}
