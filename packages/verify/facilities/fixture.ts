import { emptyTables, type Plan } from "@trivium/model";
import { barePlan, type Case, datasetOf, withFigures } from "../testing/mutations.ts";
import { doneBy, readPlan } from "./reading.ts";
import { fairnessDue } from "./rules/fairness.ts";
import { fciByYear, totalStream } from "./stream.ts";

/** Chance of failing in each stretch: a quarter, then three fiscal years. A hazard rate of 0.2 a year for what stands, 0.1 for what is new. */
const KEPT_RATE = 0.2;
const NEW_RATE = 0.1;
/** Ends of the stretches in years from 2027-03-31; the plan year 2028 begins on 2027-07-01. */
const ENDS = [92, 458, 823, 1188].map((days) => days / 365.25);
const ASSETS = ["A1", "A2", "A3", "A4"] as const;

/** Years until a share has failed at the constant hazard rate of standing units. */
const life = (failed: number): number => -Math.log(1 - failed) / KEPT_RATE;

/**
 * Two schools with four assets of $1,000 and $2,000, three plan years, two funds and every kind of rule, with a legal plan made by hand:
 * A1 (must be done by 2028) and A2 in one visit in 2028, A3 in 2029; A4 waits. Escalation 10 % a year, mobilization $300.
 */
export function smallDistrict(): Case<"facilities"> {
  const tables = emptyTables();
  for (const school_id of ["E1", "E2"])
    tables.schools.push({
      school_id,
      name: school_id,
      level: "elementary",
      lat: 42,
      lon: -92,
      enrollment: school_id === "E1" ? 20 : 40,
    });
  addPupils(tables.students);
  tables.buildings.push(
    { building_id: "B1", school_id: "E1", name: "One", area_sqft: 1000, year_built: 1990 },
    { building_id: "B2", school_id: "E2", name: "Two", area_sqft: 1000, year_built: 1990 },
  );
  tables.asset_types.push(
    { asset_type_id: "RTU", title: "Rooftop unit", uniformat: "D3050", cost_per_unit_usd: 500, failure_cost_usd: 90 },
    { asset_type_id: "ROOF", title: "Roof", uniformat: "B3010", cost_per_unit_usd: 2000 },
  );
  const installed = { install_date: "2017-03-31" };
  tables.assets.push(
    {
      asset_id: "A1",
      building_id: "B1",
      asset_type_id: "RTU",
      ...installed,
      capacity: 2,
      refrigerant: "R-22",
      criticality: 4,
    },
    { asset_id: "A2", building_id: "B1", asset_type_id: "ROOF", ...installed },
    { asset_id: "A3", building_id: "B2", asset_type_id: "RTU", ...installed, replacement_cost_usd: 1000 },
    { asset_id: "A4", building_id: "B2", asset_type_id: "ROOF", ...installed },
    { asset_id: "A0", building_id: "B2", asset_type_id: "RTU", install_date: "2000-01-01", removed_date: "2017-03-31" },
  );
  for (const fiscal_year of [2028, 2029, 2030])
    tables.budgets.push(
      { fund_id: "LEVY", fiscal_year, amount_usd: 2_500, carry_over: true },
      { fund_id: "GRANT", fiscal_year, amount_usd: 1_600, carry_over: false, uniformat_allowed: ["D30"] },
    );
  const facilities = {
    as_of_date: "2027-03-31",
    fiscal_year_start: "07-01",
    horizon_years: 3,
    escalation: 0.1,
    discount: 0.05,
    emergency_factor: 1.35,
    mobilization_usd: 300,
    smoothing_max_ratio: 2,
    carry_cap_share: 0.5,
    projects_max_per_year: 2,
    blackouts: [{ school_id: "E2", fiscal_year: 2028 }],
    must_do: [
      { refrigerant: "R-22", by: 2028 },
      { asset_id: "A4", by: 2031 },
    ],
    equity: [{ schools: ["E2"], min_share: 0.2 }],
  };
  const decisions = {
    forecast: ASSETS.map(forecast),
    outlook: ASSETS.flatMap(outlook),
    plan: projects(),
    years: [],
    fairness: [],
    backtest: backtest(),
  };
  return { tables, settings: { scheduling: {}, routing: {}, facilities }, plan: barePlan("facilities", decisions, []) };
}

/** Pupils who say: at E1 12 of 16 have free lunch and 3 speak another language, at E2 10 of 40 have, and none do. */
function addPupils(students: Case<"facilities">["tables"]["students"]): void {
  const add = (school_id: string, count: number, extra: Record<string, string>) => {
    for (let k = 0; k < count; k++)
      students.push({ student_id: `P${students.length}`, school_id, grade: "3", extra: { ...extra } });
  };
  add("E1", 3, { group_frl: "yes", group_ell: "yes" });
  add("E1", 9, { group_frl: "yes", group_ell: "no" });
  add("E1", 4, { group_frl: "no", group_ell: "no" });
  add("E2", 10, { group_frl: "yes", group_ell: "no" });
  add("E2", 30, { group_frl: "no", group_ell: "no" });
}

function forecast(asset_id: string) {
  const failed = (years: number) => 1 - Math.exp(-KEPT_RATE * years);
  return {
    asset_id,
    age_years: 10,
    p_fail_1y: failed(1),
    p_fail_3y: failed(3),
    p_fail_5y: failed(5),
    p_fail_10y: failed(10),
    rul_p10: life(0.1),
    rul_median: life(0.5),
    rul_p90: life(0.9),
    basis: "made by hand",
  };
}

function outlook(asset_id: string) {
  return [2027, 2028, 2029, 2030].map((fiscal_year, stretch) => ({
    asset_id,
    fiscal_year,
    p_fail_kept: 1 - Math.exp(-KEPT_RATE * (ENDS[stretch] - (ENDS[stretch - 1] ?? 0))),
    p_fail_new: stretch === 0 ? 0 : 1 - Math.exp(-NEW_RATE),
    repair_kept_usd: stretch === 0 ? 25 : 100,
    repair_new_usd: stretch === 0 ? 0 : 40,
    energy_kept_usd: stretch === 0 ? 50 : 200,
    energy_new_usd: stretch === 0 ? 0 : 150,
  }));
}

/** Costs by hand: the middle of fiscal 2028 lies 275 days after as_of_date, that of 2029 640.5. */
function projects() {
  const level = (days: number) => 1.1 ** (days / 365.25);
  const project = (asset_id: string, building: string, fiscal_year: number, fund_id: string, costUsd: number) => ({
    asset_id,
    building_id: `B${building}`,
    school_id: `E${building}`,
    fiscal_year,
    fund_id,
    cost_usd: Math.round(costUsd * 100) / 100,
    action: "replace",
    reason: "made by hand",
  });
  return [
    project("A1", "1", 2028, "GRANT", level(275) * (1000 + 100)),
    project("A2", "1", 2028, "LEVY", level(275) * (2000 + 200)),
    project("A3", "2", 2029, "GRANT", level(640.5) * (1000 + 300)),
  ];
}

/** One origin: four assets stood, none failed in five years. */
function backtest() {
  const row = { origin: "2018-03-31", horizon_years: 5, method: "by hand", slice: "all" };
  return [
    { ...row, measure: "assets", value: 4 },
    { ...row, measure: "failures", value: 0 },
  ];
}

/** The plan by hand with the years.csv and metrics that belong to it. */
export async function completed(district: Case<"facilities">): Promise<Case<"facilities">> {
  const reading = readPlan(datasetOf(district), district.plan as unknown as Plan<"facilities">);
  const planned = doneBy(reading.projects);
  const totals = totalStream(reading, (id) => planned.get(id));
  const fci = fciByYear(reading, (id) => planned.get(id));
  district.plan.decisions.years = [2028, 2029, 2030].map((fiscal_year, year) => ({
    fiscal_year,
    spend_usd: district.plan.decisions.plan
      .filter((row) => row.fiscal_year === fiscal_year)
      .reduce((sum, row) => sum + (row.cost_usd ?? 0), 0),
    budget_usd: 4_100,
    expected_failures: totals.failures[year],
    expected_emergency_usd: totals.emergencyUsd[year],
    fci: fci[year],
  }));
  district.plan.decisions.fairness = fairnessDue(reading);
  return withFigures(district);
}
