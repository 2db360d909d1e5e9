import type { Random } from "@trivium/engine";
import { dayNumber, type TableRow } from "@trivium/model";
import { dateOf, normal } from "./chance.ts";
import { AS_OF, type Unit } from "./history.ts";

type AssetRow = TableRow<"assets">;

/** A unit that the register knows. */
export interface Registered {
  readonly unit: Unit;
  readonly row: AssetRow;
}

/** When each school began to keep the register, decimal years. What had gone by then was never written down. */
const REGISTER_FROM: Readonly<Record<string, number>> = { H1: 2007.5, M1: 2007.5, M2: 2007.5, E1: 2009.5, E5: 2011.5 };
export const registerFrom = (schoolId: string): number => REGISTER_FROM[schoolId] ?? 2008.5;

/** `assets.csv`: survivors of the day when the register began, and all that came after. */
export function drawRegister(random: Random, history: readonly Unit[]): Registered[] {
  const known = history.filter((unit) => (unit.left?.year ?? AS_OF + 1) > registerFrom(unit.building.school_id));
  const ids = new Map(known.map((unit, index) => [unit, `A${String(index + 1).padStart(4, "0")}`]));
  return known.map((unit) => ({ unit, row: rowOf(random, unit, ids) }));
}

function rowOf(random: Random, unit: Unit, ids: ReadonlyMap<Unit, string>): AssetRow {
  const began = registerFrom(unit.building.school_id);
  const old = unit.installed < began;
  const precision = installPrecision(random, unit, began);
  const refrigerant = refrigerantOf(unit);
  const before = unit.before && ids.get(unit.before);
  const recent = AS_OF - unit.installed < 5;
  return {
    asset_id: ids.get(unit) ?? "",
    building_id: unit.building.building_id,
    asset_type_id: unit.kind.row.asset_type_id,
    install_date: roundedDate(unit.installed, precision),
    maker: unit.maker,
    capacity: unit.capacity,
    unit: unit.kind.row.unit,
    quantity: unit.quantity,
    ...(refrigerant ? { refrigerant } : {}),
    ...(old ? { register_date: dateOf(began) } : {}),
    ...(unit.left ? { removed_date: dateOf(unit.left.year) } : {}),
    ...(unit.left && random.unit() > 0.04 ? { removed_reason: unit.left.reason } : {}),
    ...(before ? { replaces_asset_id: before } : {}),
    install_precision: precision,
    ...(random.unit() < 0.06 ? { replacement_cost_usd: quoted(random, unit) } : {}),
    criticality: unit.kind.criticality,
    ...(recent && unit.kind.criticality >= 4 ? { warranty_until: dateOf(unit.installed + 5) } : {}),
  };
}

/** Dates of long ago are known to the year or, for a few, to the decade. */
function installPrecision(random: Random, unit: Unit, began: number): "day" | "year" | "decade" {
  if (unit.installed > began - 2) return "day";
  return unit.installed < 1995 && random.unit() < 0.08 ? "decade" : "year";
}

function roundedDate(year: number, precision: "day" | "year" | "decade"): string {
  if (precision === "day") return dateOf(year);
  return precision === "year" ? `${Math.floor(year)}-07-01` : `${Math.floor(year / 10) * 10 + 5}-01-01`;
}

function refrigerantOf({ kind, installed }: Unit): string | undefined {
  if (!kind.cools) return undefined;
  if (kind.row.asset_type_id === "CHILLER")
    return installed < 2022 ? (installed < 1996 ? "R-123" : "R-134a") : "R-513A";
  return installed < 2010 ? "R-22" : installed < 2025 ? "R-410A" : "R-454B";
}

/** A contractor's quote instead of the type's unit price. */
function quoted(random: Random, unit: Unit): number {
  return Math.round((priceOf(unit) * Math.exp(0.18 * normal(random))) / 100) * 100;
}

export const priceOf = (unit: Unit): number => (unit.kind.row.cost_per_unit_usd ?? 0) * unit.capacity * unit.quantity;

/** Inspectors' scores from 1 to 5 at three rounds; what is near its end scores low, with an inspector's noise. */
export function drawAssessments(random: Random, register: readonly Registered[]): TableRow<"assessments">[] {
  const rounds = [2013.4, 2018.4, 2023.4];
  return register.flatMap(({ unit, row }) =>
    rounds
      .filter(
        (year) =>
          year > Math.max(unit.installed, registerFrom(unit.building.school_id)) &&
          year + 0.2 < (unit.left?.year ?? AS_OF),
      )
      .filter(() => random.unit() < 0.4)
      .map((year) => {
        const spent = (year - unit.installed) / (unit.fails - unit.installed);
        const score = Math.min(5, Math.max(1, Math.round(5.2 - 3.6 * spent + 0.7 * normal(random))));
        return {
          asset_id: row.asset_id,
          date: dateOf(year + 0.2 * random.unit()),
          score,
          scale_max: 5,
          inspector: `I${1 + random.below(3)}`,
        };
      }),
  );
}

/** Live assets carry their last assessment as condition; a few carry one that nobody dated. */
export function withConditions(
  random: Random,
  register: readonly Registered[],
  assessments: readonly TableRow<"assessments">[],
): AssetRow[] {
  const last = new Map<string, TableRow<"assessments">>();
  for (const row of assessments) {
    const known = last.get(row.asset_id);
    if (!known || dayNumber(row.date) > dayNumber(known.date)) last.set(row.asset_id, row);
  }
  return register.map(({ row }) => {
    const found = last.get(row.asset_id);
    if (row.removed_date) return row;
    if (found) return { ...row, condition: found.score, condition_date: found.date };
    return random.unit() < 0.03 ? { ...row, condition: 1 + random.below(5) } : row;
  });
}
