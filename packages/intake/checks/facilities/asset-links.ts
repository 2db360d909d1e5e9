import { maybe, plainId } from "../../nearest.ts";
import { facilitiesError, facilitiesWarning } from "../check.ts";
import { each } from "../view.ts";
import { isLive } from "./portfolio.ts";

export const parentAssetUnknown = facilitiesWarning("parent-asset-unknown", (view, find) => {
  const assets = view.ids("assets", "asset_id");
  for (const [asset, place] of each(view, "assets")) {
    const id = asset.parent_asset_id;
    if (id === undefined || (assets.has(id) && id !== asset.asset_id)) continue;
    find(place, {
      column: "parent_asset_id",
      value: id,
      message: `asset ${asset.asset_id} is part of ${id}, which is ${id === asset.asset_id ? "itself" : `not in the register.${maybe(id, assets.keys() as Iterable<string>)}`}`,
      expected: "the id of another asset",
      mend: "correct the id, or empty the cell",
    });
  }
});

export const parentAssetCycle = facilitiesError("parent-asset-cycle", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    let at = asset.parent_asset_id;
    for (let steps = 0; at !== undefined && at !== asset.asset_id && steps < 50; steps++)
      at = view.row("assets", "asset_id", at)?.parent_asset_id;
    if (at === undefined || at !== asset.asset_id || asset.parent_asset_id === asset.asset_id) continue;
    find(place, {
      column: "parent_asset_id",
      value: asset.parent_asset_id,
      message: `asset ${asset.asset_id} is, by way of ${asset.parent_asset_id}, part of itself`,
      expected: "parents that end at a whole system",
      mend: "empty the parent of the largest unit",
    });
  }
});

export const replacedAssetWrong = facilitiesWarning("replaced-asset-wrong", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    const id = asset.replaces_asset_id;
    if (id === undefined) continue;
    const before = view.row("assets", "asset_id", id);
    if (before?.removed_date !== undefined && before.building_id === asset.building_id) continue;
    const what = !before
      ? "is not in the register"
      : before.removed_date === undefined
        ? "still stands"
        : `stood in another building, ${before.building_id}`;
    find(place, {
      column: "replaces_asset_id",
      value: id,
      message: `asset ${asset.asset_id} replaced ${id}, which ${what}`,
      expected: "a removed asset of the same building",
      mend: "correct the id, or fill removed_date of the unit that is gone",
    });
  }
});

/** RTU-1 and rtu01 of one building, type and date are one unit entered twice; a row of equal boxes is not. */
export const assetTwice = facilitiesWarning("asset-twice", (view, find) => {
  const seen = new Map<string, number>();
  for (const [asset, place] of each(view, "assets")) {
    if (!isLive(view, asset)) continue;
    const unit = [plainId(asset.asset_id), asset.building_id, asset.asset_type_id, asset.install_date].join(" ");
    const earlier = seen.get(unit);
    if (earlier === undefined) {
      seen.set(unit, place.index);
      continue;
    }
    const other = view.tables.assets[earlier].asset_id;
    if (other === asset.asset_id) continue;
    find(place, {
      column: "asset_id",
      value: asset.asset_id,
      message: `assets ${other} and ${asset.asset_id} of ${asset.building_id} differ only by case, dashes or zeros`,
      expected: "one row a unit",
      mend: "delete one of them if they are the same unit, or acknowledge that they are not",
      others: [{ table: "assets", index: earlier }],
    });
  }
});

export const conditionWithoutDate = facilitiesWarning("condition-without-date", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    if (asset.condition === undefined || asset.condition_date !== undefined) continue;
    find(place, {
      column: "condition_date",
      message: `asset ${asset.asset_id} has a condition of ${asset.condition} of no date: it is shown, but no forecast may use it`,
      expected: "the date of the rating",
      mend: "add the date: a rating written after a failure would know the outcome",
    });
  }
});

export const conditionDateOutside = facilitiesWarning("condition-date-outside", (view, find) => {
  const asOf = view.settings.facilities.as_of_date ?? "9999";
  for (const [asset, place] of each(view, "assets")) {
    const date = asset.condition_date;
    if (date === undefined || (date >= asset.install_date && date <= (asset.removed_date ?? asOf))) continue;
    find(place, {
      column: "condition_date",
      value: date,
      message: `asset ${asset.asset_id} was rated on ${date}, when it was not there`,
      expected: "a date between installation and removal, up to as_of_date",
      mend: "correct the date: the rating may be of the unit before",
    });
  }
});

export const refrigerantUnknown = facilitiesWarning("refrigerant-unknown", (view, find) => {
  if (!view.present.has("refrigerants")) return;
  const known = view.ids("refrigerants", "refrigerant");
  for (const [asset, place] of each(view, "assets")) {
    if (asset.refrigerant === undefined || known.has(asset.refrigerant)) continue;
    find(place, {
      column: "refrigerant",
      value: asset.refrigerant,
      message: `asset ${asset.asset_id} holds ${asset.refrigerant}, which is not in refrigerants.csv.${maybe(asset.refrigerant, known.keys() as Iterable<string>)}`,
      expected: "a refrigerant of facilities/refrigerants.csv",
      mend: "correct the name, or add it with its phase-out date",
    });
  }
});
