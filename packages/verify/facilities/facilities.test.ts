import type { Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { type Case, datasetOf, judge } from "../testing/mutations.ts";
import { completed, smallDistrict } from "./fixture.ts";
import { readPlan } from "./reading.ts";
import { totalStream } from "./stream.ts";

type District = Case<"facilities">;

const legal = (): Promise<District> => completed(smallDistrict());

const project = (district: District, id: string) => district.plan.decisions.plan.find((row) => row.asset_id === id)!;
const parity = (district: District, value: string, slice = "school") =>
  district.plan.decisions.fairness.find((row) => row.slice === slice && row.value === value)!;
const settings = (district: District) => district.settings.facilities as Record<string, unknown>;

const MUTATIONS: readonly (readonly [rule: string, deed: string, mutate: (district: District) => void])[] = [
  [
    "forecast.every-live-asset",
    "a live asset without forecast",
    ({ plan }) => {
      plan.decisions.forecast.pop();
    },
  ],
  [
    "forecast.live-only",
    "a forecast of what is gone",
    ({ plan }) => plan.decisions.forecast.push({ ...plan.decisions.forecast[0], asset_id: "A0" }),
  ],
  [
    "outlook.every-stretch",
    "a year left out of the outlook",
    ({ plan }) => {
      plan.decisions.outlook.pop();
    },
  ],
  [
    "outlook.live-only",
    "an outlook of what is gone",
    ({ plan }) => plan.decisions.outlook.push({ ...plan.decisions.outlook[0], asset_id: "A0" }),
  ],
  [
    "forecast.in-order",
    "chances that shrink",
    ({ plan }) => Object.assign(plan.decisions.forecast[0], { p_fail_5y: 0.1 }),
  ],
  ["forecast.age", "a wrong age", ({ plan }) => Object.assign(plan.decisions.forecast[0], { age_years: 12 })],
  [
    "forecast.one-curve",
    "a forecast that the outlook does not share",
    ({ plan }) => Object.assign(plan.decisions.forecast[0], { p_fail_1y: 0.2 }),
  ],
  [
    "forecast.one-curve",
    "a median life that the outlook does not share",
    ({ plan }) => Object.assign(plan.decisions.forecast[0], { rul_p10: 1.0 }),
  ],
  [
    "forecast.one-curve",
    "a life said to outlast an outlook in which one in ten has failed long before",
    ({ plan }) => Object.assign(plan.decisions.forecast[0], { rul_p10: 90, rul_median: 91, rul_p90: 92 }),
  ],
  ["projects.live-asset", "a project of what is gone", (d) => Object.assign(project(d, "A3"), { asset_id: "A0" })],
  ["projects.plan-year", "a project beyond the plan", (d) => Object.assign(project(d, "A3"), { fiscal_year: 2031 })],
  ["projects.once", "an asset twice", (d) => d.plan.decisions.plan.push({ ...project(d, "A1"), fiscal_year: 2030 })],
  ["projects.place", "another school", (d) => Object.assign(project(d, "A3"), { school_id: "E1" })],
  ["projects.reason", "no reason given", (d) => Object.assign(project(d, "A3"), { reason: " " })],
  ["projects.blackout", "work in a blackout year", (d) => Object.assign(project(d, "A3"), { fiscal_year: 2028 })],
  ["projects.max-per-year", "one project too many", (d) => Object.assign(settings(d), { projects_max_per_year: 1 })],
  [
    "costs.project",
    "a cost 2 % too low",
    (d) => Object.assign(project(d, "A2"), { cost_usd: 0.98 * project(d, "A2").cost_usd! }),
  ],
  [
    "costs.visit",
    "a visit 0.3 % too dear",
    (d) => Object.assign(project(d, "A3"), { cost_usd: 1.003 * project(d, "A3").cost_usd! }),
  ],
  ["budgets.fund-year", "an overspent fund", (d) => Object.assign(d.tables.budgets[0], { amount_usd: 2_300 })],
  ["budgets.known-fund", "a fund that does not exist", (d) => Object.assign(project(d, "A2"), { fund_id: "LOTTERY" })],
  [
    "budgets.fund-allowed",
    "a roof from the energy grant",
    (d) => Object.assign(project(d, "A2"), { fund_id: "GRANT" }),
  ],
  ["spend.smoothing", "all the money in one year", (d) => Object.assign(settings(d), { smoothing_max_ratio: 1.1 })],
  [
    "spend.equity",
    "a higher floor",
    (d) => Object.assign(settings(d), { equity: [{ schools: ["E2"], min_share: 0.5 }] }),
  ],
  [
    "must-do.done-or-listed",
    "a must-do left out",
    (d) => {
      d.plan.decisions.plan.shift();
    },
  ],
  [
    "must-do.listed-is-one",
    "an unmet row of no must-do",
    ({ plan }) => plan.unmet.push({ asset_id: "A3", rule: "must_do", by: 2029, reason_code: "budget" }),
  ],
  [
    "must-do.no-room",
    "a must-do given up although there is room",
    (d) => {
      d.plan.decisions.plan.shift();
      d.plan.unmet.push({ asset_id: "A1", rule: "must_do", by: 2028, reason_code: "budget" });
      d.plan.status = "must_do_unmet";
    },
  ],
  [
    "must-do.status",
    "a status that tells of unmet must-dos",
    (d) => Object.assign(d.plan, { status: "must_do_unmet" }),
  ],
  [
    "years.one-row-each",
    "a year left out",
    ({ plan }) => {
      plan.decisions.years.pop();
    },
  ],
  ["years.spend_usd", "a wrong spend", ({ plan }) => Object.assign(plan.decisions.years[0], { spend_usd: 1 })],
  ["years.budget_usd", "a wrong budget", ({ plan }) => Object.assign(plan.decisions.years[0], { budget_usd: 1 })],
  [
    "years.expected_failures",
    "a failure talked away",
    ({ plan }) => Object.assign(plan.decisions.years[2], { expected_failures: 0.3 }),
  ],
  [
    "years.expected_emergency_usd",
    "an emergency talked away",
    ({ plan }) => Object.assign(plan.decisions.years[2], { expected_emergency_usd: 1 }),
  ],
  ["years.fci", "a better condition index", ({ plan }) => Object.assign(plan.decisions.years[2], { fci: 0.5 })],
  [
    "fairness.one-row-each",
    "a school left out",
    ({ plan }) => {
      plan.decisions.fairness.splice(1, 1);
    },
  ],
  ["fairness.figures", "a school given more than it gets", (d) => Object.assign(parity(d, "E2"), { spend_usd: 9_000 })],
  ["fairness.figures", "a ratio made even", (d) => Object.assign(parity(d, "E2"), { spend_ratio: 1 })],
  [
    "fairness.small-groups",
    "three pupils who can be told",
    (d) => Object.assign(parity(d, "yes", "group_ell"), { suppressed: false, spend_per_pupil_usd: 100 }),
  ],
  [
    "fairness.figures",
    "sums beside a suppressed group",
    (d) => Object.assign(parity(d, "no", "group_ell"), { pupils: 56.25 }),
  ],
  [
    "backtest.outcomes",
    "a failure that the register does not know",
    ({ plan }) => Object.assign(plan.decisions.backtest[1], { value: 1 }),
  ],
  [
    "backtest.window-has-ended",
    "a backtest of the future",
    ({ plan }) => Object.assign(plan.decisions.backtest[1], { origin: "2025-03-31" }),
  ],
  [
    "figures.recomputed",
    "an objective 1 % too low",
    ({ plan }) => Object.assign(plan.metrics, { objective_usd: 0.99 * Number(plan.metrics.objective_usd) }),
  ],
  ["figures.present", "a figure left out", ({ plan }) => delete plan.metrics.visits],
  ["figures.known", "a figure made up", ({ plan }) => Object.assign(plan.metrics, { joy: 3 })],
  [
    "figures.not-negative",
    "a negative price of a dollar",
    ({ plan }) => Object.assign(plan.metrics, { dollar_2028_saves_usd: -1 }),
  ],
  [
    "plan.bound-side",
    "a bound above what the plan costs",
    ({ plan }) => {
      const value = Number(plan.metrics.objective_usd);
      plan.bound = { objective: "objective_usd", value, best_possible: 2 * value, gap: 0.5, proof: "" };
    },
  ],
];

test("the plan made by hand is legal", async () => {
  expect((await judge(await legal())).violations).toEqual([]);
});

test("figures of the plan made by hand are those counted by hand", async () => {
  const { figures } = await judge(await legal());
  expect(figures).toMatchObject({
    projects: 3,
    visits: 2,
    must_do_met: 1,
    must_do_unmet: 0,
    assets_live: 4,
    removals_without_reason: 1,
  });
  const spend = 1.1 ** (275 / 365.25) * 3_300 + 1.1 ** (640.5 / 365.25) * 1_300;
  expect(figures.spend_usd).toBeCloseTo(spend, 6);
});

test("a group is given its share of what its schools get, told by hand", async () => {
  const district = await legal();
  const [e1, e2] = [1.1 ** (275 / 365.25) * 3_300, 1.1 ** (640.5 / 365.25) * 1_300];
  expect(parity(district, "E1")).toMatchObject({ pupils: 20, area_sqft: 1000, projects: 2 });
  expect(parity(district, "E1").spend_per_pupil_usd).toBeCloseTo(e1 / 20, 6);
  expect(parity(district, "E1").age_at_replacement_years).toBeCloseTo(10 + 275 / 365.25, 6);
  // Of E1's 16 pupils who say, 12 have free lunch; of E2's 40, 10.
  const yes = parity(district, "yes", "group_frl");
  expect(yes.pupils).toBeCloseTo(20 * 0.75 + 40 * 0.25, 6);
  expect(yes.spend_usd).toBeCloseTo(0.75 * e1 + 0.25 * e2, 6);
  expect(yes.spend_ratio).toBeCloseTo((0.75 * e1 + 0.25 * e2) / 25 / ((e1 + e2) / 60), 6);
  expect(parity(district, "yes", "group_ell")).toEqual({ slice: "group_ell", value: "yes", suppressed: true });
  expect(parity(district, "no", "group_ell").pupils).toBeUndefined();
});

test("expected failures follow the contract's recursion, told by hand for a unit that is never replaced and for one replaced in 2029", async () => {
  const district = smallDistrict();
  const reading = readPlan(datasetOf(district), district.plan as unknown as Plan<"facilities">);
  const [q, n] = [(years: number) => 1 - Math.exp(-0.2 * years), 1 - Math.exp(-0.1)];
  const stub = q(92 / 365.25);
  const [y1, y2] = [q(366 / 365.25), q(365 / 365.25)];
  // The quarter before the plan renews at no cost; what was renewed then or in 2028 fails anew with the chances of a new unit.
  const m2028 = (1 - stub) * y1 + stub * n;
  const m2029 = (1 - stub) * (1 - y1) * y2 + stub * (1 - n) * n + m2028 * n;
  const nothing = totalStream({ ...reading, live: new Map([...reading.live].slice(0, 1)) }, () => undefined);
  expect(nothing.failures[0]).toBeCloseTo(m2028, 12);
  expect(nothing.failures[1]).toBeCloseTo(m2029, 12);
  const replaced = totalStream({ ...reading, live: new Map([...reading.live].slice(0, 1)) }, () => ({
    year: 1,
    renewed: false,
  }));
  expect(replaced.failures[1]).toBeCloseTo(m2029 / 2, 12);
  expect(replaced.failures[2]).toBeCloseTo(n, 12);
  expect(replaced.energyUsd[2]).toBeCloseTo(150, 9);
  const level = 1.1 ** (275 / 365.25);
  expect(nothing.emergencyUsd[0]).toBeCloseTo(m2028 * (1.35 * level * 1_000 + (90 * 4) / 3), 9);
});

test.each(MUTATIONS)("%s fails on %s", async (name, _deed, mutate) => {
  const district = await legal();
  mutate(district);
  const { ok, violations } = await judge(district);
  expect(ok).toBe(false);
  expect(violations.map(({ rule }) => rule)).toContain(name);
});

test("every rule that was applied to the small district has a mutation that breaks it", async () => {
  const { checked } = await judge(await legal());
  const proven = new Set(MUTATIONS.map(([name]) => name));
  expect(Object.keys(checked).filter((name) => !proven.has(name) && !name.startsWith("plan."))).toEqual([]);
});

/** The roof fund may not buy A1 and the grant is too small in 2028, where it is due; $400 more would do. */
async function withUnmet(row: { reason_code: string; extra_usd: number }): Promise<District> {
  const district = await legal();
  district.plan.decisions.plan.shift();
  for (const each of district.tables.budgets) {
    if (each.fund_id === "GRANT" && each.fiscal_year === 2028) each.amount_usd = 1_000;
    if (each.fund_id === "LEVY") each.uniformat_allowed = ["B30"];
  }
  district.plan.unmet.push({ asset_id: "A1", rule: "must_do", by: 2028, ...row });
  district.plan.status = "must_do_unmet";
  return district;
}

const mustDoViolations = async (district: District) =>
  (await judge(district)).violations.filter(({ rule }) => rule.startsWith("must-do")).map(({ rule }) => rule);

test("a must-do that no fund can pay is rightly listed as unmet", async () => {
  expect(await mustDoViolations(await withUnmet({ reason_code: "budget", extra_usd: 400 }))).toEqual([]);
});

test("a reason that does not hold, or less extra money than is missing, is refused", async () => {
  expect(await mustDoViolations(await withUnmet({ reason_code: "blackout", extra_usd: 0 }))).toEqual([
    "must-do.reason",
  ]);
  expect(await mustDoViolations(await withUnmet({ reason_code: "budget", extra_usd: 100 }))).toEqual([
    "must-do.extra-pays",
  ]);
});
