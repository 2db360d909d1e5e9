import { DAYS_PER_YEAR, dayNumber, type TableRow } from "@trivium/model";
import type { Rule } from "../rule.ts";

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * What a backtest says happened is what the register says: at each origin, the assets known to stand then (register_date honoured)
 * and those among them that failed within the window, which has ended by as_of_date.
 */
export const backtestOutcomes: Rule = ({ plan, dataset, settings }, report) => {
  const asOf = dayNumber(settings.as_of_date ?? "1970-01-01");
  for (const row of plan.decisions.backtest) {
    if (!ISO_DATE.test(row.origin) || row.slice !== "all") continue;
    const origin = dayNumber(row.origin);
    const end = Math.round(origin + row.horizon_years * DAYS_PER_YEAR);
    const where = { origin: row.origin, measure: row.measure };
    report.check(
      "backtest.window-has-ended",
      end <= asOf + 1,
      () => `the window of ${row.horizon_years} years from ${row.origin} has not ended on ${settings.as_of_date}`,
      where,
    );
    const stood = dataset.tables.assets.filter((asset) => stoodOn(asset, origin));
    const failed = stood.filter((asset) => asset.removed_reason === "failed" && removedDay(asset) <= end);
    const actual = { assets: stood.length, failures: failed.length }[row.measure];
    if (actual !== undefined)
      report.agree(
        "backtest.outcomes",
        row.value,
        actual,
        {},
        `${row.measure} of the backtest from ${row.origin}`,
        where,
      );
  }
};

const removedDay = (asset: TableRow<"assets">): number =>
  asset.removed_date === undefined ? Infinity : dayNumber(asset.removed_date);

/** Installed, not yet removed, and in the register by then. */
function stoodOn(asset: TableRow<"assets">, day: number): boolean {
  const known = dayNumber(asset.register_date ?? asset.install_date);
  return dayNumber(asset.install_date) <= day && known <= day && removedDay(asset) > day;
}
