import { doneBy, totalUsd } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { fciByYear, totalStream } from "../stream.ts";

/** `years.csv`, recomputed from forecast, outlook and plan: one row a plan year. */
export const yearRows: Rule = (reading, report) => {
  const { plan, calendar, projects, funds } = reading;
  const planned = doneBy(projects);
  const replaced = (assetId: string) => planned.get(assetId);
  const totals = totalStream(reading, replaced);
  const fci = fciByYear(reading, replaced);
  const rows = plan.decisions.years;
  report.check(
    "years.one-row-each",
    rows.length === calendar.years.length && calendar.years.every((year, index) => rows[index]?.fiscal_year === year),
    () => `years.csv has ${rows.length} rows, the plan years are ${calendar.years.join(", ")}`,
  );
  for (const row of rows) {
    const year = calendar.years.indexOf(row.fiscal_year);
    if (year < 0) continue;
    const where = { fiscal_year: row.fiscal_year };
    const budgetUsd = [...funds.values()].reduce((sum, fund) => sum + (fund[year]?.amount_usd ?? 0), 0);
    const agree = (
      name: keyof typeof row & string,
      actual: number,
      tolerance: { absolute?: number; relative?: number },
    ) => report.agree(`years.${name}`, row[name] as number, actual, tolerance, `${name} of ${row.fiscal_year}`, where);
    agree("spend_usd", totalUsd(projects.filter((project) => project.year === year)), {
      relative: 0.002,
      absolute: 0.01,
    });
    agree("budget_usd", budgetUsd, { relative: 0.0001, absolute: 0.01 });
    agree("expected_failures", totals.failures[year], { relative: 0.002, absolute: 0.002 });
    agree("expected_emergency_usd", totals.emergencyUsd[year], { relative: 0.002, absolute: 1 });
    agree("fci", fci[year], { absolute: 0.0005 });
  }
};
