import type { Dataset } from "@trivium/model";
import type { Register } from "../register/register.ts";
import type { Calendar } from "./fiscal-years.ts";

/** Hard rules of the plan, by index: live assets, schools, plan years (0 first). */
export interface Rules {
  /** Infinity = none. */
  readonly smoothingMaxRatio: number;
  readonly projectsMax: number;
  /** 1 = no work, [school × years + year]. */
  readonly blackout: Uint8Array;
  /** Last fiscal year by which the live asset must be replaced; 0 = no such rule. */
  readonly mustDoBy: Int32Array;
  readonly equity: readonly EquityFloor[];
}

/** These schools get at least this share of the whole horizon's spend. */
interface EquityFloor {
  readonly minShare: number;
  /** 1 = the school is one of them, by school. */
  readonly member: Uint8Array;
}

export function readRules(dataset: Dataset, register: Register, live: Int32Array, calendar: Calendar): Rules {
  const settings = dataset.settings.facilities;
  const { schoolIds } = register;
  const blackout = new Uint8Array(schoolIds.length * calendar.years.length);
  for (const rule of settings.blackouts ?? []) {
    const year = calendar.years.indexOf(rule.fiscal_year);
    if (year < 0) continue;
    for (let school = 0; school < schoolIds.length; school++)
      if (rule.school_id === undefined || rule.school_id === schoolIds[school])
        blackout[school * calendar.years.length + year] = 1;
  }
  return {
    smoothingMaxRatio: settings.smoothing_max_ratio ?? Infinity,
    projectsMax: settings.projects_max_per_year ?? Infinity,
    blackout,
    mustDoBy: readMustDos(dataset, live),
    equity: (settings.equity ?? []).map((floor) => ({
      minShare: floor.min_share,
      member: Uint8Array.from(schoolIds, (id) => +floor.schools.includes(id)),
    })),
  };
}

/** All keys that a must-do names must match; the earliest `by` wins. A rule that names nothing binds nothing. */
function readMustDos(dataset: Dataset, live: Int32Array): Int32Array {
  const rules = dataset.settings.facilities.must_do ?? [];
  return live.map((asset) => {
    const row = dataset.tables.assets[asset];
    let by = 0;
    for (const rule of rules) {
      const named = [rule.asset_id, rule.asset_type_id, rule.refrigerant];
      const held = [row.asset_id, row.asset_type_id, row.refrigerant];
      const matches =
        named.some((each) => each !== undefined) && named.every((each, j) => each === undefined || each === held[j]);
      if (matches && (by === 0 || rule.by < by)) by = rule.by;
    }
    return by;
  });
}
