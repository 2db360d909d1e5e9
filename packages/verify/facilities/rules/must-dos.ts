import { isMustDo, type LiveAsset, type Reading, withCosts } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { isBlackout } from "./blackouts.ts";
import { shortfalls } from "./budgets.ts";
import { mayBuy } from "./fund-allowed.ts";

/**
 * Every must-do due within the plan is done in time or listed in `unmet`, never both; listed only when no year up to its `by` has room for it
 * beside the plan's other must-dos, the optional projects put aside. The status says so.
 */
export const mustDos: Rule = (reading, report) => {
  const { plan, projects, live, calendar } = reading;
  const done = new Set(projects.filter(isMustDo).map(({ row }) => row.asset_id));
  const listed = new Map(plan.unmet.map((row) => [row.asset_id, row]));
  const last = calendar.years[calendar.years.length - 1];
  for (const [asset_id, asset] of live) {
    const by = asset.mustDoBy;
    if (by === undefined || by > last) continue;
    report.check(
      "must-do.done-or-listed",
      done.has(asset_id) !== listed.has(asset_id),
      () =>
        `must-do ${asset_id} by ${by} is ${done.has(asset_id) ? "both done and listed as unmet" : "neither done nor listed as unmet"}`,
      { asset_id, by },
    );
  }
  for (const row of plan.unmet) {
    const asset = live.get(row.asset_id);
    const where = { asset_id: row.asset_id, by: row.by };
    report.check(
      "must-do.listed-is-one",
      asset?.mustDoBy === row.by,
      () => `unmet row ${row.asset_id} by ${row.by} is no must-do`,
      where,
    );
    if (asset === undefined) continue;
    const room = roomFor(reading, asset);
    report.check(
      "must-do.no-room",
      room === undefined,
      () => `must-do ${row.asset_id} is listed as unmet, yet ${room?.fund} has room in ${room?.fiscalYear}`,
      where,
    );
  }
  report.check(
    "must-do.status",
    plan.unmet.length > 0 === (plan.status === "must_do_unmet"),
    () => `${plan.unmet.length} must-dos unmet, status ${plan.status}`,
  );
};

/** A year and fund that could take the asset beside the plan's must-dos alone. */
function roomFor(reading: Reading, asset: LiveAsset): { fund: string; fiscalYear: number } | undefined {
  const { projects, calendar, settings, funds } = reading;
  if (asset.costUsd <= 0) return undefined;
  const musts = projects.filter(isMustDo);
  for (const [year, fiscalYear] of calendar.years.entries()) {
    const count = musts.filter((project) => project.year === year).length;
    if (
      fiscalYear > (asset.mustDoBy ?? 0) ||
      isBlackout(reading, asset.schoolId, fiscalYear) ||
      count >= (settings.projects_max_per_year ?? Infinity)
    )
      continue;
    for (const fund of funds.keys()) {
      if (!mayBuy(reading, fund, asset)) continue;
      const row = { asset_id: asset.row.asset_id, fiscal_year: fiscalYear, fund_id: fund };
      const tried = withCosts([...musts, { row, asset, year }], settings, calendar);
      // The plan may keep a few ten-thousandths of a budget back.
      if (
        [...shortfalls(reading, tried)].every(
          ([id, at, shortUsd]) => shortUsd <= -0.001 * (funds.get(id)?.[at]?.amount_usd ?? 0),
        )
      )
        return { fund, fiscalYear };
    }
  }
  return undefined;
}
