import { type Dataset, type Plan, rowKey, TABLES } from "@trivium/model";
import type { WriteSheet } from "hucre";
import { type Cell, type SheetColumn, sheet } from "../workbook/sheet.ts";
import type { Names } from "./names.ts";

const COLUMNS: readonly SheetColumn[] = [
  { title: "Asset" },
  { title: "Building" },
  { title: "Type" },
  { title: "Installed" },
  { title: "Age, years", format: "decimal" },
  { title: "Fails in 1 y", format: "share" },
  { title: "Fails in 3 y", format: "share" },
  { title: "Fails in 5 y", format: "share" },
  { title: "Fails in 10 y", format: "share" },
  { title: "Life left, 10 %", format: "decimal" },
  { title: "Life left, median", format: "decimal" },
  { title: "Life left, 90 %", format: "decimal" },
  { title: "Forecast rests on" },
  { title: "Planned in", format: "year" },
  { title: "Cost", format: "usd" },
  { title: "Reason", width: 60 },
];

/** Every live asset: its forecast, and when it is planned and why. */
export function assetSheet(
  plan: Plan<"facilities">,
  dataset: Dataset | undefined,
  name: Names,
  approved: boolean,
): WriteSheet {
  const assets = new Map(dataset?.tables.assets.map((asset) => [rowKey(TABLES.assets, asset), asset]));
  const planned = new Map(plan.decisions.plan.map((project) => [project.asset_id, project]));
  const rows = plan.decisions.forecast.map((forecast): Cell[] => {
    const asset = assets.get(forecast.asset_id);
    const project = planned.get(forecast.asset_id);
    return [
      forecast.asset_id,
      asset?.building_id ?? project?.building_id,
      name.type(forecast.asset_id),
      asset?.install_date,
      forecast.age_years,
      forecast.p_fail_1y,
      forecast.p_fail_3y,
      forecast.p_fail_5y,
      forecast.p_fail_10y,
      forecast.rul_p10,
      forecast.rul_median,
      forecast.rul_p90,
      forecast.basis,
      project?.fiscal_year,
      project?.cost_usd,
      project?.reason ?? "not within the horizon",
    ];
  });
  return sheet({ name: "Assets", columns: COLUMNS, rows, approved });
}
