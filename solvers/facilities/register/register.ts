/**
 * The asset register and its work orders as flat arrays; what everything below reads. Days are counted from 1970-01-01, money in dollars.
 * Structured-cloneable. Assets keep the order of `assets.csv`.
 */
export interface Register {
  readonly assetIds: readonly string[];
  readonly types: readonly AssetType[];
  /** `type:maker` groups; index 0…groups−1. */
  readonly makers: readonly string[];
  readonly buildings: readonly Building[];
  readonly schoolIds: readonly string[];
  readonly type: Int32Array;
  /** Index in `makers`; −1 = not given. */
  readonly maker: Int32Array;
  readonly building: Int32Array;
  /** Index in `schoolIds`, by building. */
  readonly school: Int32Array;
  readonly installDay: Int32Array;
  /** How far the installation may lie from its day, years either way. */
  readonly installSlackYears: Float64Array;
  /** First day on which the register knew the asset; `installDay` where it was known since new. */
  readonly registerDay: Int32Array;
  /** `NEVER` = still there. */
  readonly removedDay: Int32Array;
  /** Last day on which it was seen standing before it was removed; `removedDay` where that is known exactly. */
  readonly seenDay: Int32Array;
  readonly removal: Uint8Array;
  /** At the prices of as_of_date; NaN where neither the row nor the type tells. */
  readonly costUsd: Float64Array;
  readonly criticality: Float64Array;
  /** ln(capacity × quantity), in whatever unit its type has. */
  readonly size: Float64Array;
  /** Energy at full price a year, dollars at the prices of as_of_date. */
  readonly energyUsd: Float64Array;
  /** What repairs cost by this factor more from this day on: a refrigerant that is phased out; 1 and NEVER for others. */
  readonly serviceFactor: Float64Array;
  readonly serviceFromDay: Int32Array;
  readonly conditions: Conditions;
  readonly orders: WorkOrders;
}

export const NEVER = 2_000_000_000;
/** Why an asset was removed: codes of `Register.removal`. */
export const STANDING = 0;
export const FAILED = 1;
/** Planned, upgraded or closed: a life that was cut short, not one that ended. */
export const CUT_SHORT = 2;
export const UNKNOWN_REASON = 3;

export interface AssetType {
  readonly id: string;
  readonly title: string;
  readonly uniformat: string;
  /** Published median life, years, and standard deviation of log life. */
  readonly lifeMedianYears: number;
  readonly lifeSpread: number;
  readonly lifeGiven: boolean;
  readonly lifeSource: string;
  readonly failureCostUsd: number;
  /** What a renewal costs as a share of a replacement, and the age in whole years that a renewed unit is like; null = not offered. */
  readonly renewal: Renewal | null;
}

interface Renewal {
  readonly costShare: number;
  readonly ageYears: number;
}

export interface Building {
  readonly id: string;
  readonly school: number;
  /** First day from which its work orders are kept. */
  readonly ordersFromDay: number;
}

/** Corrective work orders by asset: those of asset a are [starts[a], starts[a + 1]), by rising day. */
export interface WorkOrders {
  readonly starts: Int32Array;
  readonly day: Int32Array;
  /** NaN = not given. */
  readonly costUsd: Float64Array;
}

/** Dated condition scores by asset as a share of the scale's best, by rising day; undated ones are not here: nobody knows what they knew. */
export interface Conditions {
  readonly starts: Int32Array;
  readonly day: Int32Array;
  readonly share: Float64Array;
}

/** Was the asset in the register, installed and standing at the end of this day? */
export function standsOn(register: Register, asset: number, day: number): boolean {
  return register.installDay[asset] <= day && register.registerDay[asset] <= day && register.removedDay[asset] > day;
}
