import { FACILITIES_DEFAULTS } from "@trivium/model";
import type { Done, LiveAsset, Reading } from "./reading.ts";

/** What one asset costs in each plan year, or all assets together; undiscounted. */
export interface Stream {
  readonly failures: number[];
  readonly emergencyUsd: number[];
  readonly repairUsd: number[];
  readonly energyUsd: number[];
}

const emptyStream = (years: number): Stream => {
  const zeros = () => new Array<number>(years).fill(0);
  return { failures: zeros(), emergencyUsd: zeros(), repairUsd: zeros(), energyUsd: zeros() };
};

/** A chain of units in one place: chance that a failure, and with it a new unit, comes in each stretch, and what standing units cost there. */
interface Chain {
  readonly failures: number[];
  readonly repairUsd: number[];
  readonly energyUsd: number[];
}

/**
 * Expected failures, repairs and energy of an asset by plan year, from its outlook.
 *
 * m_t = first failures in t + Σ_{s<t} m_s · new_{t−s}, where the first failure of a unit put in at s comes in s + k with n_k Π_{j<k} (1 − n_j).
 * Stretch 0, the rest of the running year, renews the unit but costs nothing. In the year of the planned replacement everything counts half,
 * the other half of repairs and energy is a new unit's first year; then the new unit's own chain starts.
 *
 * After a renewal the first unit is the renewed one, with its own chances and repairs, and the energy of the kept one.
 *
 * @param done undefined = nothing
 */
export function streamOf(asset: LiveAsset, done: Done | undefined, { calendar, settings }: Reading): Stream {
  const replaced = done?.year;
  const years = calendar.years.length;
  const outlook = asset.outlook;
  const value = (
    stretch: number,
    name:
      | "p_fail_kept"
      | "repair_kept_usd"
      | "energy_kept_usd"
      | "p_fail_new"
      | "repair_new_usd"
      | "energy_new_usd"
      | "p_fail_renewed"
      | "repair_renewed_usd",
  ) => outlook[stretch]?.[name] ?? 0;
  const renewal = (t: number): Unit => ({
    p: value(t, "p_fail_renewed"),
    repairUsd: value(t, "repair_renewed_usd"),
    energyUsd: value(1, "energy_kept_usd"),
  });
  const fresh = done?.renewed
    ? chainOf(years, { p: 0, repairUsd: 0, energyUsd: 0 }, renewal, value)
    : chainOf(years, { p: 1, repairUsd: 0, energyUsd: 0 }, () => undefined, value);
  const firstYear = done?.renewed
    ? renewal(1)
    : { repairUsd: value(1, "repair_new_usd"), energyUsd: value(1, "energy_new_usd") };
  const kept = chainOf(
    years,
    { p: value(0, "p_fail_kept"), repairUsd: 0, energyUsd: 0 },
    (t) => ({
      p: value(t, "p_fail_kept"),
      repairUsd: value(t, "repair_kept_usd"),
      energyUsd: value(t, "energy_kept_usd"),
    }),
    value,
  );
  const stream = emptyStream(years);
  for (let year = 0; year < years; year++) {
    const stretch = year + 1;
    const renewed = replaced !== undefined && year > replaced;
    const [chain, at] = renewed ? [fresh, year - replaced] : [kept, stretch];
    const half = year === replaced ? 0.5 : 1;
    stream.failures[year] = half * chain.failures[at];
    stream.repairUsd[year] = half * chain.repairUsd[at] + (1 - half) * firstYear.repairUsd;
    stream.energyUsd[year] = half * chain.energyUsd[at] + (1 - half) * firstYear.energyUsd;
    const factor = settings.emergency_factor ?? FACILITIES_DEFAULTS.emergency_factor;
    stream.emergencyUsd[year] =
      stream.failures[year] * (factor * calendar.escalation[year] * asset.costUsd + asset.failureCostUsd);
  }
  return stream;
}

interface Unit {
  readonly p: number;
  readonly repairUsd: number;
  readonly energyUsd: number;
}

/** @param first stretch 0: with `p` a unit comes new then; @param old the unit that stood before, in stretch t, while it stands; none = there was none */
function chainOf(
  years: number,
  first: Unit,
  old: (stretch: number) => Unit | undefined,
  value: (stretch: number, name: "p_fail_new" | "repair_new_usd" | "energy_new_usd") => number,
): Chain {
  const chain: Chain = { failures: [first.p], repairUsd: [0], energyUsd: [0] };
  let standing = 1 - first.p;
  const standsNew: number[] = [1, 1];
  for (let k = 1; k <= years; k++) standsNew.push(standsNew[k] * (1 - value(k, "p_fail_new")));
  for (let t = 1; t <= years; t++) {
    const unit = old(t) ?? { p: 0, repairUsd: 0, energyUsd: 0 };
    let failures = standing * unit.p;
    let repairUsd = standing * unit.repairUsd;
    let energyUsd = standing * unit.energyUsd;
    for (let s = 0; s < t; s++) {
      const stands = chain.failures[s] * standsNew[t - s];
      failures += stands * value(t - s, "p_fail_new");
      repairUsd += stands * value(t - s, "repair_new_usd");
      energyUsd += stands * value(t - s, "energy_new_usd");
    }
    chain.failures.push(failures);
    chain.repairUsd.push(repairUsd);
    chain.energyUsd.push(energyUsd);
    standing *= 1 - unit.p;
  }
  return chain;
}

/** All live assets together; `done` gives what is done to each. */
export function totalStream(reading: Reading, done: (assetId: string) => Done | undefined): Stream {
  const total = emptyStream(reading.calendar.years.length);
  for (const [id, asset] of reading.live) {
    const own = streamOf(asset, done(id), reading);
    for (const name of ["failures", "emergencyUsd", "repairUsd", "energyUsd"] as const)
      own[name].forEach((each, year) => {
        total[name][year] += each;
      });
  }
  return total;
}

/** Discounted sum over the horizon of failure cost, repairs and energy. */
export function objectiveUsd({ emergencyUsd, repairUsd, energyUsd }: Stream, { calendar }: Reading): number {
  return calendar.discount.reduce(
    (sum, worth, year) => sum + worth * (emergencyUsd[year] + repairUsd[year] + energyUsd[year]),
    0,
  );
}

/** Facility condition index at the end of each plan year. */
export function fciByYear({ live, calendar }: Reading, done: (assetId: string) => Done | undefined): number[] {
  const all = [...live.values()].reduce((sum, { costUsd }) => sum + costUsd, 0);
  return calendar.years.map((_, year) => {
    let dueUsd = 0;
    for (const [id, { costUsd, forecast }] of live) {
      const planned = done(id)?.year;
      const standing = planned === undefined || planned > year;
      if (standing && forecast !== undefined && forecast.rul_median <= calendar.ends[year + 1]) dueUsd += costUsd;
    }
    return all > 0 ? dueUsd / all : 0;
  });
}
