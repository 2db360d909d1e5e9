import type { Money } from "./money.ts";

/** What the objective needs of one asset; arrays by stretch (0 = rest of the running fiscal year, k = k-th plan year), as in the outlook. */
export interface AssetOutlook {
  readonly pKept: Float64Array;
  readonly pNew: Float64Array;
  readonly repairKept: Float64Array;
  readonly repairNew: Float64Array;
  readonly energyKept: Float64Array;
  readonly energyNew: Float64Array;
  /** At the prices of as_of_date; 0 where unknown. */
  readonly costUsd: number;
  /** failure_cost_usd × criticality / 3. */
  readonly failureCostUsd: number;
  /** The unit after a renewal; undefined = it can't be renewed. */
  readonly renewed?: RenewedUnit | undefined;
}

/** A renewed unit: entry k of its arrays is the k-th year after the renewal, like a new unit's. */
interface RenewedUnit {
  /** Of the renewal, at the prices of as_of_date. */
  readonly costUsd: number;
  readonly pFail: Float64Array;
  readonly repairUsd: Float64Array;
  /** A year. */
  readonly energyUsd: number;
}

/** What one asset costs in each plan year if it is replaced in one of them or in none; arrays by plan year. */
export interface CostStream {
  readonly failures: Float64Array;
  readonly emergencyUsd: Float64Array;
  readonly repairUsd: Float64Array;
  readonly energyUsd: Float64Array;
}

export const NOT_REPLACED = -1;

export function emptyStream(years: number): CostStream {
  const column = () => new Float64Array(years);
  return { failures: column(), emergencyUsd: column(), repairUsd: column(), energyUsd: column() };
}

/** Failure cost of plan year t (0 first), undiscounted: emergency_factor × escalated replacement cost + failure cost. */
export function failureCostUsd(outlook: AssetOutlook, money: Money, year: number): number {
  return money.emergencyFactor * outlook.costUsd * money.escalation[year] + outlook.failureCostUsd;
}

/**
 * Writes the stream of an asset that is replaced in plan year `replaced` (0 first) or NOT_REPLACED.
 *
 * A kept unit fails first in stretch t with f_t = q_t Π_{s<t} (1 − q_s), q = pKept; a unit put in at s fails first k years later with
 * g_k = n_k Π_{j<k} (1 − n_j), n = pNew.  Failures:  m_t = f_t + Σ_{s<t} m_s g_{t−s}  (stretch 0 renews but costs nothing).
 * In the year of the planned replacement m counts half, repairs and energy are half the old unit's and half a first-year one's; from then on
 * the new unit's own sequence  u_k = g_k + Σ_{j<k} u_j g_{k−j}  runs.  Repairs and energy of a year are those of whichever unit stands at its start,
 * at the prices of as_of_date.
 * @param renew its project is a renewal: what stands after it is the renewed unit, until it fails and new ones follow
 */
export function writeStream(
  outlook: AssetOutlook,
  money: Money,
  replaced: number,
  out: CostStream,
  scratch: StreamScratch,
  renew = false,
): void {
  const years = out.failures.length;
  const after = renew && outlook.renewed ? outlook.renewed : newUnit(outlook);
  const { first, renewals, standingNew } = scratch;
  const { pKept, pNew } = outlook;
  let standing = 1;
  for (let k = 1; k <= years; k++) {
    standingNew[k] = standing;
    first[k] = standing * pNew[k];
    standing *= 1 - pNew[k];
  }
  let kept = 1;
  const last = replaced === NOT_REPLACED ? years : replaced + 1;
  for (let k = 0; k <= last; k++) {
    let failing = kept * pKept[k];
    let repair = kept * outlook.repairKept[k];
    let energy = kept * outlook.energyKept[k];
    for (let s = 0; s < k; s++) {
      failing += renewals[s] * first[k - s];
      const share = renewals[s] * standingNew[k - s];
      repair += share * outlook.repairNew[k - s];
      energy += share * outlook.energyNew[k - s];
    }
    renewals[k] = failing;
    kept *= 1 - pKept[k];
    if (k === 0) continue;
    const half = k - 1 === replaced ? 0.5 : 1;
    set(
      out,
      k - 1,
      half * failing,
      half * repair + (1 - half) * after.repairUsd[1],
      half * energy + (1 - half) * energyIn(after, 1),
    );
  }
  if (replaced !== NOT_REPLACED) writeAfter(outlook, after, replaced, out, scratch);
  for (let year = 0; year < years; year++)
    out.emergencyUsd[year] = out.failures[year] * failureCostUsd(outlook, money, year);
}

/** What stands after a project. */
interface StandingUnit {
  readonly pFail: Float64Array;
  readonly repairUsd: Float64Array;
  readonly energyUsd: Float64Array | number;
}

const newUnit = ({ pNew, repairNew, energyNew }: AssetOutlook): StandingUnit => ({
  pFail: pNew,
  repairUsd: repairNew,
  energyUsd: energyNew,
});

const energyIn = ({ energyUsd }: StandingUnit, k: number): number =>
  typeof energyUsd === "number" ? energyUsd : energyUsd[k];

/** The years after a project: the unit that it leaves, and the new ones that replace it when it fails. */
function writeAfter(
  outlook: AssetOutlook,
  after: StandingUnit,
  replaced: number,
  out: CostStream,
  { first, renewals, standingNew }: StreamScratch,
): void {
  let standing = 1;
  for (let k = 1; replaced + k < out.failures.length; k++) {
    let failing = standing * after.pFail[k];
    let repair = standing * after.repairUsd[k];
    let energy = standing * energyIn(after, k);
    standing *= 1 - after.pFail[k];
    for (let s = 1; s < k; s++) {
      failing += renewals[s] * first[k - s];
      const share = renewals[s] * standingNew[k - s];
      repair += share * outlook.repairNew[k - s];
      energy += share * outlook.energyNew[k - s];
    }
    renewals[k] = failing;
    set(out, replaced + k, failing, repair, energy);
  }
}

function set(out: CostStream, year: number, failing: number, repair: number, energy: number): void {
  out.failures[year] = failing;
  out.repairUsd[year] = repair;
  out.energyUsd[year] = energy;
}

/** Work space of `writeStream`, reused. */
export interface StreamScratch {
  readonly first: Float64Array;
  readonly renewals: Float64Array;
  readonly standingNew: Float64Array;
}

export function streamScratch(years: number): StreamScratch {
  const column = () => new Float64Array(years + 1);
  return { first: column(), renewals: column(), standingNew: column() };
}

/** Discounted sum of failure cost, repairs and energy over the horizon: an asset's part of the objective. */
export function discountedUsd(stream: CostStream, money: Money): number {
  let sum = 0;
  for (let year = 0; year < stream.failures.length; year++)
    sum += money.discount[year] * (stream.emergencyUsd[year] + stream.repairUsd[year] + stream.energyUsd[year]);
  return sum;
}
