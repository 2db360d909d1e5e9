import type { Plan } from "@trivium/model";

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

const total = (projects: readonly Project[]): number =>
  projects.reduce((sum, project) => sum + (project.cost_usd ?? 0), 0);
