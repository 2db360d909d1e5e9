import { facilitiesError, facilitiesWarning } from "../check.ts";
import { median } from "../distance.ts";
import { each } from "../view.ts";
import { costOf, isLive, typeOf } from "./portfolio.ts";

/** A factor that no difference between makers explains: a slipped unit or decimal point. */
const OUTLIER = 20;
/** Units of a type before its median says anything. */
const ENOUGH = 5;

export const assetWithoutCost = facilitiesError("asset-without-cost", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    if (!isLive(view, asset) || !typeOf(view, asset) || costOf(view, asset) !== undefined) continue;
    find(place, {
      column: "replacement_cost_usd",
      message: `asset ${asset.asset_id} has no replacement cost, and its type ${asset.asset_type_id} no cost_per_unit_usd`,
      expected: "a cost of the unit, or of its type per unit of capacity",
      mend: "fill replacement_cost_usd here, or cost_per_unit_usd in facilities/asset_types.csv",
    });
  }
});

export const assetCostZero = facilitiesWarning("asset-cost-zero", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    if (!isLive(view, asset) || costOf(view, asset) !== 0) continue;
    const column =
      asset.replacement_cost_usd === 0 ? "replacement_cost_usd" : asset.capacity === 0 ? "capacity" : "quantity";
    find(place, {
      column,
      value: asset[column],
      message: `asset ${asset.asset_id} costs nothing to replace`,
      expected: "a cost above 0",
      mend: "correct the cell, or empty it so that the type's cost holds",
    });
  }
});

export const capacityOutlier = facilitiesWarning("capacity-outlier", (view, find) => {
  for (const [type, indexes] of view.group("assets", "asset_type_id")) {
    const capacities = indexes.flatMap((index) => view.tables.assets[index].capacity ?? []);
    const middle = median(capacities);
    if (!middle || capacities.length < ENOUGH) continue;
    for (const index of indexes) {
      const { capacity, asset_id } = view.tables.assets[index];
      if (!capacity || (capacity <= middle * OUTLIER && capacity >= middle / OUTLIER)) continue;
      find(
        { table: "assets", index },
        {
          column: "capacity",
          value: capacity,
          message: `asset ${asset_id} has a capacity of ${capacity}; the middle of its type ${type} is ${middle}`,
          expected: `from ${middle / OUTLIER} to ${middle * OUTLIER}`,
          mend: "check the unit and the decimal point",
        },
      );
    }
  }
});

export const costOutlier = facilitiesWarning("cost-outlier", (view, find) => {
  for (const [type, indexes] of view.group("assets", "asset_type_id")) {
    const perUnit = (index: number): number | undefined => {
      const { replacement_cost_usd: cost, capacity = 1, quantity = 1 } = view.tables.assets[index];
      return cost && capacity * quantity > 0 ? cost / (capacity * quantity) : undefined;
    };
    const costs = indexes.flatMap((index) => perUnit(index) ?? []);
    const middle = median(costs);
    if (!middle || costs.length < ENOUGH) continue;
    for (const index of indexes) {
      const cost = perUnit(index);
      if (!cost || (cost <= middle * OUTLIER && cost >= middle / OUTLIER)) continue;
      const asset = view.tables.assets[index];
      find(
        { table: "assets", index },
        {
          column: "replacement_cost_usd",
          value: asset.replacement_cost_usd,
          message: `asset ${asset.asset_id} costs ${Math.round(cost)} a unit of capacity; the middle of its type ${type} is ${Math.round(middle)}`,
          expected: `within a factor of ${OUTLIER} of the type's middle`,
          mend: "check the cost (dollars, not thousands) and the capacity",
        },
      );
    }
  }
});

export const unitDiffers = facilitiesWarning("unit-differs", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    const unit = typeOf(view, asset)?.unit;
    if (!asset.unit || !unit || asset.unit.toLowerCase() === unit.toLowerCase()) continue;
    find(place, {
      column: "unit",
      value: asset.unit,
      message: `the capacity of asset ${asset.asset_id} is in ${asset.unit}, the cost of its type in dollars per ${unit}`,
      expected: unit,
      mend: "convert the capacity, or give the asset a replacement cost of its own",
    });
  }
});

export const quantityImprobable = facilitiesWarning("quantity-improbable", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    if (asset.quantity === undefined || (asset.quantity > 0 && asset.quantity <= 500)) continue;
    find(place, {
      column: "quantity",
      value: asset.quantity,
      message: `asset ${asset.asset_id} stands for ${asset.quantity} units, which fail as one`,
      expected: "from 1 to 500 units",
      mend: "correct the number, or write one row a unit",
    });
  }
});
