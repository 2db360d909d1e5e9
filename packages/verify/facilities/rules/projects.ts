import type { Rule } from "../rule.ts";

/** A project is of a live asset with a cost, in a plan year, once, with its own building and school, a reason and an action. */
export const projects: Rule = ({ plan, live, calendar, dataset }, report) => {
  const schools = new Map(dataset.tables.buildings.map((row) => [row.building_id, row.school_id]));
  const seen = new Set<string>();
  for (const row of plan.decisions.plan) {
    const where = { asset_id: row.asset_id, fiscal_year: row.fiscal_year };
    const asset = live.get(row.asset_id);
    report.check(
      "projects.live-asset",
      asset !== undefined && asset.costUsd > 0,
      () => `project of ${row.asset_id}, which is no live asset with a cost`,
      where,
    );
    report.check(
      "projects.plan-year",
      calendar.years.includes(row.fiscal_year),
      () => `project of ${row.asset_id} in ${row.fiscal_year}, outside the plan`,
      where,
    );
    report.check("projects.once", !seen.has(row.asset_id), () => `asset ${row.asset_id} is in the plan twice`, where);
    seen.add(row.asset_id);
    const building = asset?.row.building_id;
    const right =
      (row.building_id ?? building) === building &&
      (row.school_id ?? schools.get(building ?? "")) === schools.get(building ?? "");
    report.check(
      "projects.place",
      right,
      () => `project of ${row.asset_id} names building ${row.building_id} and school ${row.school_id}`,
      where,
    );
    report.check(
      "projects.reason",
      (row.reason ?? "").trim() !== "" && row.action !== undefined,
      () => `project of ${row.asset_id} has no action or reason`,
      where,
    );
  }
};
