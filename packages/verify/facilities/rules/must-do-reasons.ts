import { isMustDo, type LiveAsset, type Reading, withCosts } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { isBlackout } from "./blackouts.ts";
import { shortfalls } from "./budgets.ts";
import { mayBuy } from "./fund-allowed.ts";

/** Why a must-do cannot be met is replayed, and the extra money that it asks for would pay for it in some year and fund. */
export const mustDoReasons: Rule = (reading, report) => {
  for (const row of reading.plan.unmet) {
    const asset = reading.live.get(row.asset_id);
    const proof = PROOFS[row.reason_code];
    if (asset === undefined || proof === undefined) continue;
    const where = { asset_id: row.asset_id };
    report.check(
      "must-do.reason",
      proof(reading, asset),
      () => `"${row.reason_code}" is not why must-do ${row.asset_id} cannot be met`,
      where,
    );
    if (row.reason_code !== "budget") continue;
    const least = leastExtraUsd(reading, asset);
    const sharedUsd = sharedMobilizationUsd(reading, asset);
    report.check(
      "must-do.extra-pays",
      (row.extra_usd ?? 0) >= least * 0.99 - sharedUsd,
      () => `must-do ${row.asset_id} asks for ${row.extra_usd} more, at least ${least.toFixed(2)} is needed`,
      where,
    );
  }
};

/** The unmet are reckoned one after the other: a visit that another of the same school pays for is already mobilized. */
function sharedMobilizationUsd({ plan, live, settings, calendar }: Reading, asset: LiveAsset): number {
  const others = plan.unmet.map((row) => live.get(row.asset_id)).filter((other) => other !== asset);
  if (!others.some((other) => other?.schoolId === asset.schoolId)) return 0;
  return (settings.mobilization_usd ?? 0) * Math.max(...calendar.escalation);
}

type Proof = (reading: Reading, asset: LiveAsset) => boolean;

/** Plan years up to `by`, as indices. */
const yearsInTime = ({ calendar }: Reading, { mustDoBy }: LiveAsset): number[] =>
  calendar.years.flatMap((fiscalYear, year) => (fiscalYear <= (mustDoBy ?? 0) ? [year] : []));

const openYears: (reading: Reading, asset: LiveAsset) => number[] = (reading, asset) =>
  yearsInTime(reading, asset).filter((year) => !isBlackout(reading, asset.schoolId, reading.calendar.years[year]));

const fundsFor = (reading: Reading, asset: LiveAsset): string[] =>
  [...reading.funds.keys()].filter((fund) => mayBuy(reading, fund, asset));

const PROOFS: Readonly<Record<string, Proof>> = {
  no_year: (reading, asset) => yearsInTime(reading, asset).length === 0,
  no_cost: (_reading, asset) => asset.costUsd <= 0,
  no_fund: (reading, asset) => fundsFor(reading, asset).length === 0,
  blackout: (reading, asset) => openYears(reading, asset).length === 0,
  projects_max: (reading, asset) => freeYears(reading, asset).length === 0,
  budget: (reading, asset) => freeYears(reading, asset).length > 0 && fundsFor(reading, asset).length > 0,
};

/** Open years with room for one more project beside the plan's must-dos. */
function freeYears(reading: Reading, asset: LiveAsset): number[] {
  const musts = reading.projects.filter(isMustDo);
  const most = reading.settings.projects_max_per_year ?? Infinity;
  return openYears(reading, asset).filter((year) => musts.filter((project) => project.year === year).length < most);
}

/** Money that is missing in the best year and fund, with the plan's other must-dos as they are. */
function leastExtraUsd(reading: Reading, asset: LiveAsset): number {
  const musts = reading.projects.filter(isMustDo);
  const tries = freeYears(reading, asset).flatMap((year) => fundsFor(reading, asset).map((fund) => ({ year, fund })));
  const missing = tries.map(({ year, fund }) => {
    const row = { asset_id: asset.row.asset_id, fiscal_year: reading.calendar.years[year], fund_id: fund };
    const tried = withCosts([...musts, { row, asset, year }], reading.settings, reading.calendar);
    return [...shortfalls(reading, tried)].reduce((sum, [, , shortUsd]) => sum + Math.max(0, shortUsd), 0);
  });
  return Math.min(...missing);
}
