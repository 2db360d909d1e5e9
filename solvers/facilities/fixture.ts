import { Random } from "@trivium/engine";
import {
  DAYS_PER_YEAR,
  type Dataset,
  dayNumber,
  emptyTables,
  type FacilitiesSettings,
  sealDataset,
  type TableName,
  type TableRow,
} from "@trivium/model";

/** A made-up register with a hidden truth, for tests: its lives are Weibull around other medians than the published ones. */
export interface FixtureOptions {
  readonly assets: number;
  readonly schools: number;
  readonly seed?: number;
  readonly horizon?: number;
  readonly budgetUsd?: number;
  readonly settings?: Partial<FacilitiesSettings>;
  /** Hidden median of each type as a share of its published one. */
  readonly truth?: number;
  /** May every type be renewed, at this share of a replacement's cost, for this share of its life? */
  readonly renewal?: { readonly cost: number; readonly life: number };
}

const TYPES = [
  ["RTU", "Rooftop unit", "D3050", 15, 24_000],
  ["BOIL", "Boiler", "D3020", 28, 90_000],
  ["CHIL", "Chiller", "D3030", 22, 160_000],
  ["PUMP", "Pump", "D3040", 14, 8_000],
  ["VAV", "VAV box", "D3050", 20, 3_500],
] as const;
const SHAPE = 4;
const AS_OF = "2027-03-01";
const REGISTER_FROM = "2007-01-01";

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Positions are filled, fail and are filled again over 50 years; what was gone before the register began is not in it. */
export function fixtureDistrict(options: FixtureOptions): Dataset {
  const random = new Random(options.seed ?? 1);
  const tables = emptyTables();
  const schoolIds = Array.from({ length: options.schools }, (_, s) => `S${s + 1}`);
  tables.schools = schoolIds.map((school_id) => ({ school_id, name: school_id, level: "middle", lat: 40, lon: -83 }));
  tables.buildings = schoolIds.map((school_id) => ({
    building_id: `${school_id}-B`,
    school_id,
    name: school_id,
    area_sqft: 60_000,
    year_built: 1970,
  }));
  tables.asset_types = TYPES.map(([asset_type_id, title, uniformat, life_median_years, cost_per_unit_usd]) => ({
    asset_type_id,
    title,
    uniformat,
    life_median_years,
    life_spread: 0.3,
    cost_per_unit_usd,
    failure_cost_usd: 5000,
    energy_use: 1000,
    energy_unit: "kwh",
    ...(options.renewal && { renew_cost_share: options.renewal.cost, renew_life_share: options.renewal.life }),
  }));
  const asOf = dayNumber(AS_OF);
  const from = dayNumber(REGISTER_FROM);
  const assets: TableRow<"assets">[] = [];
  const orders: TableRow<"work_orders">[] = [];
  for (let position = 0; position < options.assets; position++) {
    const [type, , , median] = TYPES[random.below(TYPES.length)];
    const building_id = `${schoolIds[random.below(schoolIds.length)]}-B`;
    const scale = (median * (options.truth ?? 1)) / Math.LN2 ** (1 / SHAPE);
    let installed = dayNumber("1975-01-01") + random.below(45 * 365);
    for (let generation = 0; installed <= asOf; generation++) {
      const frail = Math.exp(0.4 * (random.unit() + random.unit() - 1));
      const life = (scale * (-Math.log(1 - random.unit())) ** (1 / SHAPE)) / frail;
      const gone = Math.round(installed + life * DAYS_PER_YEAR);
      const planned =
        random.unit() < 0.15 ? Math.round(installed + random.unit() * 2 * median * DAYS_PER_YEAR) : Infinity;
      const removed = Math.min(gone, planned);
      if (removed > from) {
        const asset_id = `A${position}-${generation}`;
        assets.push({
          asset_id,
          building_id,
          asset_type_id: type,
          install_date: dateOf(installed),
          maker: random.below(2) ? "Alder" : "Birch",
          ...(installed < from ? { register_date: REGISTER_FROM } : {}),
          ...(removed <= asOf
            ? { removed_date: dateOf(removed), removed_reason: gone <= planned ? "failed" : "planned" }
            : {}),
        });
        addOrders(orders, random, asset_id, installed, Math.max(from, installed), Math.min(removed, asOf), frail);
      }
      installed = removed + 10;
    }
  }
  tables.assets = assets;
  tables.work_orders = orders;
  const horizon = options.horizon ?? 10;
  for (let year = 2028; year < 2028 + horizon; year++)
    tables.budgets.push(
      {
        fund_id: "bond",
        fiscal_year: year,
        amount_usd: (options.budgetUsd ?? 40_000 * options.schools) * 0.7,
        carry_over: true,
        uniformat_allowed: ["D3020", "D3030", "D3050"],
      },
      {
        fund_id: "general",
        fiscal_year: year,
        amount_usd: (options.budgetUsd ?? 40_000 * options.schools) * 0.3,
        carry_over: false,
      },
    );
  return sealDataset({
    district: { name: "Fixture", timezone: "America/New_York", school_year: "2026-27" },
    tables,
    present: new Set<TableName>(["schools", "buildings", "asset_types", "assets", "work_orders", "budgets"]),
    settings: {
      scheduling: {},
      routing: {},
      facilities: {
        as_of_date: AS_OF,
        horizon_years: horizon,
        mobilization_usd: 5000,
        carry_cap_share: 0.5,
        energy_price: { kwh: 0.13 },
        ...options.settings,
      },
    } as Dataset["settings"],
  });
}

/** Repairs: intensity 0.02 t^0.6 × frailty, thinned by the day they are kept from. */
function addOrders(
  orders: TableRow<"work_orders">[],
  random: Random,
  asset_id: string,
  installed: number,
  from: number,
  to: number,
  frail: number,
): void {
  for (let cumulative = 0; ; ) {
    cumulative -= Math.log(1 - random.unit());
    const age = (cumulative / (0.0125 * frail ** 3)) ** (1 / 1.6);
    const day = Math.round(installed + age * DAYS_PER_YEAR);
    if (day > to) return;
    if (day > from)
      orders.push({
        work_order_id: `W${orders.length}`,
        asset_id,
        opened: dateOf(day),
        kind: "corrective",
        cost_usd: 300 + random.below(1200),
      });
  }
}
