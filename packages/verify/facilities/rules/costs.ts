import { totalUsd, visitOf } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** A project's cost is right to 1 %, a visit's sum to 0.2 %: escalated to the middle of its year, the visit's mobilization shared by cost. */
export const costs: Rule = ({ projects }, report) => {
  for (const { row, costUsd } of projects)
    report.agree(
      "costs.project",
      row.cost_usd,
      costUsd,
      { relative: 0.01, absolute: 0.01 },
      `cost of ${row.asset_id} in ${row.fiscal_year}`,
      { asset_id: row.asset_id },
    );
  for (const [visit, rows] of Map.groupBy(projects, visitOf)) {
    const claimed = rows.reduce((sum, { row }) => sum + (row.cost_usd ?? 0), 0);
    report.agree(
      "costs.visit",
      claimed,
      totalUsd(rows),
      { relative: 0.002, absolute: 0.02 },
      `cost of the visit ${visit}`,
      { school_id: rows[0].asset.schoolId, fiscal_year: rows[0].row.fiscal_year },
    );
  }
};
