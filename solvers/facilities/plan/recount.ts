import type { Solution } from "@trivium/engine";
import type { Dataset } from "@trivium/model";
import { expect } from "vitest";

/**
 * For tests: counts a plan's money anew from the tables alone, sharing no code with the solver, and expects every rule to hold.
 * The fixture's fiscal years begin on July 1 and its as-of date is 2027-03-01.
 */
export function expectRulesKept(dataset: Dataset, solution: Solution<"facilities">): void {
  const settings = dataset.settings.facilities;
  const { assets, asset_types, buildings, budgets } = dataset.tables;
  const assetOf = new Map(assets.map((row) => [row.asset_id, row]));
  const typeOf = new Map(asset_types.map((row) => [row.asset_type_id, row]));
  const schoolOf = (id: string) =>
    buildings.find((row) => row.building_id === assetOf.get(id)?.building_id)?.school_id ?? "";
  const costOf = ({ asset_id, action }: { asset_id: string; action?: string | undefined }) => {
    const type = typeOf.get(assetOf.get(asset_id)?.asset_type_id ?? "");
    return (type?.cost_per_unit_usd ?? Number.NaN) * (action === "renew" ? (type?.renew_cost_share ?? Number.NaN) : 1);
  };
  const escalation = (year: number) =>
    1.03 ** (((Date.UTC(year - 1, 6, 1) + Date.UTC(year, 6, 1)) / 2 - Date.UTC(2027, 2, 1)) / 86_400_000 / 365.25);
  const { plan, years } = solution.decisions;
  const visits = Map.groupBy(plan, (row) => `${row.school_id}:${row.fiscal_year}`);
  const fundSpend = new Map<string, number>();
  const isMustDo = (id: string, year: number) =>
    (settings.must_do ?? []).some((rule) => rule.asset_type_id === assetOf.get(id)?.asset_type_id && year <= rule.by);
  const optional = new Map<number, number>(years.map((row) => [row.fiscal_year, 0]));
  for (const rows of visits.values()) {
    const { fiscal_year } = rows[0];
    const base = rows.reduce((sum, row) => sum + costOf(row) * escalation(fiscal_year), 0);
    const visit = base + (settings.mobilization_usd ?? 0) * escalation(fiscal_year);
    expect(rows.reduce((sum, row) => sum + (row.cost_usd ?? 0), 0) / visit).toBeCloseTo(1, 3);
    for (const row of rows) {
      const cost = (visit * costOf(row) * escalation(fiscal_year)) / base;
      expect((row.cost_usd ?? 0) / cost).toBeCloseTo(1, 3);
      fundSpend.set(`${row.fund_id}:${fiscal_year}`, (fundSpend.get(`${row.fund_id}:${fiscal_year}`) ?? 0) + cost);
      if (!isMustDo(row.asset_id, fiscal_year)) optional.set(fiscal_year, (optional.get(fiscal_year) ?? 0) + cost);
      const allowed = budgets.find((each) => each.fund_id === row.fund_id)?.uniformat_allowed ?? [];
      const code = typeOf.get(assetOf.get(row.asset_id)?.asset_type_id ?? "")?.uniformat ?? "";
      expect(allowed.length === 0 || allowed.some((prefix) => code.startsWith(prefix))).toBe(true);
      expect(row.school_id).toBe(schoolOf(row.asset_id));
      expect(
        (settings.blackouts ?? []).some(
          (each) => each.fiscal_year === fiscal_year && (each.school_id ?? row.school_id) === row.school_id,
        ),
      ).toBe(false);
    }
  }
  expect(new Set(plan.map((row) => row.asset_id)).size).toBe(plan.length);
  for (const fund of new Set(budgets.map((row) => row.fund_id))) {
    let carried = 0;
    for (const { fiscal_year } of years) {
      const row = budgets.find((each) => each.fund_id === fund && each.fiscal_year === fiscal_year);
      const left = (row?.amount_usd ?? 0) + carried - (fundSpend.get(`${fund}:${fiscal_year}`) ?? 0);
      expect(left, `${fund} in ${fiscal_year}`).toBeGreaterThan(-0.01);
      carried = row?.carry_over
        ? Math.max(0, Math.min(left, (settings.carry_cap_share ?? Infinity) * row.amount_usd))
        : 0;
    }
  }
  const mean = plan.reduce((sum, row) => sum + (row.cost_usd ?? 0), 0) / years.length;
  for (const [year, spend] of optional)
    expect(spend, `smoothing in ${year}`).toBeLessThanOrEqual(
      (settings.smoothing_max_ratio ?? Infinity) * mean * 1.0005 + 1,
    );
  for (const { fiscal_year } of years)
    expect(plan.filter((row) => row.fiscal_year === fiscal_year).length).toBeLessThanOrEqual(
      settings.projects_max_per_year ?? Infinity,
    );
  const total = plan.reduce((sum, row) => sum + (row.cost_usd ?? 0), 0);
  for (const floor of settings.equity ?? []) {
    const inside = plan
      .filter((row) => floor.schools.includes(row.school_id ?? ""))
      .reduce((sum, row) => sum + (row.cost_usd ?? 0), 0);
    expect(inside).toBeGreaterThanOrEqual(floor.min_share * total - 1);
  }
  for (const rule of settings.must_do ?? [])
    for (const row of assets.filter((each) => each.asset_type_id === rule.asset_type_id && !each.removed_date)) {
      const done = plan.some((each) => each.asset_id === row.asset_id && each.fiscal_year <= rule.by);
      expect(
        done || solution.unmet.some((each) => each.asset_id === row.asset_id),
        `${row.asset_id} by ${rule.by}`,
      ).toBe(true);
    }
}
