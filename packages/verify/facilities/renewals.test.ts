import type { Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { type Case, datasetOf, judge } from "../testing/mutations.ts";
import { completed, smallDistrict } from "./fixture.ts";
import { readPlan } from "./reading.ts";
import { streamOf } from "./stream.ts";

type District = Case<"facilities">;
const LEVEL = 1.1 ** (275 / 365.25);

/** Roofs may be renewed at 40 % of the cost, to be like roofs of 2 years: A2, of 10 years, is renewed in 2028 beside A1 in one visit. */
function renewing(): District {
  const district = smallDistrict();
  for (const type of district.tables.asset_types)
    if (type.asset_type_id === "ROOF")
      Object.assign(type, { life_median_years: 10, renew_cost_share: 0.4, renew_life_share: 0.8 });
  for (const row of district.plan.decisions.outlook)
    if (row.asset_id === "A2" || row.asset_id === "A4")
      Object.assign(row, {
        p_fail_renewed: row.fiscal_year === 2027 ? 0 : row.p_fail_new,
        repair_renewed_usd: row.fiscal_year === 2027 ? 0 : 60,
      });
  // A1 costs 1000, the renewal of A2 800; they share the mobilization of 300 as 1000 to 800.
  const [a1, a2] = district.plan.decisions.plan;
  Object.assign(a1, { cost_usd: Math.round(100 * LEVEL * (1000 + (300 * 1000) / 1800)) / 100 });
  Object.assign(a2, { cost_usd: Math.round(100 * LEVEL * (800 + (300 * 800) / 1800)) / 100, action: "renew" });
  return district;
}

test("a renewal costs its share, and what stands after it fails, is repaired and burns as the renewed unit, told by hand", async () => {
  const district = await completed(renewing());
  expect((await judge(district)).violations).toEqual([]);
  const reading = readPlan(datasetOf(district), district.plan as unknown as Plan<"facilities">);
  const asset = reading.live.get("A2");
  if (asset === undefined) throw new Error("A2 is gone");
  const stream = streamOf(asset, { year: 0, renewed: true }, reading);
  const n = 1 - Math.exp(-0.1);
  expect(stream.failures[1]).toBeCloseTo(n, 12);
  expect(stream.failures[2]).toBeCloseTo((1 - n) * n + n * n, 12);
  // 2029: the renewed unit; 2030: it still, or the new one that replaced it. Energy is the old unit's, 200, the new one's 150.
  expect(stream.repairUsd[1]).toBeCloseTo(60, 9);
  expect(stream.repairUsd[2]).toBeCloseTo((1 - n) * 60 + n * 40, 9);
  expect(stream.energyUsd[2]).toBeCloseTo((1 - n) * 200 + n * 150, 9);
});

test.each<[rule: string, deed: string, mutate: (district: District) => unknown]>([
  [
    "costs.project",
    "a renewal charged as a replacement",
    ({ plan }) => Object.assign(plan.decisions.plan[1], { action: "replace" }),
  ],
  [
    "renewals.offered",
    "a renewal of a type that offers none",
    ({ tables }) => Object.assign(tables.asset_types[1], { renew_cost_share: undefined }),
  ],
  [
    "renewals.offered",
    "a renewal that would make the unit no younger",
    ({ tables }) => Object.assign(tables.asset_types[1], { renew_life_share: 0.01, life_median_years: 12 }),
  ],
  [
    "renewals.outlook",
    "an outlook without the renewed unit",
    ({ plan }) => {
      for (const row of plan.decisions.outlook) row.repair_renewed_usd = undefined;
    },
  ],
  [
    "renewals.age",
    "a renewed unit as good as new forever",
    ({ plan }) => {
      for (const row of plan.decisions.outlook) if (row.fiscal_year === 2028) row.p_fail_renewed = 0.01;
    },
  ],
  [
    "must-do.done-or-listed",
    "a must-do that is only renewed",
    ({ settings }) => {
      (settings.facilities as { must_do: unknown[] }).must_do.push({ asset_id: "A2", by: 2028 });
    },
  ],
])("%s fails on %s", async (rule, _deed, mutate) => {
  const district = await completed(renewing());
  mutate(district);
  expect((await judge(district)).violations.map((each) => each.rule)).toContain(rule);
});
