import { chart, type Layer } from "../../pdf/chart.ts";
import type { Page } from "../../pdf/page.ts";
import { table } from "../../pdf/table.ts";
import { spendByFund } from "../spend.ts";
import { type Facts, figure } from "./facts.ts";
import { shortUsd, usd, usdAndCents } from "./words.ts";

/** Told apart in print and by the colour-blind. */
const FUND_COLORS = ["#2f6db5", "#e08a3c", "#5aa469", "#8d6cab", "#c05c5c", "#7f8a94"];

/** Spend against budget by year and fund, and what one more dollar of each year would save. */
export function money(page: Page, { plan }: Facts): void {
  page.heading("Money by year");
  const { funds, years } = spendByFund(plan);
  const spend = funds.map(
    (fund, at): Layer => ({
      kind: "bars",
      name: fund || "no fund named",
      color: FUND_COLORS[at % FUND_COLORS.length],
      values: years.map((year) => year.spendUsd[at]),
    }),
  );
  const budget: Layer = {
    kind: "line",
    name: "budget of the year (without carry-over)",
    color: "#1f2933",
    dashed: true,
    values: plan.decisions.years.map((year) => year.budget_usd),
  };
  chart(page, {
    title: "Planned spend by fund, and budget",
    labels: years.map((year) => String(year.fiscalYear)),
    layers: [...spend, budget],
    format: shortUsd,
  });
  const price = (year: number) => figure(plan.metrics, `dollar_${year}_saves_usd`);
  table(
    page,
    [
      { title: "Fiscal year", share: 0.16 },
      { title: "Spend", share: 0.21, align: "right" },
      { title: "Budget", share: 0.21, align: "right" },
      { title: "Expected emergency cost", share: 0.21, align: "right" },
      { title: "One more dollar saves", share: 0.21, align: "right" },
    ],
    plan.decisions.years.map((year) => [
      String(year.fiscal_year),
      usd(year.spend_usd),
      usd(year.budget_usd),
      usd(year.expected_emergency_usd),
      dollar(price(year.fiscal_year)),
    ]),
  );
  page.note(
    "What is left of a year's budget may be carried over where the fund allows it, so a year's spend can exceed its own budget. " +
      "The last column is the price of the year's dollar: what the expected cost over the horizon would fall by if that year had one dollar more.",
  );
}

const dollar = (value: number | undefined): string => (value === undefined ? "–" : usdAndCents(value));
