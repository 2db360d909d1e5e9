import { type Dataset, dayNumber, InputError, type TableRow } from "@trivium/model";
import { assetCostUsd } from "./cost.ts";
import {
  type AssetType,
  type Building,
  type Conditions,
  CUT_SHORT,
  FAILED,
  NEVER,
  type Register,
  STANDING,
  UNKNOWN_REASON,
  type WorkOrders,
} from "./register.ts";

import { publishedLife } from "./service-lives.ts";

type AssetRow = TableRow<"assets">;

const SLACK_YEARS = { day: 0, year: 0.5, decade: 5 } as const;

/** Dataset → register. @throws InputError facilities-tables-absent, unknown-reference */
export function readRegister(dataset: Dataset): Register {
  const { assets, buildings, asset_types } = dataset.tables;
  if (assets.length === 0)
    throw new InputError("facilities-tables-absent", "there is no asset. Maybe facilities/assets.csv was left out", {
      path: "facilities/assets.csv",
    });
  const price = new Map(
    Object.entries(dataset.settings.facilities.energy_price ?? {}).map(([unit, usd]) => [unit.toLowerCase(), usd]),
  );
  const schoolIds = [...new Set(buildings.map((each) => each.school_id))];
  const orders = readOrders(dataset);
  const buildingOf = indexOf(buildings.map((each) => each.building_id));
  const typeOf = indexOf(asset_types.map((each) => each.asset_type_id));
  const typeRow = (asset: AssetRow) => asset_types[found(typeOf, asset.asset_type_id, asset.asset_id, "asset_type_id")];
  const refrigerants = new Map(dataset.tables.refrigerants.map((each) => [each.refrigerant, each]));
  const refrigerantOf = (asset: AssetRow) => refrigerants.get(asset.refrigerant ?? "");
  const makerKeys = assets.map((each) => (each.maker ? `${each.asset_type_id}:${each.maker}` : ""));
  const makers = [...new Set(makerKeys.filter((key) => key !== ""))].sort();
  const makerOf = indexOf(makers);
  const building = Int32Array.from(assets, (each) => found(buildingOf, each.building_id, each.asset_id, "building_id"));
  return {
    assetIds: assets.map((each) => each.asset_id),
    types: asset_types.map(readType),
    makers,
    buildings: buildings.map(
      (each): Building => ({
        id: each.building_id,
        school: schoolIds.indexOf(each.school_id),
        ordersFromDay: each.work_orders_from ? dayNumber(each.work_orders_from) : orders.firstDay,
      }),
    ),
    schoolIds,
    type: Int32Array.from(assets, (each) => found(typeOf, each.asset_type_id, each.asset_id, "asset_type_id")),
    maker: Int32Array.from(makerKeys, (key) => makerOf.get(key) ?? -1),
    building,
    school: building.map((each) => schoolIds.indexOf(buildings[each].school_id)),
    installDay: Int32Array.from(assets, (each) => dayNumber(each.install_date)),
    installSlackYears: Float64Array.from(assets, (each) => SLACK_YEARS[each.install_precision ?? "day"]),
    registerDay: Int32Array.from(assets, (each) =>
      Math.max(dayNumber(each.install_date), each.register_date ? dayNumber(each.register_date) : -NEVER),
    ),
    removedDay: Int32Array.from(assets, (each) => (each.removed_date ? dayNumber(each.removed_date) : NEVER)),
    seenDay: Int32Array.from(assets, (each) =>
      each.removed_date ? dayNumber(each.removed_after ?? each.removed_date) : NEVER,
    ),
    removal: Uint8Array.from(assets, removalOf),
    costUsd: Float64Array.from(assets, (each) => assetCostUsd(each, typeRow(each))),
    criticality: Float64Array.from(assets, (each) => each.criticality ?? 3),
    size: Float64Array.from(assets, (each) => Math.log((each.capacity || 1) * (each.quantity || 1))),
    energyUsd: Float64Array.from(assets, (each) => energyUsd(each, typeRow(each), price)),
    serviceFactor: Float64Array.from(assets, (each) => refrigerantOf(each)?.service_cost_factor ?? 1),
    serviceFromDay: Int32Array.from(assets, (each) => {
      const phaseOut = refrigerantOf(each)?.phase_out_date;
      return phaseOut ? dayNumber(phaseOut) : NEVER;
    }),
    conditions: readConditions(dataset),
    orders: orders.table,
  };
}

function removalOf(asset: AssetRow): number {
  if (!asset.removed_date) return STANDING;
  if (!asset.removed_reason) return UNKNOWN_REASON;
  return asset.removed_reason === "failed" ? FAILED : CUT_SHORT;
}

function readType(row: TableRow<"asset_types">): AssetType {
  const published = publishedLife(row.uniformat, row.title);
  const given = row.life_median_years !== undefined;
  return {
    id: row.asset_type_id,
    title: row.title,
    uniformat: row.uniformat,
    lifeMedianYears: row.life_median_years ?? published.medianYears,
    lifeSpread: row.life_spread ?? published.spread,
    lifeGiven: given,
    lifeSource: row.life_source ?? (given ? "the district's own table" : published.source),
    failureCostUsd: row.failure_cost_usd ?? 0,
    renewal: renewalOf(row),
  };
}

/** Offered where the district gives cost, effect and median life: a renewal gives back `renew_life_share` of the life, so the unit is like one of age (1 − share) × median, in whole years. */
function renewalOf({
  renew_cost_share,
  renew_life_share,
  life_median_years,
}: TableRow<"asset_types">): AssetType["renewal"] {
  if (renew_cost_share === undefined || renew_life_share === undefined || life_median_years === undefined) return null;
  return { costShare: renew_cost_share, ageYears: Math.round((1 - renew_life_share) * life_median_years) };
}

/** energy_use (a year, a unit of capacity) × capacity × quantity × price of its unit; 0 where any of use and price is not given. */
function energyUsd(asset: AssetRow, type: TableRow<"asset_types">, price: ReadonlyMap<string, number>): number {
  const perUnit = (type.energy_use ?? 0) * (price.get((type.energy_unit ?? "").toLowerCase()) ?? 0);
  return perUnit * (asset.capacity ?? 1) * (asset.quantity ?? 1);
}

function readOrders(dataset: Dataset): { table: WorkOrders; firstDay: number } {
  const assetOf = indexOf(dataset.tables.assets.map((each) => each.asset_id));
  let firstDay = NEVER;
  const corrective: { asset: number; day: number; costUsd: number }[] = [];
  for (const order of dataset.tables.work_orders) {
    const day = dayNumber(order.opened);
    firstDay = Math.min(firstDay, day);
    if (order.kind !== "corrective") continue;
    corrective.push({
      asset: found(assetOf, order.asset_id, order.work_order_id, "asset_id"),
      day,
      costUsd: order.cost_usd ?? Number.NaN,
    });
  }
  corrective.sort((a, b) => a.asset - b.asset || a.day - b.day);
  const table = {
    starts: startsOf(corrective, assetOf.size),
    day: Int32Array.from(corrective, (each) => each.day),
    costUsd: Float64Array.from(corrective, (each) => each.costUsd),
  };
  return { table, firstDay };
}

function readConditions(dataset: Dataset): Conditions {
  const assetOf = indexOf(dataset.tables.assets.map((each) => each.asset_id));
  const scores = dataset.tables.assessments.flatMap((each) => {
    const asset = assetOf.get(each.asset_id);
    return asset === undefined ? [] : [{ asset, day: dayNumber(each.date), share: each.score / (each.scale_max ?? 5) }];
  });
  dataset.tables.assets.forEach((each, asset) => {
    if (each.condition !== undefined && each.condition_date)
      scores.push({ asset, day: dayNumber(each.condition_date), share: each.condition / 5 });
  });
  scores.sort((a, b) => a.asset - b.asset || a.day - b.day);
  return {
    starts: startsOf(scores, assetOf.size),
    day: Int32Array.from(scores, (each) => each.day),
    share: Float64Array.from(scores, (each) => Math.min(1, each.share)),
  };
}

/** Where each asset's rows begin, in rows sorted by asset; length assets + 1. */
function startsOf(rows: readonly { asset: number }[], assets: number): Int32Array {
  const starts = new Int32Array(assets + 1);
  for (const { asset } of rows) starts[asset + 1]++;
  for (let a = 0; a < assets; a++) starts[a + 1] += starts[a];
  return starts;
}

const indexOf = (ids: readonly string[]): Map<string, number> => new Map(ids.map((id, index) => [id, index]));

function found(index: ReadonlyMap<string, number>, id: string, owner: string, column: string): number {
  const at = index.get(id);
  if (at !== undefined) return at;
  throw new InputError(
    "unknown-reference",
    `${owner}: ${column} ${id} is not in its table. Maybe a row is missing there`,
    { path: column, values: { owner, [column]: id } },
  );
}
