import type { DecisionsOf } from "@trivium/model";
import { forecastRows, outlookOf, outlookRows, round } from "./plan/outlook.ts";
import { fciByYear, totalsOf } from "./plan/totals.ts";
import type { FacilitiesProblem } from "./problem.ts";
import { fairnessRows } from "./report/fairness.ts";

type Decisions = DecisionsOf["facilities"];
type PlanRow = Decisions["plan"][number];

/** A project of the plan: live asset, plan year (0 first), fund, cost with its share of the mobilization. */
export interface PlannedProject {
  readonly a: number;
  readonly year: number;
  readonly fund: string;
  readonly costUsd: number;
  readonly reason: string;
}

/** The tables of a plan; projects by year, school and asset. */
export function decisionsOf(problem: FacilitiesProblem, projects: readonly PlannedProject[]): Decisions {
  const { register, forecast, calendar } = problem;
  const plan = projects
    .map((project): PlanRow => {
      const asset = forecast.live[project.a];
      return {
        asset_id: register.assetIds[asset],
        building_id: register.buildings[register.building[asset]].id,
        school_id: register.schoolIds[register.school[asset]],
        fiscal_year: calendar.years[project.year],
        fund_id: project.fund,
        cost_usd: round(project.costUsd, 2),
        action: problem.renews[project.a] === 1 ? "renew" : "replace",
        reason: project.reason,
      };
    })
    .sort(
      (x, y) =>
        x.fiscal_year - y.fiscal_year || compareText(x.school_id, y.school_id) || compareText(x.asset_id, y.asset_id),
    );
  return tablesAround(problem, plan);
}

/** The same tables around any list of projects: forecast and outlook are the problem's. */
export function tablesAround(problem: FacilitiesProblem, plan: readonly PlanRow[]): Decisions {
  return {
    forecast: forecastRows(problem),
    outlook: outlookRows(problem),
    plan,
    years: yearRows(problem, plan),
    fairness: fairnessRows(problem, plan),
    backtest: problem.backtest,
    model_card: problem.modelCard,
  };
}

/** By live asset: plan year (0 first) of its project, −1 for none. Rows of assets that are not live or of other years do nothing. */
export function replacedBy(problem: FacilitiesProblem, plan: readonly PlanRow[]): Int16Array {
  const indexOf = new Map(Array.from(problem.forecast.live, (asset, a) => [problem.register.assetIds[asset], a]));
  const replaced = new Int16Array(problem.forecast.live.length).fill(-1);
  for (const row of plan) {
    const a = indexOf.get(row.asset_id);
    const year = problem.calendar.years.indexOf(row.fiscal_year);
    if (a !== undefined && year >= 0 && (replaced[a] < 0 || year < replaced[a])) replaced[a] = year;
  }
  return replaced;
}

/** By live asset: 1 = its project is a renewal, and its type offers one; a renewal that nobody has described counts as a replacement. */
export function renewedBy(problem: FacilitiesProblem, plan: readonly PlanRow[]): Uint8Array {
  const renewing = new Set(plan.filter((row) => row.action === "renew").map((row) => row.asset_id));
  return Uint8Array.from(
    problem.forecast.live,
    (asset, a) => +(renewing.has(problem.register.assetIds[asset]) && outlookOf(problem, a).renewed !== undefined),
  );
}

function yearRows(problem: FacilitiesProblem, plan: readonly PlanRow[]): Decisions["years"] {
  const { calendar, funds } = problem;
  const replaced = replacedBy(problem, plan);
  const totals = totalsOf(problem, replaced, renewedBy(problem, plan));
  const fci = fciByYear(problem, replaced);
  return calendar.years.map((fiscal_year, year) => ({
    fiscal_year,
    spend_usd: round(sum(plan.filter((row) => row.fiscal_year === fiscal_year).map((row) => row.cost_usd ?? 0)), 2),
    budget_usd: round(sum(funds.ids.map((_, f) => funds.amountUsd[f * calendar.years.length + year])), 2),
    expected_failures: round(totals.failures[year], 4),
    expected_emergency_usd: round(totals.emergencyUsd[year], 2),
    fci: round(fci[year], 6),
  }));
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const compareText = (a = "", b = ""): number => (a < b ? -1 : a > b ? 1 : 0);
