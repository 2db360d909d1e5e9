import type { TableRow } from "@trivium/model";

/** Replacement cost at the prices of as_of_date: the row's own (quantity included), else cost per unit × capacity × quantity; NaN where neither is given. */
export function assetCostUsd(asset: TableRow<"assets">, type: TableRow<"asset_types">): number {
  if (asset.replacement_cost_usd !== undefined) return asset.replacement_cost_usd;
  if (type.cost_per_unit_usd === undefined) return Number.NaN;
  return type.cost_per_unit_usd * (asset.capacity ?? 1) * (asset.quantity ?? 1);
}
