import type { Plan } from "@trivium/model";
import type { WriteSheet } from "hucre";
import { type Cell, type SheetColumn, sheet } from "../workbook/sheet.ts";

const COLUMNS: readonly SheetColumn[] = [
  { title: "Asset" },
  { title: "Rule" },
  { title: "By", format: "year" },
  { title: "Why not" },
  { title: "Extra money", format: "usd" },
  { title: "Mend", width: 60 },
];

/** Must-dos that the budgets cannot carry; no sheet where there are none. */
export function unmetSheets(plan: Plan<"facilities">, approved: boolean): WriteSheet[] {
  if (plan.unmet.length === 0) return [];
  const rows = plan.unmet.map((row): Cell[] => [
    row.asset_id,
    row.rule,
    row.by,
    row.reason_code,
    row.extra_usd,
    row.fix,
  ]);
  return [sheet({ name: "Must-dos not met", columns: COLUMNS, rows, approved })];
}
