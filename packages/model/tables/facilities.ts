import { date, decimal, id, list, oneOf, reference, text, whole, yesNo } from "../column.ts";
import { table } from "../table.ts";

export const buildings = table("facilities/buildings.csv", ["building_id"], {
  building_id: id().mandatory,
  school_id: reference("schools", "school_id").mandatory,
  name: text().mandatory,
  area_sqft: decimal(0).mandatory,
  year_built: whole(1600, 2200).mandatory,
  climate_zone: text(),
  replacement_value_usd: decimal(0),
  work_orders_from: date(),
});

export const assetTypes = table("facilities/asset_types.csv", ["asset_type_id"], {
  asset_type_id: id().mandatory,
  title: text().mandatory,
  uniformat: text().mandatory,
  life_median_years: decimal(0.1, 200),
  life_spread: decimal(0.01, 3),
  life_source: text(),
  cost_per_unit_usd: decimal(0),
  unit: text(),
  failure_cost_usd: decimal(0),
  energy_use: decimal(0),
  energy_unit: text(),
  renew_cost_share: decimal(0.01, 1),
  renew_life_share: decimal(0.01, 1),
});

export const assets = table("facilities/assets.csv", ["asset_id"], {
  asset_id: id().mandatory,
  building_id: reference("buildings", "building_id").mandatory,
  asset_type_id: reference("asset_types", "asset_type_id").mandatory,
  install_date: date().mandatory,
  maker: text(),
  model: text(),
  capacity: decimal(0),
  unit: text(),
  quantity: decimal(0),
  refrigerant: text(),
  register_date: date(),
  removed_date: date(),
  removed_reason: oneOf("failed", "planned", "upgraded", "closed"),
  removed_after: date(),
  replaces_asset_id: id(),
  install_precision: oneOf("day", "year", "decade"),
  replacement_cost_usd: decimal(0),
  criticality: decimal(1, 5),
  condition: decimal(1, 5),
  condition_date: date(),
  parent_asset_id: id(),
  warranty_until: date(),
  program: text(),
});

export const workOrders = table("facilities/work_orders.csv", ["work_order_id"], {
  work_order_id: id().mandatory,
  asset_id: reference("assets", "asset_id").mandatory,
  opened: date().mandatory,
  closed: date(),
  kind: oneOf("preventive", "corrective", "inspection").mandatory,
  priority: text(),
  labor_hours: decimal(0),
  cost_usd: decimal(0),
  downtime_h: decimal(0),
  description: text(),
});

export const assessments = table("facilities/assessments.csv", ["asset_id", "date"], {
  asset_id: reference("assets", "asset_id").mandatory,
  date: date().mandatory,
  score: decimal(0).mandatory,
  scale_max: decimal(0),
  inspector: text(),
});

export const budgets = table("facilities/budgets.csv", ["fund_id", "fiscal_year"], {
  fund_id: id().mandatory,
  fiscal_year: whole(1900, 2300).mandatory,
  amount_usd: decimal(0).mandatory,
  carry_over: yesNo(),
  uniformat_allowed: list(id()),
  schools_allowed: list(reference("schools", "school_id")),
});

export const actuals = table("facilities/actuals.csv", ["asset_id", "date", "what"], {
  asset_id: reference("assets", "asset_id").mandatory,
  date: date().mandatory,
  what: oneOf("failed", "replaced", "repaired").mandatory,
  cost_usd: decimal(0),
});

export const refrigerants = table("facilities/refrigerants.csv", ["refrigerant"], {
  refrigerant: id().mandatory,
  phase_out_date: date(),
  service_cost_factor: decimal(0),
  source: text(),
});
