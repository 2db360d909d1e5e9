import { facilitiesWarning } from "../check.ts";
import { each } from "../view.ts";
import { isLive } from "./portfolio.ts";

/** Failures of a type before its own history can stand for a published life. */
const FAILURES_ENOUGH = 3;

export const lifeWithoutSpread = facilitiesWarning("life-without-spread", (view, find) => {
  for (const [type, place] of each(view, "asset_types")) {
    if ((type.life_median_years === undefined) === (type.life_spread === undefined)) continue;
    const column = type.life_spread === undefined ? "life_spread" : "life_median_years";
    find(place, {
      column,
      message: `type ${type.asset_type_id} has ${column === "life_spread" ? "a median life without its spread" : "a spread without a median life"}`,
      expected: "both: the median in years and the standard deviation of log life (0.3 is usual)",
      mend: `fill ${column}`,
    });
  }
});

export const typeWithoutLife = facilitiesWarning("type-without-life", (view, find) => {
  for (const [type, place] of each(view, "asset_types")) {
    if (type.life_median_years !== undefined) continue;
    const assets = view.rows("assets", "asset_type_id", type.asset_type_id);
    const failures = assets.filter((asset) => asset.removed_date !== undefined && asset.removed_reason !== "closed");
    if (failures.length >= FAILURES_ENOUGH || !assets.some((asset) => isLive(view, asset))) continue;
    find(place, {
      column: "life_median_years",
      message: `type ${type.asset_type_id} has no published life and ${failures.length} removals: its forecast rests on other types alone`,
      expected: "a median life with its source",
      mend: "fill life_median_years, life_spread and life_source",
    });
  }
});

export const lifeImprobable = facilitiesWarning("life-improbable", (view, find) => {
  for (const [type, place] of each(view, "asset_types")) {
    const life = type.life_median_years;
    if (life === undefined || (life >= 3 && life <= 100)) continue;
    find(place, {
      column: "life_median_years",
      value: life,
      message: `half of type ${type.asset_type_id} are said to fail by ${life} years`,
      expected: "from 3 to 100 years",
      mend: "check the unit (years), correct it or acknowledge it",
    });
  }
});

export const energyWithoutUnit = facilitiesWarning("energy-without-price", (view, find) => {
  const prices = new Set(Object.keys(view.settings.facilities.energy_price ?? {}).map((unit) => unit.toLowerCase()));
  for (const [type, place] of each(view, "asset_types")) {
    if (!type.energy_use) continue;
    const unit = type.energy_unit?.toLowerCase();
    if (unit !== undefined && (prices.has(unit) || prices.has(`${unit}s`) || prices.has(unit.replace(/s$/, ""))))
      continue;
    find(place, {
      column: "energy_unit",
      value: type.energy_unit ?? "",
      message: `type ${type.asset_type_id} uses energy, but ${unit === undefined ? "its unit is not given" : `${type.energy_unit} has no price`}: it counts as free`,
      expected: "a unit that settings.energy_price prices",
      mend: "fill energy_unit, and add its price to energy_price in facilities/settings.json",
    });
  }
});

export const renewalIncomplete = facilitiesWarning("renewal-incomplete", (view, find) => {
  const columns = ["renew_cost_share", "renew_life_share", "life_median_years"] as const;
  for (const [type, place] of each(view, "asset_types")) {
    if (type.renew_cost_share === undefined && type.renew_life_share === undefined) continue;
    const missing = columns.find((column) => type[column] === undefined);
    if (missing === undefined) continue;
    find(place, {
      column: missing,
      message: `type ${type.asset_type_id} has no ${missing}, without which its renewals can't be weighed: they are not offered`,
      expected: "renew_cost_share, renew_life_share and life_median_years together",
      mend: `fill ${missing}, or empty the two renewal columns`,
    });
  }
});

export const typeWithoutAssets = facilitiesWarning("type-without-assets", (view, find) => {
  for (const [type, place] of each(view, "asset_types")) {
    if (view.ids("assets", "asset_type_id").has(type.asset_type_id)) continue;
    find(place, {
      column: "asset_type_id",
      value: type.asset_type_id,
      message: `no asset is of type ${type.asset_type_id}`,
      expected: "types of the register",
      mend: "add its assets, or delete the type",
    });
  }
});
