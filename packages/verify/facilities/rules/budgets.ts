import type { TableRow } from "@trivium/model";
import { type Project, type Reading, totalUsd } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** A fund spends in a year at most its amount and what it carried in, on unrounded costs; a fund-year without a row is 0. */
export const budgets: Rule = (reading, report) => {
  for (const [fund, year, shortUsd] of shortfalls(reading, reading.projects))
    report.check(
      "budgets.fund-year",
      shortUsd <= 0.005,
      () => `fund ${fund} is overspent by ${shortUsd.toFixed(2)} in ${reading.calendar.years[year]}`,
      { fund_id: fund, fiscal_year: reading.calendar.years[year] },
    );
  for (const { row } of reading.projects)
    report.check(
      "budgets.known-fund",
      reading.funds.has(row.fund_id ?? ""),
      () => `project of ${row.asset_id} is paid from ${row.fund_id}, no fund of budgets.csv`,
      { asset_id: row.asset_id },
    );
};

/** Money missing in each fund and plan year (negative = left over). What is left goes on where the fund carries over, at most carry_cap_share of the year's amount. */
export function* shortfalls(
  { funds, calendar, settings }: Reading,
  projects: readonly Project[],
): Generator<readonly [fund: string, year: number, shortUsd: number]> {
  for (const [fund, rows] of funds) {
    let carriedUsd = 0;
    for (let year = 0; year < calendar.years.length; year++) {
      const amountUsd = rows[year]?.amount_usd ?? 0;
      const spentUsd = totalUsd(projects.filter((project) => project.year === year && project.row.fund_id === fund));
      const leftUsd = amountUsd + carriedUsd - spentUsd;
      yield [fund, year, -leftUsd];
      carriedUsd = Math.min(Math.max(0, leftUsd), carryMaxUsd(rows[year], settings.carry_cap_share));
    }
  }
}

function carryMaxUsd(row: TableRow<"budgets"> | undefined, capShare: number | undefined): number {
  if (row?.carry_over !== true) return 0;
  return capShare === undefined ? Infinity : capShare * row.amount_usd;
}
