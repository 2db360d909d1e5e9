import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import { between, gammaMeanOne, normal, weibull } from "./chance.ts";
import { ASSET_KINDS, type AssetKind } from "./types.ts";

type Building = TableRow<"buildings">;

/** Decimal year of the register's as-of date, 2027-03-31. */
export const AS_OF = 2027 + 89 / 365;

/** A unit of the hidden history: when it came, when it went or will go, and why. Years are decimal. */
export interface Unit {
  readonly kind: AssetKind;
  readonly building: Building;
  readonly maker: string;
  readonly capacity: number;
  readonly quantity: number;
  readonly installed: number;
  /** When it fails if nobody replaces it before. */
  readonly fails: number;
  /** When it left service; none = it stands on the as-of date. */
  readonly left?: { readonly year: number; readonly reason: "failed" | "planned" | "upgraded" };
  /** Which unit of the same place it followed. */
  readonly before?: Unit;
  /** How prone to repairs, 1 = usual. */
  readonly proneness: number;
}

/** Makers differ in how long their units last; the first of each list is the poorest. */
const MAKER_FACTOR = [0.84, 1, 1.06, 1.14];

/** Building year → later program year in which what was old there was renewed at once. */
const UPGRADES: Readonly<Record<string, number>> = { E1: 2014.5, M1: 2019.5 };

/**
 * Everything that ever stood in the buildings: in every place one unit after the other since the building was built.
 * Life is Weibull by type, times the maker's and the school's factor (frailty); some units are replaced early, by age and not by condition.
 */
export function drawHistory(random: Random, buildings: readonly Building[]): Unit[] {
  const frailty = new Map<string, number>();
  for (const { school_id } of buildings)
    if (!frailty.has(school_id)) frailty.set(school_id, Math.exp(0.14 * normal(random)));
  return buildings.flatMap((building) =>
    ASSET_KINDS.flatMap((kind) =>
      Array.from({ length: placesOf(kind, building) }, () =>
        drawPlace(random, kind, building, frailty.get(building.school_id) ?? 1),
      ).flat(),
    ),
  );
}

function placesOf(kind: AssetKind, building: Building): number {
  if (kind.areaPerUnitSqft === 0) return building.area_sqft < 30_000 ? Math.floor(kind.each / 2) : kind.each;
  return Math.round(building.area_sqft / kind.areaPerUnitSqft);
}

function drawPlace(random: Random, kind: AssetKind, building: Building, frailty: number): Unit[] {
  const [least, most, step] = kind.capacity;
  const capacity = least + step * random.below(Math.round((most - least) / step) + 1);
  const quantity = between(random, kind.quantity[0], kind.quantity[1]);
  const units: Unit[] = [];
  let installed = building.year_built + random.unit() * 0.6;
  // Cooling came to old schools late.
  if (kind.cools) installed = Math.max(installed, 1978 + 14 * random.unit());
  while (installed < AS_OF) {
    const maker = random.below(kind.makers.length);
    const life = weibull(
      random,
      (kind.row.life_median_years ?? 20) * kind.lifeFactor * MAKER_FACTOR[maker] * frailty,
      kind.shape,
    );
    const fails = installed + Math.max(0.3, life);
    const left = leaving(random, kind, building, installed, fails);
    const unit: Unit = {
      kind,
      building,
      maker: kind.makers[maker],
      capacity,
      quantity,
      installed,
      fails,
      proneness: gammaMeanOne(random, 4) / frailty,
      ...(left ? { left } : {}),
      ...(units.length > 0 ? { before: units[units.length - 1] } : {}),
    };
    units.push(unit);
    if (!left) break;
    installed = left.year;
  }
  return units;
}

/** Failure, a planned summer replacement past the published life (one chance in twenty a year), or the school's renewal program. */
function leaving(random: Random, kind: AssetKind, building: Building, installed: number, fails: number): Unit["left"] {
  const published = kind.row.life_median_years ?? 20;
  const upgrade = UPGRADES[building.school_id];
  for (let summer = Math.ceil(installed) + 0.5; summer < Math.min(fails, AS_OF); summer++) {
    const age = summer - installed;
    if (summer === upgrade && age > 0.7 * published && random.unit() < 0.5) return { year: summer, reason: "upgraded" };
    if (age > published && random.unit() < 0.05) return { year: summer, reason: "planned" };
  }
  return fails < AS_OF ? { year: fails, reason: "failed" } : undefined;
}
