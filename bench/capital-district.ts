import { Random } from "@trivium/engine";
import { type Dataset, emptyTables, type FacilitiesSettings, sealDataset, type TableName } from "@trivium/model";

/**
 * A made-up register with its money, for capital plans of any size: no history, so the forecast rests on published lives and the plan is what is measured.
 * Four funds (a levy that carries over, an energy grant for heating and cooling, a foundation for roofs and wiring of a third of the schools, a bond in
 * every fifth year), mobilization a school and year, smoothing, blackouts, must-dos by refrigerant, an equity floor.
 */
export interface CapitalDistrictOptions {
  readonly assets: number;
  readonly years: number;
  readonly schools?: number;
  readonly seed?: number;
  /** Money a year as a share of what all assets cost over their lives; 0.65 is some 3.5 % of what all would cost to replace. */
  readonly money?: number;
  readonly settings?: Partial<FacilitiesSettings>;
}

/** Type, title, Uniformat, median life, cost of a unit, cost of its failure, how often it stands. */
const TYPES = [
  ["RTU", "Rooftop unit", "D3050", 15, 24_000, 4_000, 16],
  ["UV", "Unit ventilator", "D3050", 20, 9_000, 800, 14],
  ["VAV", "VAV box", "D3040", 20, 3_500, 300, 20],
  ["FCU", "Fan coil unit", "D3050", 20, 5_500, 500, 10],
  ["AHU", "Air handler", "D3040", 25, 62_000, 9_000, 5],
  ["EF", "Exhaust fan", "D3040", 18, 4_200, 300, 8],
  ["BOIL", "Boiler", "D3020", 28, 95_000, 25_000, 2],
  ["CHIL", "Chiller", "D3030", 22, 210_000, 30_000, 1],
  ["TOWER", "Cooling tower", "D3030", 20, 90_000, 15_000, 1],
  ["PUMP", "Pump", "D3020", 15, 8_500, 2_000, 6],
  ["WH", "Water heater", "D2020", 12, 14_000, 1_500, 4],
  ["ROOF", "Roof section", "B3010", 22, 130_000, 20_000, 4],
  ["PANEL", "Distribution panel", "D5010", 35, 18_000, 6_000, 4],
  ["GEN", "Generator", "D5090", 25, 75_000, 8_000, 1],
  ["FA", "Fire alarm panel", "D5030", 15, 40_000, 5_000, 1],
] as const;

const AS_OF_YEAR = 2027;

export function capitalDistrict(options: CapitalDistrictOptions): Dataset {
  const random = new Random(options.seed ?? 1);
  const schools = options.schools ?? Math.max(4, Math.round(options.assets / 120));
  const tables = emptyTables();
  const ids = Array.from({ length: schools }, (_, s) => `S${String(s + 1).padStart(4, "0")}`);
  const level = ["elementary", "elementary", "elementary", "middle", "high"] as const;
  tables.schools = ids.map((school_id, s) => ({
    school_id,
    name: `School ${s + 1}`,
    level: level[s % 5],
    lat: 40 + s / 1000,
    lon: -83,
    enrollment: 300 + random.below(900),
  }));
  tables.buildings = ids.map((school_id) => ({
    building_id: `${school_id}-B`,
    school_id,
    name: school_id,
    area_sqft: 40_000 + random.below(120_000),
    year_built: 1950 + random.below(60),
  }));
  tables.asset_types = TYPES.map(([asset_type_id, title, uniformat, life_median_years, cost, failure_cost_usd]) => ({
    asset_type_id,
    title,
    uniformat,
    life_median_years,
    life_spread: 0.3,
    cost_per_unit_usd: cost,
    failure_cost_usd,
  }));
  let yearlyUsd = 0;
  const frequency = TYPES.flatMap((type, k) => new Array<number>(type[6]).fill(k));
  for (let i = 0; i < options.assets; i++) {
    const school = random.below(schools);
    const [type, , , median, cost] = TYPES[frequency[random.below(frequency.length)]];
    const size = Math.round(100 * Math.exp(0.5 * (random.unit() + random.unit() + random.unit() - 1.5))) / 100;
    // Ages of survivors: most within the median life, some well beyond.
    const age = median * Math.min(1.9, 1.45 * random.unit() + 0.15 * random.unit());
    const installed = new Date(Date.UTC(AS_OF_YEAR, 2, 31) - Math.round(age * 365.25) * 86_400_000);
    tables.assets.push({
      asset_id: `A${String(i + 1).padStart(6, "0")}`,
      building_id: `${ids[school]}-B`,
      asset_type_id: type,
      install_date: installed.toISOString().slice(0, 10),
      register_date: `${AS_OF_YEAR}-03-31`,
      capacity: size,
      criticality: 1 + random.below(5),
      ...(["RTU", "CHIL"].includes(type) && installed.getUTCFullYear() < 2010 ? { refrigerant: "R-22" } : {}),
    });
    yearlyUsd += (cost * size) / median;
  }
  addMoney(tables, ids, yearlyUsd * (options.money ?? 0.65), options.years);
  const firstYear = AS_OF_YEAR + 1;
  return sealDataset({
    district: { name: `Capital ${options.assets}`, timezone: "America/New_York", school_year: "2026-27" },
    tables,
    present: new Set<TableName>(["schools", "buildings", "asset_types", "assets", "budgets"]),
    settings: {
      scheduling: {},
      routing: {},
      facilities: {
        as_of_date: `${AS_OF_YEAR}-03-31`,
        fiscal_year_start: "07-01",
        horizon_years: options.years,
        escalation: 0.035,
        discount: 0.03,
        emergency_factor: 1.35,
        mobilization_usd: 9_000,
        smoothing_max_ratio: 1.5,
        carry_cap_share: 0.5,
        blackouts: [
          { school_id: ids[0], fiscal_year: firstYear + 2 },
          { school_id: ids[1], fiscal_year: firstYear + 4 },
        ],
        must_do: [{ refrigerant: "R-22", asset_type_id: "CHIL", by: firstYear + 7 }],
        equity: [{ schools: ids.filter((_, s) => s % 4 === 0), min_share: 0.22 }],
        ...options.settings,
      },
    } as Dataset["settings"],
  });
}

function addMoney(
  tables: ReturnType<typeof emptyTables>,
  schoolIds: readonly string[],
  yearlyUsd: number,
  years: number,
): void {
  for (let k = 0; k < years; k++) {
    const fiscal_year = AS_OF_YEAR + 1 + k;
    const amount = (share: number) => Math.round(yearlyUsd * share * 1.03 ** k);
    tables.budgets.push(
      { fund_id: "LEVY", fiscal_year, amount_usd: amount(0.6), carry_over: true },
      { fund_id: "ENERGY", fiscal_year, amount_usd: amount(0.15), carry_over: false, uniformat_allowed: ["D30"] },
      {
        fund_id: "FOUNDATION",
        fiscal_year,
        amount_usd: amount(0.08),
        carry_over: false,
        uniformat_allowed: ["B30", "D50"],
        schools_allowed: schoolIds.filter((_, s) => s % 3 === 0),
      },
    );
    if (k % 5 === 1) tables.budgets.push({ fund_id: "BOND", fiscal_year, amount_usd: amount(0.85), carry_over: true });
  }
}
