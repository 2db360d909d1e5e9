import { expect, test } from "vitest";
import { DistrictFixture } from "../../fixture/district-fixture.ts";
import { type Planted, testPlanted } from "../../fixture/planted.ts";
import { facilitiesChecks } from "./index.ts";

const F = (name: string) => `facilities/${name}.csv`;
const [buildings, types, assets, orders] = ["buildings", "asset_types", "assets", "work_orders"].map(F);
const [assessments, budgets, today, actuals, refrigerants] = [
  "assessments",
  "budgets",
  "today_plan",
  "actuals",
  "refrigerants",
].map(F);
const settings = "facilities/settings.json";

const planted: readonly Planted[] = [
  [
    "no date that the register is of",
    "as-of-date-missing",
    (d) => d.setting(settings, { as_of_date: undefined }),
    { file: settings, column: "as_of_date" },
  ],
  [
    "a unit removed before it was installed",
    "removed-before-installed",
    (d) => d.set(assets, { asset_id: "A3" }, { removed_date: "1998-01-01", removed_after: "" }),
    { file: assets, row: 4, column: "removed_date" },
  ],
  [
    "a unit seen after its removal",
    "removal-interval-reversed",
    (d) => d.set(assets, { asset_id: "A3" }, { removed_after: "2019-01-01" }),
    { file: assets, row: 4, column: "removed_after" },
  ],
  [
    "a boiler installed in 2031",
    "installed-in-future",
    (d) => d.set(assets, { asset_id: "A6" }, { install_date: "2031-09-01", register_date: "" }),
    { file: assets, row: 7, column: "install_date" },
  ],
  [
    "a unit removed next year",
    "removed-in-future",
    (d) => d.set(assets, { asset_id: "A5" }, { removed_date: "2028-01-01" }),
    { file: assets, row: 6, column: "removed_date" },
  ],
  [
    "a unit in the register before it existed",
    "register-date-outside",
    (d) => d.set(assets, { asset_id: "A5" }, { register_date: "2010-01-01" }),
    { file: assets, row: 6, column: "register_date" },
  ],
  [
    "a unit first seen after its removal",
    "register-date-outside",
    (d) => d.set(assets, { asset_id: "A3" }, { register_date: "2020-01-01" }),
    { file: assets, row: 4, column: "register_date" },
  ],
  [
    "a failure without a date",
    "reason-without-removal",
    (d) => d.set(assets, { asset_id: "A5" }, { removed_reason: "failed" }),
    { file: assets, row: 6, column: "removed_date" },
  ],
  [
    "a warranty that ended before the unit came",
    "warranty-before-install",
    (d) => d.set(assets, { asset_id: "A1" }, { warranty_until: "2005-05-01" }),
    { file: assets, row: 2, column: "warranty_until" },
  ],
  [
    "a rooftop unit of 1968 that still stands",
    "asset-very-old",
    (d) => d.set(assets, { asset_id: "A1" }, { install_date: "1968-05-01" }),
    { file: assets, row: 2, column: "install_date" },
  ],
  [
    "a unit older than its building",
    "installed-before-building",
    (d) => d.set(assets, { asset_id: "A6" }, { install_date: "1960-05-01" }),
    { file: assets, row: 7, column: "install_date" },
  ],
  [
    "a unit without any cost",
    "asset-without-cost",
    (d) => d.set(types, { asset_type_id: "BLR" }, { cost_per_unit_usd: "" }),
    { file: assets, row: 7, column: "replacement_cost_usd" },
  ],
  [
    "a unit that costs nothing",
    "asset-cost-zero",
    (d) => d.set(assets, { asset_id: "A5" }, { replacement_cost_usd: "0" }),
    { file: assets, row: 6, column: "replacement_cost_usd" },
  ],
  [
    "a rooftop unit of 12,000 tons",
    "capacity-outlier",
    (d) => d.set(assets, { asset_id: "A2" }, { capacity: "12000" }),
    { file: assets, row: 3, column: "capacity" },
  ],
  [
    "a cost in cents",
    "cost-outlier",
    (d) => d.set(assets, { asset_id: "A2" }, { replacement_cost_usd: "2800000" }),
    { file: assets, row: 3, column: "replacement_cost_usd" },
  ],
  [
    "a capacity in another unit than the type's cost",
    "unit-differs",
    (d) => d.set(assets, { asset_id: "A2" }, { unit: "kW" }),
    { file: assets, row: 3, column: "unit" },
  ],
  [
    "a row of 9,000 units",
    "quantity-improbable",
    (d) => d.set(assets, { asset_id: "A2" }, { quantity: "9000" }),
    { file: assets, row: 3, column: "quantity" },
  ],
  [
    "a part of an unknown system",
    "parent-asset-unknown",
    (d) => d.set(assets, { asset_id: "A2" }, { parent_asset_id: "AHU9" }),
    { file: assets, row: 3, column: "parent_asset_id" },
  ],
  [
    "two units that are parts of each other",
    "parent-asset-cycle",
    (d) => d.set(assets, { asset_id: "A1" }, { parent_asset_id: "A2" }),
    { file: assets, row: 2, column: "parent_asset_id" },
  ],
  [
    "a replacement of a unit that still stands",
    "replaced-asset-wrong",
    (d) => d.set(assets, { asset_id: "A4" }, { replaces_asset_id: "A1" }),
    { file: assets, row: 5, column: "replaces_asset_id" },
  ],
  [
    "one unit entered twice",
    "asset-twice",
    (d) => d.add(assets, { asset_id: "a-01" }),
    { file: assets, row: 8, column: "asset_id" },
  ],
  [
    "a condition without a date",
    "condition-without-date",
    (d) => d.set(assets, { asset_id: "A5" }, { condition: "2" }),
    { file: assets, row: 6, column: "condition_date" },
  ],
  [
    "a condition rated before the unit came",
    "condition-date-outside",
    (d) => d.set(assets, { asset_id: "A1" }, { condition_date: "2001-05-01" }),
    { file: assets, row: 2, column: "condition_date" },
  ],
  [
    "a refrigerant that no table knows",
    "refrigerant-unknown",
    (d) => d.set(assets, { asset_id: "A5" }, { refrigerant: "R-401A" }),
    { file: assets, row: 6, column: "refrigerant" },
  ],
  [
    "a refrigerant missing from its table",
    "refrigerant-unknown",
    (d) => d.remove(refrigerants, { refrigerant: "R-22" }),
    { file: assets, row: 4, column: "refrigerant" },
  ],
  [
    "a median life without its spread",
    "life-without-spread",
    (d) => d.set(types, { asset_type_id: "RTU" }, { life_spread: "" }),
    { file: types, row: 2, column: "life_spread" },
  ],
  [
    "a type without a life and without history",
    "type-without-life",
    (d) => d.set(types, { asset_type_id: "BLR" }, { life_median_years: "", life_spread: "" }),
    { file: types, row: 3, column: "life_median_years" },
  ],
  [
    "a life in months",
    "life-improbable",
    (d) => d.set(types, { asset_type_id: "RTU" }, { life_median_years: "180" }),
    { file: types, row: 2, column: "life_median_years" },
  ],
  [
    "energy in a unit without a price",
    "energy-without-price",
    (d) => d.set(types, { asset_type_id: "RTU" }, { energy_unit: "therm" }),
    { file: types, row: 2, column: "energy_unit" },
  ],
  [
    "a renewal whose effect nobody gives",
    "renewal-incomplete",
    (d) => d.set(types, { asset_type_id: "RTU" }, { renew_cost_share: "0.4" }),
    { file: types, row: 2, column: "renew_life_share" },
  ],
  [
    "a type that no asset has",
    "type-without-assets",
    (d) => d.add(types, { asset_type_id: "CHL" }),
    { file: types, row: 4, column: "asset_type_id" },
  ],
  [
    "a work order before the installation",
    "work-order-outside-life",
    (d) => d.set(orders, { work_order_id: "W1" }, { opened: "2007-02-03" }),
    { file: orders, row: 2, column: "opened" },
  ],
  [
    "a work order after the removal",
    "work-order-outside-life",
    (d) => d.set(orders, { work_order_id: "W2" }, { opened: "2020-02-03", closed: "" }),
    { file: orders, row: 3, column: "opened" },
  ],
  [
    "a work order closed before it was opened",
    "work-order-reversed",
    (d) => d.set(orders, { work_order_id: "W1" }, { closed: "2019-01-03" }),
    { file: orders, row: 2, column: "closed" },
  ],
  [
    "a work order of the future",
    "work-order-in-future",
    (d) => d.set(orders, { work_order_id: "W1" }, { opened: "2028-02-03", closed: "" }),
    { file: orders, row: 2, column: "opened" },
  ],
  [
    "a repair of 4,000 hours",
    "work-order-improbable",
    (d) => d.set(orders, { work_order_id: "W1" }, { labor_hours: "4000" }),
    { file: orders, row: 2, column: "labor_hours" },
  ],
  [
    "a work order from before the records",
    "work-order-before-records",
    (d) => d.set(orders, { work_order_id: "W2" }, { opened: "2009-02-03", closed: "" }),
    { file: orders, row: 3, column: "opened" },
  ],
  [
    "a score beyond its scale",
    "score-over-scale",
    (d) => d.set(assessments, {}, { score: "7" }),
    { file: assessments, row: 2, column: "score" },
  ],
  [
    "an assessment before the unit came",
    "assessment-outside-life",
    (d) => d.set(assessments, {}, { date: "2001-04-01" }),
    { file: assessments, row: 2, column: "date" },
  ],
  [
    "an outcome that the forecast knew",
    "actual-before-as-of",
    (d) => d.set(actuals, {}, { date: "2026-09-01" }),
    { file: actuals, row: 2, column: "date" },
  ],
  [
    "a year of the plan without money",
    "year-without-budget",
    (d) => d.remove(budgets, { fiscal_year: "2029" }),
    { file: budgets, column: "fiscal_year" },
  ],
  [
    "a fund of past years",
    "fund-outside-horizon",
    (d) => d.add(budgets, { fund_id: "BOND", fiscal_year: "2020" }),
    { file: budgets, row: 5, column: "fiscal_year" },
  ],
  [
    "a fund for what nobody has",
    "fund-buys-nothing",
    (d) => d.set(budgets, { fiscal_year: "2028" }, { uniformat_allowed: "D30|B20" }),
    { file: budgets, row: 2, column: "uniformat_allowed" },
  ],
  [
    "a fund that carries over in some years",
    "carry-over-differs",
    (d) => d.set(budgets, { fiscal_year: "2029" }, { carry_over: "no" }),
    { file: budgets, row: 2, column: "carry_over" },
  ],
  [
    "today's plan paid by an unknown fund",
    "today-plan-unknown-id",
    (d) => d.set(today, {}, { fund_id: "GNE" }),
    { file: today, row: 2, column: "fund_id" },
  ],
  [
    "today's plan for a unit that is gone",
    "today-plan-asset-gone",
    (d) => d.set(today, {}, { asset_id: "A3" }),
    { file: today, row: 2, column: "asset_id" },
  ],
  [
    "a must-do of nothing",
    "must-do-names-nothing",
    (d) => d.setting(settings, { must_do: [{ refrigerant: "R-12", by: 2029 }] }),
    { file: settings, column: "must_do.0" },
  ],
  [
    "a must-do that came due before the plan",
    "must-do-idle",
    (d) => d.setting(settings, { must_do: [{ asset_id: "A6", by: 2020 }] }),
    { file: settings, column: "must_do.0" },
  ],
  [
    "a blackout of an unknown school",
    "blackout-school-unknown",
    (d) => d.setting(settings, { blackouts: [{ school_id: "MS", fiscal_year: 2029 }] }),
    { file: settings, column: "blackouts.0" },
  ],
  [
    "a blackout after the plan",
    "blackout-outside-horizon",
    (d) => d.setting(settings, { blackouts: [{ school_id: "HS", fiscal_year: 2040 }] }),
    { file: settings, column: "blackouts.0" },
  ],
  [
    "floors that add up to more than all",
    "equity-impossible",
    (d) =>
      d.setting(settings, {
        equity: [
          { schools: ["ES"], min_share: 0.7 },
          { schools: ["HS"], min_share: 0.6 },
        ],
      }),
    { file: settings, column: "equity" },
  ],
  [
    "3 % written as 3 would be refused, 0.3 is asked about",
    "rate-improbable",
    (d) => d.setting(settings, { escalation: 0.3 }),
    { file: settings, column: "escalation" },
  ],
  [
    "a building of 12 square feet",
    "building-area-improbable",
    (d) => d.set(buildings, { building_id: "BL2" }, { area_sqft: "12" }),
    { file: buildings, row: 3, column: "area_sqft" },
  ],
  [
    "a building of the future",
    "building-built-late",
    (d) => d.set(buildings, { building_id: "BL2" }, { year_built: "2035" }),
    { file: buildings, row: 3, column: "year_built" },
  ],
  [
    "a building worth less than its boiler",
    "building-value-below-assets",
    (d) => d.set(buildings, { building_id: "BL2" }, { replacement_value_usd: "14000" }),
    { file: buildings, row: 3, column: "replacement_value_usd" },
  ],
  [
    "a building without equipment",
    "building-without-assets",
    (d) => d.add(buildings, { building_id: "BL3" }),
    { file: buildings, row: 4, column: "building_id" },
  ],
];

testPlanted(facilitiesChecks, planted);

test.each([
  [assets, { asset_id: "A5" }, "replacement_cost_usd", 6],
  [orders, { work_order_id: "W1" }, "cost_usd", 2],
  [types, { asset_type_id: "RTU" }, "cost_per_unit_usd", 2],
  [budgets, { fiscal_year: "2028" }, "amount_usd", 2],
])("a negative cost in %s is an error at its cell, and nothing is stored", async (file, where, column, row) => {
  const district = new DistrictFixture().set(file, where, { [column]: "-1500" });
  const { dataset, report } = await district.read();
  expect(dataset).toBeNull();
  expect(report.findings).toContainEqual(
    expect.objectContaining({ file, row, column, value: "-1500", severity: "error", code: "bad-cell" }),
  );
});

test("a register of three units is read as it is: few rows are no defect, the forecast says what it can't tell", async () => {
  const district = new DistrictFixture().without(today, orders, assessments).setting(settings, { must_do: [] });
  const standing = district.tables[assets].filter((row) => !row.removed_date).slice(0, 3);
  district.tables[assets] = standing.map((row) => ({ ...row, replaces_asset_id: "", parent_asset_id: "" }));
  const { dataset, report } = await district.read();
  expect(report.findings.filter((finding) => finding.severity === "error")).toEqual([]);
  expect(dataset?.tables.assets).toHaveLength(3);
});
