import { Random } from "@trivium/engine";
import { type Dataset, emptyTables, sealDataset, type TableName, type TableRow } from "@trivium/model";
import { dateOf } from "../data/facilities/chance.ts";
import { drawHistory } from "../data/facilities/history.ts";
import { REFRIGERANTS, SETTINGS } from "../data/facilities/money.ts";
import {
  drawAssessments,
  drawRegister,
  priceOf,
  type Registered,
  registerFrom,
  withConditions,
} from "../data/facilities/register.ts";
import { ASSET_KINDS } from "../data/facilities/types.ts";
import { drawWorkOrders } from "../data/facilities/work-orders.ts";

/** How large a district to draw. */
export interface RegisterSize {
  /** Assets that stand on the as-of date, to the nearest building. */
  readonly liveAssets: number;
  /** Work orders, to a few per cent; absent: what the sample district's assets have. */
  readonly workOrders?: number;
  readonly horizonYears?: number;
  readonly seed?: number;
}

/** Live assets of one building of the sample's process, on average. */
const LIVE_PER_BUILDING = 74;
const AREAS_SQFT = [58_000, 64_000, 72_000, 110_000, 210_000] as const;
const SAMPLE_STEP = 20;
/** Money a year, as a share of what all live assets cost to replace. */
const BUDGET_SHARE = 0.035;

/**
 * A register of any size from the hidden process of the sample district (data/facilities): Weibull lives by type, maker and school, repairs that grow
 * with age, registers that begin mid-life, planned replacements. Seeded; the same size and seed give the same tables.
 */
export function bigRegister({ liveAssets, workOrders, horizonYears = 10, seed = 1 }: RegisterSize): Dataset {
  const random = new Random(seed);
  const buildings = drawBuildings(random.fork(0), Math.max(1, Math.round(liveAssets / LIVE_PER_BUILDING)));
  const register = drawRegister(random.fork(2), drawHistory(random.fork(1), buildings));
  const assessments = drawAssessments(random.fork(3), register);
  const live = register.filter(({ unit }) => !unit.left);
  const value = live.reduce((sum, { unit }) => sum + priceOf(unit), 0);
  const share = workOrders === undefined ? 1 : repairsFor(workOrders, random.fork(6), register);
  const more = register.map(({ unit, row }) => ({ unit: { ...unit, proneness: share * unit.proneness }, row }));
  const tables = {
    ...emptyTables(),
    schools: [...new Set(buildings.map((each) => each.school_id))].map((school_id) => ({
      school_id,
      name: school_id,
      level: "middle" as const,
      lat: 40,
      lon: -83,
    })),
    buildings,
    asset_types: ASSET_KINDS.map((kind) => kind.row),
    assets: withConditions(random.fork(5), register, assessments),
    work_orders: drawWorkOrders(random.fork(4), more),
    assessments,
    budgets: budgetsOf(value, horizonYears),
    refrigerants: [...REFRIGERANTS],
  };
  return sealDataset({
    district: { name: `Benchmark, ${live.length} assets`, timezone: "America/Chicago", school_year: "2027-28" },
    tables,
    present: new Set(
      Object.entries(tables)
        .filter(([, rows]) => rows.length > 0)
        .map(([name]) => name as TableName),
    ),
    settings: {
      scheduling: {},
      routing: {},
      facilities: {
        ...SETTINGS,
        horizon_years: horizonYears,
        projects_max_per_year: live.length,
        blackouts: [],
        must_do: [],
        equity: [],
      },
    } as Dataset["settings"],
  });
}

/** By how much repairs must be more frequent than usual for this many work orders, judged by a sample of the units. */
function repairsFor(workOrders: number, random: Random, register: readonly Registered[]): number {
  const sample = register.filter((_, index) => index % SAMPLE_STEP === 0);
  const drawn = drawWorkOrders(random, sample);
  const corrective = drawn.filter((each) => each.kind === "corrective").length;
  return ((workOrders * sample.length) / register.length - (drawn.length - corrective)) / corrective;
}

/** One building a school, of the sizes schools have. */
function drawBuildings(random: Random, count: number): TableRow<"buildings">[] {
  return Array.from({ length: count }, (_, index) => {
    const school_id = `S${String(index + 1).padStart(4, "0")}`;
    return {
      building_id: `B${String(index + 1).padStart(4, "0")}`,
      school_id,
      name: school_id,
      area_sqft: AREAS_SQFT[random.below(AREAS_SQFT.length)],
      year_built: 1955 + random.below(55),
      climate_zone: "5A",
      work_orders_from: dateOf(registerFrom(school_id)),
    };
  });
}

/** A levy that buys anything and carries over, and a grant for heating and cooling that does not. */
function budgetsOf(valueUsd: number, years: number): TableRow<"budgets">[] {
  const rounded = (usd: number) => Math.round(usd / 1000) * 1000;
  return Array.from({ length: years }, (_, index) => {
    const yearUsd = BUDGET_SHARE * valueUsd * 1.025 ** index;
    return [
      { fund_id: "LEVY", fiscal_year: 2028 + index, amount_usd: rounded(0.75 * yearUsd), carry_over: true },
      {
        fund_id: "ENERGY",
        fiscal_year: 2028 + index,
        amount_usd: rounded(0.25 * yearUsd),
        carry_over: false,
        uniformat_allowed: ["D30"],
      },
    ];
  }).flat();
}
