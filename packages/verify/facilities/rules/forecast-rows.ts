import { yearsBetween } from "@trivium/model";
import type { Rule } from "../rule.ts";

/** Every live asset has one forecast and one outlook row a stretch, nothing else has; chances and remaining lives are in order. */
export const forecastRows: Rule = ({ plan, live, calendar, settings }, report) => {
  const { forecast, outlook } = plan.decisions;
  for (const [asset_id, { row, forecast: own, outlook: rows }] of live) {
    const where = { asset_id };
    report.check("forecast.every-live-asset", own !== undefined, () => `live asset ${asset_id} has no forecast`, where);
    report.check(
      "outlook.every-stretch",
      rows.every((each) => each !== undefined),
      () => `asset ${asset_id} lacks an outlook row for a year of the plan`,
      where,
    );
    if (own === undefined) continue;
    const chances = [0, own.p_fail_1y, own.p_fail_3y, own.p_fail_5y, own.p_fail_10y, 1];
    const { rul_p2_5 = 0, rul_p25 = own.rul_p10, rul_p75 = own.rul_median, rul_p97_5 = own.rul_p90 } = own;
    const lives = [0, rul_p2_5, own.rul_p10, rul_p25, own.rul_median, rul_p75, own.rul_p90, rul_p97_5];
    const ordered = (values: readonly number[]) =>
      values.every((value, index) => index === 0 || value >= values[index - 1] - 1e-6);
    report.check(
      "forecast.in-order",
      ordered(chances) && ordered(lives),
      () => `the chances or remaining lives of asset ${asset_id} do not grow`,
      where,
    );
    const age = yearsBetween(row.install_date, settings.as_of_date ?? row.install_date);
    report.agree("forecast.age", own.age_years, age, { absolute: 0.02 }, `age of asset ${asset_id}`, where);
  }
  report.check(
    "forecast.live-only",
    forecast.length === live.size,
    () => `${forecast.length} forecasts for ${live.size} live assets`,
  );
  const rows = live.size * (calendar.years.length + 1);
  report.check("outlook.live-only", outlook.length === rows, () => `${outlook.length} outlook rows, ${rows} are due`);
};
