import { FACILITIES_DEFAULTS, type TableRow } from "@trivium/model";
import type { DistrictView } from "../view.ts";

type Asset = TableRow<"assets">;

export const SETTINGS_FILE = "facilities/settings.json";

/** Installed by as_of_date and not removed by then; without the date, simply not removed. */
export function isLive(view: DistrictView, asset: Asset): boolean {
  const asOf = view.settings.facilities.as_of_date;
  if (asOf === undefined) return asset.removed_date === undefined;
  return asset.install_date <= asOf && (asset.removed_date === undefined || asset.removed_date > asOf);
}

/** Fiscal years of the plan: the `horizon_years` that begin after as_of_date; year N ends in calendar year N. */
export function planYears(view: DistrictView): readonly number[] {
  const { as_of_date: asOf, horizon_years: years = FACILITIES_DEFAULTS.horizon_years } = view.settings.facilities;
  if (asOf === undefined) return [];
  const start = view.settings.facilities.fiscal_year_start ?? FACILITIES_DEFAULTS.fiscal_year_start;
  const calendar = Number(asOf.slice(0, 4));
  // The first day of a fiscal year that lies strictly after as_of_date.
  const begins = asOf.slice(5) < start ? calendar : calendar + 1;
  const first = start === "01-01" ? begins : begins + 1;
  return Array.from({ length: years }, (_, k) => first + k);
}

export function typeOf(view: DistrictView, asset: Asset): TableRow<"asset_types"> | undefined {
  return view.row("asset_types", "asset_type_id", asset.asset_type_id);
}

/** Cost of the row at the prices of as_of_date; undefined where nothing says it. */
export function costOf(view: DistrictView, asset: Asset): number | undefined {
  if (asset.replacement_cost_usd !== undefined) return asset.replacement_cost_usd;
  const perUnit = typeOf(view, asset)?.cost_per_unit_usd;
  return perUnit === undefined ? undefined : perUnit * (asset.capacity ?? 1) * (asset.quantity ?? 1);
}
