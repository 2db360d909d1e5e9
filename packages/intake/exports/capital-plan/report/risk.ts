import { chart } from "../../pdf/chart.ts";
import type { Page } from "../../pdf/page.ts";
import type { Facts } from "./facts.ts";
import { percent, shortUsd } from "./words.ts";

/** Emergencies and condition over the years. */
export function risk(page: Page, { plan }: Facts): void {
  page.heading("Risk and condition");
  const { years } = plan.decisions;
  const labels = years.map((year) => String(year.fiscal_year));
  chart(page, {
    title: "Expected emergency cost by year under this plan",
    labels,
    layers: [
      { kind: "bars", name: "emergency", color: "#c05c5c", values: years.map((year) => year.expected_emergency_usd) },
    ],
    format: shortUsd,
    height: 120,
  });
  chart(page, {
    title: "FCI: share of the replacement value whose median life has passed, at the year's end",
    labels,
    layers: [{ kind: "line", name: "FCI", color: "#2f6db5", values: years.map((year) => year.fci) }],
    format: (value) => percent(value, 1),
    height: 120,
  });
}
