import type { DecisionsOf } from "@trivium/model";
import { driversOf } from "../forecast/drivers.ts";
import type { FacilitiesProblem } from "../problem.ts";
import type { AssetOutlook } from "./cost-stream.ts";

type OutlookRows = DecisionsOf["facilities"]["outlook"];
type ForecastRows = DecisionsOf["facilities"]["forecast"];

/** The outlook of one live asset as the objective reads it; views into the forecast, energy spread over the stretches. */
export function outlookOf(problem: FacilitiesProblem, a: number): AssetOutlook {
  const { forecast, register, calendar } = problem;
  const asset = forecast.live[a];
  const from = a * forecast.stretches;
  const slice = (values: Float64Array) => values.subarray(from, from + forecast.stretches);
  const energy = register.energyUsd[asset];
  const energyNew = new Float64Array(forecast.stretches).fill(energy * problem.energyNewShare[a], 1);
  const energyKept = new Float64Array(forecast.stretches).fill(energy, 1);
  energyKept[0] = energy * calendar.bounds[1];
  return {
    pKept: slice(forecast.pKept),
    pNew: slice(forecast.pNew),
    repairKept: slice(forecast.repairKept),
    repairNew: slice(forecast.repairNew),
    energyKept,
    energyNew,
    costUsd: problem.replacementUsd[a],
    renewed: renewedOf(problem, a, energy),
    failureCostUsd: (register.types[register.type[asset]].failureCostUsd * register.criticality[asset]) / 3,
  };
}

/** A unit after its renewal; none where the type is not renewed, its cost is unknown, or the unit is no older than a renewed one would be. */
function renewedOf({ forecast, register, replacementUsd }: FacilitiesProblem, a: number, energyUsd: number) {
  const renewal = register.types[register.type[forecast.live[a]]].renewal;
  if (renewal === null || replacementUsd[a] <= 0 || forecast.ageYears[a] <= renewal.ageYears) return undefined;
  const from = forecast.fresh.at[a] * forecast.stretches;
  return {
    costUsd: renewal.costShare * replacementUsd[a],
    pFail: forecast.fresh.renewedPFail.subarray(from, from + forecast.stretches),
    repairUsd: forecast.fresh.renewedRepairUsd.subarray(from, from + forecast.stretches),
    energyUsd,
  };
}

/** `outlook.csv`: for each live asset the rest of the running fiscal year and every plan year; money at the prices of as_of_date. */
export function outlookRows(problem: FacilitiesProblem): OutlookRows {
  const { forecast, register, calendar } = problem;
  const years = [calendar.runningYear, ...calendar.years];
  return Array.from(forecast.live).flatMap((asset, a) => {
    const outlook = outlookOf(problem, a);
    return years.map((fiscal_year, k) => ({
      asset_id: register.assetIds[asset],
      fiscal_year,
      p_fail_kept: round(outlook.pKept[k], 6),
      p_fail_new: round(outlook.pNew[k], 6),
      repair_kept_usd: round(outlook.repairKept[k], 2),
      repair_new_usd: round(outlook.repairNew[k], 2),
      energy_kept_usd: round(outlook.energyKept[k], 2),
      energy_new_usd: round(outlook.energyNew[k], 2),
      ...(outlook.renewed && {
        p_fail_renewed: round(outlook.renewed.pFail[k], 6),
        repair_renewed_usd: round(outlook.renewed.repairUsd[k], 2),
      }),
    }));
  });
}

/** `forecast.csv`. */
export function forecastRows(problem: FacilitiesProblem): ForecastRows {
  const { forecast, register } = problem;
  return Array.from(forecast.live, (asset, a) => ({
    asset_id: register.assetIds[asset],
    age_years: round(forecast.ageYears[a], 3),
    p_fail_1y: round(forecast.pFail[a * 4], 6),
    p_fail_3y: round(forecast.pFail[a * 4 + 1], 6),
    p_fail_5y: round(forecast.pFail[a * 4 + 2], 6),
    p_fail_10y: round(forecast.pFail[a * 4 + 3], 6),
    rul_p10: round(forecast.rul[a * 3], 3),
    rul_median: round(forecast.rul[a * 3 + 1], 3),
    rul_p90: round(forecast.rul[a * 3 + 2], 3),
    rul_p2_5: round(forecast.rulWide[a * 4], 3),
    rul_p25: round(forecast.rulWide[a * 4 + 1], 3),
    rul_p75: round(forecast.rulWide[a * 4 + 2], 3),
    rul_p97_5: round(forecast.rulWide[a * 4 + 3], 3),
    repairs_1y: round(forecast.repairsNextYear[a], 4),
    repair_1y_usd: round(forecast.repairNextYearUsd[a], 2),
    drivers: driversOf(forecast, a),
    basis: forecast.basis[a],
  }));
}

export function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
