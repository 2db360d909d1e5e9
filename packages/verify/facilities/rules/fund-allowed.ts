import type { LiveAsset, Reading } from "../reading.ts";
import type { Rule } from "../rule.ts";

/** A fund buys only what `uniformat_allowed` (by prefix) and `schools_allowed` both permit; empty = everything. */
export const fundAllowed: Rule = (reading, report) => {
  for (const { row, asset } of reading.projects) {
    const where = { asset_id: row.asset_id, fund_id: row.fund_id ?? "" };
    report.check(
      "budgets.fund-allowed",
      mayBuy(reading, row.fund_id ?? "", asset),
      () => `fund ${row.fund_id} may not pay for ${row.asset_id} (${asset.uniformat}, school ${asset.schoolId})`,
      where,
    );
  }
};

/** A fund's lists are those of its rows; a row that leaves a list out has the one given in another year. */
export function mayBuy({ dataset }: Reading, fund: string, { uniformat, schoolId }: LiveAsset): boolean {
  const rows = dataset.tables.budgets.filter((row) => row.fund_id === fund);
  const codes = rows.find((row) => row.uniformat_allowed?.length)?.uniformat_allowed ?? [];
  const schools = rows.find((row) => row.schools_allowed?.length)?.schools_allowed ?? [];
  return (
    (codes.length === 0 || codes.some((prefix) => uniformat.startsWith(prefix))) &&
    (schools.length === 0 || schools.includes(schoolId))
  );
}
