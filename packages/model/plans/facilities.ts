import { decimal, id, oneOf, text, whole, yesNo } from "../column.ts";
import { table } from "../table.ts";

const share = decimal(0, 1).mandatory;

export const planForecast = table("forecast.csv", ["asset_id"], {
  asset_id: id().mandatory,
  age_years: decimal().mandatory,
  p_fail_1y: share,
  p_fail_3y: share,
  p_fail_5y: share,
  p_fail_10y: share,
  rul_p10: decimal(0).mandatory,
  rul_median: decimal(0).mandatory,
  rul_p90: decimal(0).mandatory,
  rul_p2_5: decimal(0),
  rul_p25: decimal(0),
  rul_p75: decimal(0),
  rul_p97_5: decimal(0),
  repairs_1y: decimal(0),
  repair_1y_usd: decimal(0),
  drivers: text(),
  basis: text().mandatory,
});

export const planOutlook = table("outlook.csv", ["asset_id", "fiscal_year"], {
  asset_id: id().mandatory,
  fiscal_year: whole().mandatory,
  p_fail_kept: share,
  p_fail_new: share,
  repair_kept_usd: decimal(0).mandatory,
  repair_new_usd: decimal(0).mandatory,
  energy_kept_usd: decimal(0).mandatory,
  energy_new_usd: decimal(0).mandatory,
  /** A renewed unit in the k-th year after its renewal, as `…_new`; only where its type may be renewed. */
  p_fail_renewed: decimal(0, 1),
  repair_renewed_usd: decimal(0),
});

export const planProjects = table("plan.csv", ["asset_id", "fiscal_year"], {
  asset_id: id().mandatory,
  building_id: id(),
  school_id: id(),
  fiscal_year: whole(1900, 2300).mandatory,
  fund_id: id(),
  cost_usd: decimal(0),
  action: oneOf("replace", "renew"),
  reason: text(),
});

export const planYears = table("years.csv", ["fiscal_year"], {
  fiscal_year: whole().mandatory,
  spend_usd: decimal(0).mandatory,
  budget_usd: decimal(0).mandatory,
  expected_failures: decimal(0).mandatory,
  expected_emergency_usd: decimal(0).mandatory,
  fci: decimal(0).mandatory,
});

/**
 * What the plan does for each school and group. A slice is `all`, `school`, or a `group_*` column; `value` names the school or the group.
 * Every figure weighs each school by the share of its pupils that belong to the slice, so a group is given its share of what its schools get.
 * Groups of fewer than ten pupils have no figures; nor do the other groups of that column have sums from which those could be told.
 */
export const planFairness = table("fairness.csv", ["slice", "value"], {
  slice: text().mandatory,
  value: text().mandatory,
  suppressed: yesNo(),
  pupils: decimal(0),
  area_sqft: decimal(0),
  projects: decimal(0),
  spend_usd: decimal(0),
  spend_per_pupil_usd: decimal(0),
  spend_per_sqft_usd: decimal(0),
  /** Spend per pupil against that of the whole district; 1 = the same. */
  spend_ratio: decimal(0),
  /** Mean age of what is replaced, at the middle of its year. */
  age_at_replacement_years: decimal(0),
  /** Expected cost of failures over the horizon with the plan, and without it. */
  risk_usd: decimal(0),
  risk_if_nothing_usd: decimal(0),
  risk_per_pupil_usd: decimal(0),
  risk_ratio: decimal(0),
});

export const planBacktest = table("backtest.csv", ["origin", "horizon_years", "method", "slice", "measure"], {
  origin: text().mandatory,
  horizon_years: whole(0).mandatory,
  method: text().mandatory,
  slice: text().mandatory,
  measure: text().mandatory,
  value: decimal(),
  low: decimal(),
  high: decimal(),
});

export const planUnmetMustDos = table("unmet.csv", ["asset_id"], {
  asset_id: id().mandatory,
  rule: text().mandatory,
  by: whole().mandatory,
  reason_code: text().mandatory,
  extra_usd: decimal(0),
  fix: text(),
});
