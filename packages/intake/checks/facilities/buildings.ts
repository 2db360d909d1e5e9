import { facilitiesWarning } from "../check.ts";
import { each } from "../view.ts";
import { costOf, isLive } from "./portfolio.ts";

export const buildingAreaImprobable = facilitiesWarning("building-area-improbable", (view, find) => {
  for (const [building, place] of each(view, "buildings")) {
    if (building.area_sqft >= 200 && building.area_sqft <= 1_500_000) continue;
    find(place, {
      column: "area_sqft",
      value: building.area_sqft,
      message: `building ${building.building_id} has ${building.area_sqft} square feet`,
      expected: "from 200 to 1,500,000 square feet",
      mend: "check the unit (square feet)",
    });
  }
});

export const buildingBuiltLate = facilitiesWarning("building-built-late", (view, find) => {
  const year = Number(view.settings.facilities.as_of_date?.slice(0, 4));
  for (const [building, place] of each(view, "buildings")) {
    if (!(building.year_built > year)) continue;
    find(place, {
      column: "year_built",
      value: building.year_built,
      message: `building ${building.building_id} is built in ${building.year_built}, after as_of_date`,
      expected: `a year up to ${year}`,
      mend: "correct the year, or acknowledge that the building is planned",
    });
  }
});

/** The equipment of a building cannot be worth more than the building. */
export const valueBelowAssets = facilitiesWarning("building-value-below-assets", (view, find) => {
  for (const [building, place] of each(view, "buildings")) {
    const value = building.replacement_value_usd;
    if (value === undefined) continue;
    const assets = view.rows("assets", "building_id", building.building_id).filter((asset) => isLive(view, asset));
    const total = assets.reduce((sum, asset) => sum + (costOf(view, asset) ?? 0), 0);
    if (total <= value) continue;
    find(place, {
      column: "replacement_value_usd",
      value,
      message: `building ${building.building_id} is worth ${value}, its ${assets.length} assets ${Math.round(total)}`,
      expected: "more than its assets together",
      mend: "check the value (dollars, not thousands) and the costs of its assets",
    });
  }
});

export const buildingWithoutAssets = facilitiesWarning("building-without-assets", (view, find) => {
  for (const [building, place] of each(view, "buildings")) {
    if (view.ids("assets", "building_id").has(building.building_id)) continue;
    find(place, {
      column: "building_id",
      value: building.building_id,
      message: `building ${building.building_id} has no asset in the register`,
      expected: "the building's equipment in facilities/assets.csv",
      mend: "add its assets, or acknowledge that they are not planned here",
    });
  }
});
