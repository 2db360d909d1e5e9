import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import type { AreaFiles, District } from "../district.ts";
import { dateOf } from "./chance.ts";
import { drawHistory } from "./history.ts";
import { budgets, REFRIGERANTS, SETTINGS } from "./money.ts";
import { drawAssessments, drawRegister, priceOf, registerFrom, withConditions } from "./register.ts";
import { drawTodayPlan } from "./today.ts";
import { ASSET_KINDS } from "./types.ts";
import { drawWorkOrders } from "./work-orders.ts";

type Building = TableRow<"buildings">;

/** The facilities tables, and when every live asset will really fail: what a forecast can be scored against, and never part of a district folder. */
export interface DrawnFacilities extends AreaFiles {
  readonly failsOn: ReadonlyMap<string, string>;
}

/**
 * Ten buildings with about 600 assets, drawn from a hidden process: Weibull lives by type, maker and school, repairs that grow with age,
 * one school that files fewer tickets, registers that begin when the buildings are old, some planned replacements.
 */
export function drawFacilities(random: Random, district: District): DrawnFacilities {
  const buildings = drawBuildings(district);
  const history = drawHistory(random.fork(0), buildings);
  const register = drawRegister(random.fork(1), history);
  const assessments = drawAssessments(random.fork(2), register);
  const assets = withConditions(random.fork(3), register, assessments);
  const mustDo = [...SETTINGS.must_do, { asset_id: oldest(assets, "FIRE"), by: 2029 }];
  const value = (building: Building) =>
    register
      .filter(({ unit }) => unit.building === building && !unit.left)
      .reduce((sum, { unit }) => sum + priceOf(unit), 0);
  return {
    tables: {
      buildings: buildings.map((row) => ({
        ...row,
        replacement_value_usd: Math.round((value(row) * 6 + 90 * row.area_sqft) / 1e5) * 1e5,
      })),
      asset_types: ASSET_KINDS.map((kind) => kind.row),
      assets,
      work_orders: drawWorkOrders(random.fork(4), register),
      assessments,
      budgets: budgets(),
      refrigerants: [...REFRIGERANTS],
      today_plan: drawTodayPlan({
        assets,
        kinds: new Map(ASSET_KINDS.map((kind) => [kind.row.asset_type_id, kind.row])),
        buildings: new Map(buildings.map((row) => [row.building_id, row])),
        budgets: budgets(),
        mustDo,
      }),
    },
    settings: { ...SETTINGS, must_do: mustDo },
    failsOn: new Map(
      register.filter(({ unit }) => !unit.left).map(({ unit, row }) => [row.asset_id, dateOf(unit.fails)]),
    ),
  };
}

/** The live asset of a type that was installed first: the fire marshal orders its replacement. */
function oldest(assets: readonly TableRow<"assets">[], kind: string): string {
  const live = assets.filter((row) => row.asset_type_id === kind && row.removed_date === undefined);
  return live.toSorted((a, b) => (a.install_date < b.install_date ? -1 : 1))[0].asset_id;
}

/** The facilities tables of the district. */
export function facilitiesData(random: Random, district: District): AreaFiles {
  const { tables, settings } = drawFacilities(random, district);
  return { tables, ...(settings ? { settings } : {}) };
}

/** One building a school, and two more: the high school's field house and a middle school's annex. */
function drawBuildings({ schools }: District): Building[] {
  const main = schools.map((school) => ({
    school_id: school.school_id,
    name: school.name,
    area_sqft: school.area_sqft ?? 60_000,
    year_built: school.year_built ?? 1970,
  }));
  const more = [
    { school_id: "H1", name: "Field House", area_sqft: 28_000, year_built: 1996 },
    { school_id: "M1", name: "Larkspur Annex", area_sqft: 22_000, year_built: 1989 },
  ];
  return [...main, ...more].map((row, index) => ({
    building_id: `B${String(index + 1).padStart(2, "0")}`,
    ...row,
    climate_zone: "5A",
    work_orders_from: dateOf(Math.max(2007.25, registerFrom(row.school_id))),
  }));
}
