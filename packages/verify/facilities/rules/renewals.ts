import type { Rule } from "../rule.ts";

const TOLERANCE = 0.005;

/**
 * A renewal is of a type that offers one, of a unit older than a renewed one is like, with its chances in the outlook; and these are those of a new unit
 * so many years on: p_fail_renewed in its k-th year = p_fail_new in the (k + age)-th, as far as the outlook goes.
 */
export const renewals: Rule = ({ projects, live }, report) => {
  for (const { row, asset } of projects) {
    if (row.action !== "renew") continue;
    const where = { asset_id: row.asset_id, fiscal_year: row.fiscal_year };
    report.check(
      "renewals.offered",
      asset.renewal !== undefined && (asset.forecast?.age_years ?? 0) > asset.renewal.ageYears - 0.02,
      () => `${row.asset_id} is renewed, which its type does not offer or which would make it no younger`,
      where,
    );
    report.check(
      "renewals.outlook",
      asset.outlook.every((each) => each?.p_fail_renewed !== undefined && each.repair_renewed_usd !== undefined),
      () => `the outlook does not say how ${row.asset_id} fares after its renewal`,
      where,
    );
  }
  for (const [asset_id, { outlook, renewal }] of live) {
    if (renewal === undefined) continue;
    for (let k = 1; k + renewal.ageYears < outlook.length; k++) {
      const claimed = outlook[k]?.p_fail_renewed;
      if (claimed === undefined) continue;
      report.agree(
        "renewals.age",
        claimed,
        outlook[k + renewal.ageYears]?.p_fail_new ?? Number.NaN,
        { absolute: TOLERANCE },
        `p_fail_renewed of ${asset_id} in year ${k}`,
        { asset_id },
      );
    }
  }
};
