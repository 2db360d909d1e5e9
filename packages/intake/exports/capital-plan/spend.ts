import type { Dataset, Plan } from "@trivium/model";

type FacilitiesPlan = Plan<"facilities">;
export type Project = FacilitiesPlan["decisions"]["plan"][number];

/** Planned spend of each year by fund, in dollars; funds in alphabetical order. */
export interface SpendByFund {
  readonly funds: readonly string[];
  readonly years: readonly { readonly fiscalYear: number; readonly spendUsd: readonly number[] }[];
}

export function spendByFund(plan: FacilitiesPlan): SpendByFund {
  const projects = plan.decisions.plan;
  const funds = [...new Set(projects.map((project) => project.fund_id ?? ""))].sort();
  const years = plan.decisions.years.map(({ fiscal_year }) => ({
    fiscalYear: fiscal_year,
    spendUsd: funds.map((fund) =>
      total(projects.filter((project) => project.fiscal_year === fiscal_year && (project.fund_id ?? "") === fund)),
    ),
  }));
  return { funds, years };
}

/** What a school gets over the whole horizon, beside its size. */
export interface SchoolSpend {
  readonly schoolId: string;
  readonly projects: number;
  readonly visits: number;
  readonly spendUsd: number;
  readonly enrollment: number | undefined;
  readonly areaSqft: number | undefined;
}

/** Every school of the dataset, those that get nothing too; without a dataset those of the plan. */
export function spendBySchool(plan: FacilitiesPlan, dataset: Dataset | undefined): SchoolSpend[] {
  const projects = plan.decisions.plan;
  const schools = new Map(dataset?.tables.schools.map((school) => [school.school_id, school]));
  const area = new Map<string, number>();
  for (const building of dataset?.tables.buildings ?? [])
    area.set(building.school_id, (area.get(building.school_id) ?? 0) + building.area_sqft);
  const ids = new Set([...area.keys(), ...projects.map((project) => project.school_id ?? "")]);
  return [...ids].sort().map((schoolId) => {
    const own = projects.filter((project) => (project.school_id ?? "") === schoolId);
    return {
      schoolId,
      projects: own.length,
      visits: new Set(own.map((project) => project.fiscal_year)).size,
      spendUsd: total(own),
      enrollment: schools.get(schoolId)?.enrollment,
      areaSqft: area.get(schoolId) ?? schools.get(schoolId)?.area_sqft,
    };
  });
}

const total = (projects: readonly Project[]): number =>
  projects.reduce((sum, project) => sum + (project.cost_usd ?? 0), 0);
