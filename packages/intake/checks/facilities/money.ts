import { maybe } from "../../nearest.ts";
import { facilitiesWarning } from "../check.ts";
import { each } from "../view.ts";
import { planYears } from "./portfolio.ts";

export const yearWithoutBudget = facilitiesWarning("year-without-budget", (view, find) => {
  if (!view.present.has("budgets")) return;
  const budgeted = view.ids("budgets", "fiscal_year");
  for (const year of planYears(view)) {
    if (budgeted.has(year)) continue;
    find("facilities/budgets.csv", {
      column: "fiscal_year",
      value: year,
      message: `fiscal year ${year} of the plan has no budget: nothing but carried-over money can be spent in it`,
      expected: "a row for each fund and year of the horizon",
      mend: `add the year ${year}, or shorten horizon_years`,
    });
  }
});

export const budgetOutsideHorizon = facilitiesWarning("fund-outside-horizon", (view, find) => {
  const years = planYears(view);
  if (years.length === 0) return;
  for (const [fund, indexes] of view.group("budgets", "fund_id")) {
    if (indexes.some((index) => years.includes(view.tables.budgets[index].fiscal_year))) continue;
    find(
      { table: "budgets", index: indexes[0] },
      {
        column: "fiscal_year",
        value: view.tables.budgets[indexes[0]].fiscal_year,
        message: `fund ${fund} has money in no year of the plan, ${years[0]} to ${years.at(-1)}`,
        expected: `years from ${years[0]} to ${years.at(-1)}: fiscal year N ends in calendar year N`,
        mend: "correct the years, as_of_date or horizon_years",
      },
    );
  }
});

export const fundBuysNothing = facilitiesWarning("fund-buys-nothing", (view, find) => {
  const reported = new Set<string>();
  for (const [budget, place] of each(view, "budgets")) {
    for (const prefix of budget.uniformat_allowed ?? []) {
      if (view.tables.asset_types.some((type) => type.uniformat.startsWith(prefix))) continue;
      const key = `${budget.fund_id} ${prefix}`;
      if (reported.has(key)) continue;
      reported.add(key);
      find(place, {
        column: "uniformat_allowed",
        value: prefix,
        message: `fund ${budget.fund_id} may buy ${prefix}, and no asset type begins so`,
        expected: "the beginning of a uniformat code of facilities/asset_types.csv: D30",
        mend: "correct the code, or acknowledge that it buys nothing here",
      });
    }
  }
});

export const carryOverDiffers = facilitiesWarning("carry-over-differs", (view, find) => {
  for (const [fund, indexes] of view.group("budgets", "fund_id")) {
    const rules = new Set(indexes.map((index) => view.tables.budgets[index].carry_over ?? false));
    if (rules.size < 2) continue;
    find(
      { table: "budgets", index: indexes[0] },
      {
        column: "carry_over",
        value: fund,
        message: `fund ${fund} carries money over from some years and not from others`,
        expected: "the same rule in all years of a fund",
        mend: "correct carry_over, or acknowledge that the rule changes",
      },
    );
  }
});

export const todayPlanUnknownId = facilitiesWarning("today-plan-unknown-id", (view, find) => {
  const funds = view.ids("budgets", "fund_id");
  const assets = view.ids("assets", "asset_id");
  for (const [project, place] of each(view, "today_plan")) {
    const check = (column: string, id: string | undefined, known: ReadonlySet<unknown>, file: string) => {
      if (id === undefined || known.has(id)) return;
      find(place, {
        column,
        value: id,
        message: `today's plan names ${column} ${id}, which is not in ${file}.${maybe(id, known.keys() as Iterable<string>)}`,
        expected: `an id of ${file}`,
        mend: "correct the id, or delete the row: it takes no part in the comparison",
      });
    };
    check("asset_id", project.asset_id, assets, "facilities/assets.csv");
    if (funds.size > 0) check("fund_id", project.fund_id, funds, "facilities/budgets.csv");
  }
});

export const todayPlanGone = facilitiesWarning("today-plan-asset-gone", (view, find) => {
  const years = planYears(view);
  for (const [project, place] of each(view, "today_plan")) {
    const removed = view.row("assets", "asset_id", project.asset_id)?.removed_date;
    const gone = removed !== undefined && removed <= (view.settings.facilities.as_of_date ?? "");
    const outside = years.length > 0 && !years.includes(project.fiscal_year);
    if (!gone && !outside) continue;
    find(place, {
      column: gone ? "asset_id" : "fiscal_year",
      value: gone ? project.asset_id : project.fiscal_year,
      message: gone
        ? `today's plan replaces ${project.asset_id}, which was removed on ${removed}`
        : `today's plan replaces ${project.asset_id} in ${project.fiscal_year}, outside the plan's years ${years[0]} to ${years.at(-1)}`,
      expected: "standing assets, in years of the plan",
      mend: "delete the row: it takes no part in the comparison",
    });
  }
});
