import type { PLAN_TABLES, Row, TABLES, TablesAnswer } from "@trivium/model";
import { rowsOf, type Wanted } from "../../data/tables.ts";

type District<N extends keyof typeof TABLES> = Row<(typeof TABLES)[N]>;
type Decided<N extends keyof (typeof PLAN_TABLES)["facilities"]> = Row<(typeof PLAN_TABLES)["facilities"][N]>;

export const REGISTER: Wanted = {
  plan: {
    forecast: [
      "asset_id",
      "age_years",
      "p_fail_1y",
      "p_fail_5y",
      "p_fail_10y",
      "rul_p10",
      "rul_median",
      "rul_p90",
      "repair_1y_usd",
      "basis",
    ],
    plan: [],
  },
  district: {
    assets: ["asset_id", "building_id", "asset_type_id"],
    asset_types: ["asset_type_id", "title"],
    buildings: ["building_id", "name", "school_id"],
  },
};

export type Project = Decided<"plan">;
export type Year = Decided<"years">;

/** An asset that stands, with its forecast and what the plan does. */
export interface Asset extends Partial<Decided<"forecast">> {
  readonly asset_id: string;
  readonly building: string;
  readonly type: string;
  readonly project: Project | undefined;
}

export function assetsOf({ plan, district }: TablesAnswer): Asset[] {
  const titles = new Map(
    rowsOf<District<"asset_types">>(district.asset_types).map((row) => [row.asset_type_id, row.title]),
  );
  const names = new Map(rowsOf<District<"buildings">>(district.buildings).map((row) => [row.building_id, row.name]));
  const rows = new Map(rowsOf<District<"assets">>(district.assets).map((row) => [row.asset_id, row]));
  const projects = new Map(rowsOf<Project>(plan.plan).map((row) => [row.asset_id, row]));
  return rowsOf<Decided<"forecast">>(plan.forecast).map((forecast) => {
    const row = rows.get(forecast.asset_id);
    return {
      ...forecast,
      building: names.get(row?.building_id ?? "") ?? "",
      type: titles.get(row?.asset_type_id ?? "") ?? "",
      project: projects.get(forecast.asset_id),
    };
  });
}
