import type { TableRow } from "@trivium/model";

type TypeRow = TableRow<"asset_types">;

/** An asset type as the district publishes it, and how its units really live and break: what the hidden process draws from. */
export interface AssetKind {
  readonly row: TypeRow;
  /** Median age at failure over the published one. */
  readonly lifeFactor: number;
  /** Weibull shape of life. */
  readonly shape: number;
  /** Repairs in the first ten years of a usual unit, and the power of age with which they grow. */
  readonly repairsIn10Years: number;
  readonly repairGrowth: number;
  /** A repair's median cost, dollars. */
  readonly repairCostUsd: number;
  /** Floor area for each unit, square feet; 0 = `each` units a building. */
  readonly areaPerUnitSqft: number;
  readonly each: number;
  /** Size of a unit: least, most, rounded to. */
  readonly capacity: readonly [least: number, most: number, step: number];
  readonly quantity: readonly [least: number, most: number];
  readonly makers: readonly string[];
  readonly criticality: number;
  readonly cools: boolean;
}

type Columns = readonly [
  id: string,
  title: string,
  uniformat: string,
  medianYears: number,
  costPerUnitUsd: number,
  unit: string,
  failureCostUsd: number,
  energy: readonly [use: number, unit: "kwh" | "therm"] | null,
];

type Hidden = readonly [
  lifeFactor: number,
  shape: number,
  repairsIn10Years: number,
  repairGrowth: number,
  repairCostUsd: number,
];
type Size = readonly [
  areaPerUnitSqft: number,
  each: number,
  capacity: readonly [number, number, number],
  quantity: readonly [number, number],
  criticality: number,
];

const ASHRAE = "ASHRAE Handbook, HVAC Applications, owning and operating costs: median service life";
const TRADE = "typical of trade life-cycle tables";
const AIR_MAKERS = ["Northvane", "Carroway", "Tramontane", "Lennart"];
const WATER_MAKERS = ["Burnside", "Aquila", "Clearbrook", "Hydrant & Sons"];
const POWER_MAKERS = ["Squareline", "Eastgate", "Amperon"];
const ROOF_MAKERS = ["Firmseal", "Carlow", "Johns Mill"];

const KINDS: readonly (readonly [Columns, Hidden, Size, readonly string[]])[] = [
  [
    ["RTU", "Packaged rooftop unit", "D3050", 15, 2600, "ton", 2500, [1150, "kwh"]],
    [1.18, 4.2, 2.6, 1.7, 620],
    [6_200, 0, [3, 25, 1], [1, 1], 3],
    AIR_MAKERS,
  ],
  [
    ["SPLIT", "Split air conditioner", "D3050", 15, 2300, "ton", 1200, [1250, "kwh"]],
    [1.05, 3.6, 2.2, 1.6, 420],
    [36_000, 0, [1.5, 5, 0.5], [1, 1], 2],
    AIR_MAKERS,
  ],
  [
    ["UV", "Unit ventilator", "D3050", 20, 5400, "each", 900, [900, "kwh"]],
    [1.1, 4.5, 1.2, 1.5, 330],
    [12_500, 0, [1, 1, 1], [1, 4], 2],
    AIR_MAKERS,
  ],
  [
    ["BOILER", "Hot water boiler", "D3020", 25, 52, "MBH", 9000, [9, "therm"]],
    [1.12, 4.8, 2.0, 1.8, 1350],
    [0, 2, [600, 3200, 50], [1, 1], 5],
    WATER_MAKERS,
  ],
  [
    ["CHILLER", "Water chiller", "D3030", 22, 1500, "ton", 15000, [850, "kwh"]],
    [1.0, 5.2, 3.5, 1.7, 3200],
    [110_000, 0, [90, 240, 5], [1, 1], 5],
    AIR_MAKERS,
  ],
  [
    ["TOWER", "Cooling tower", "D3030", 20, 260, "ton", 6000, [60, "kwh"]],
    [0.95, 4.0, 2.4, 1.6, 1100],
    [130_000, 0, [120, 300, 10], [1, 1], 4],
    AIR_MAKERS,
  ],
  [
    ["AHU", "Air handling unit", "D3040", 24, 7.5, "cfm", 4000, [1.1, "kwh"]],
    [1.15, 4.6, 2.1, 1.6, 900],
    [26_000, 0, [4000, 18000, 500], [1, 1], 4],
    AIR_MAKERS,
  ],
  [
    ["VAV", "Variable air volume boxes of one zone", "D3040", 20, 2900, "each", 600, null],
    [1.2, 4.0, 1.1, 1.4, 260],
    [9_500, 0, [1, 1, 1], [3, 9], 2],
    AIR_MAKERS,
  ],
  [
    ["FAN", "Exhaust fan", "D3040", 20, 3100, "hp", 500, [2100, "kwh"]],
    [1.0, 3.4, 1.0, 1.4, 210],
    [12_500, 0, [0.5, 3, 0.5], [1, 1], 1],
    AIR_MAKERS,
  ],
  [
    ["PUMP", "Circulating pump", "D3040", 18, 1150, "hp", 2200, [3300, "kwh"]],
    [0.92, 3.8, 1.6, 1.6, 540],
    [0, 4, [2, 20, 1], [1, 1], 4],
    WATER_MAKERS,
  ],
  [
    ["CTRL", "Building controls, one panel and its field devices", "D3060", 15, 26000, "each", 1500, null],
    [1.08, 4.4, 3.0, 1.3, 480],
    [60_000, 0, [1, 1, 1], [1, 1], 3],
    POWER_MAKERS,
  ],
  [
    ["WH", "Domestic water heater", "D2020", 12, 95, "gallon", 1400, [11, "therm"]],
    [1.1, 3.9, 1.3, 1.5, 350],
    [0, 2, [80, 250, 10], [1, 1], 3],
    WATER_MAKERS,
  ],
  [
    ["PANEL", "Electrical panelboard", "D5010", 30, 14500, "each", 1800, null],
    [1.2, 4.6, 0.3, 1.3, 600],
    [15_500, 0, [1, 1, 1], [1, 2], 3],
    POWER_MAKERS,
  ],
  [
    ["FIRE", "Fire alarm system", "D5030", 18, 2.1, "sqft", 5000, null],
    [1.0, 5.0, 2.5, 1.4, 420],
    [0, 1, [40_000, 90_000, 1_000], [1, 1], 5],
    POWER_MAKERS,
  ],
  [
    ["GEN", "Emergency generator", "D5090", 27, 720, "kW", 6000, null],
    [1.05, 4.8, 1.5, 1.5, 1200],
    [0, 1, [60, 250, 10], [1, 1], 4],
    POWER_MAKERS,
  ],
  [
    ["ROOF", "Low-slope roof section", "B3010", 22, 17, "sqft", 7500, null],
    [1.1, 5.2, 1.9, 1.9, 950],
    [21_000, 0, [4_000, 14_000, 500], [1, 1], 4],
    ROOF_MAKERS,
  ],
];

export const ASSET_KINDS: readonly AssetKind[] = KINDS.map(([columns, hidden, size, makers]) => {
  const [asset_type_id, title, uniformat, life_median_years, cost_per_unit_usd, unit, failure_cost_usd, energy] =
    columns;
  const [lifeFactor, shape, repairsIn10Years, repairGrowth, repairCostUsd] = hidden;
  const [areaPerUnitSqft, each, capacity, quantity, criticality] = size;
  const hvac = uniformat.startsWith("D30") || uniformat.startsWith("D20");
  return {
    row: {
      asset_type_id,
      title,
      uniformat,
      life_median_years,
      life_spread: 0.3,
      life_source: hvac ? ASHRAE : TRADE,
      cost_per_unit_usd,
      unit,
      failure_cost_usd,
      ...(energy ? { energy_use: energy[0], energy_unit: energy[1] } : {}),
    },
    lifeFactor,
    shape,
    repairsIn10Years,
    repairGrowth,
    repairCostUsd,
    areaPerUnitSqft,
    each,
    capacity,
    quantity,
    makers,
    criticality,
    cools: ["RTU", "SPLIT", "CHILLER"].includes(asset_type_id),
  };
});
