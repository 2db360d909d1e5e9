import type { Fan, FuturesAnswer } from "@trivium/model";
import { type Chart, chart, type Layer } from "../../pdf/chart.ts";
import type { Page } from "../../pdf/page.ts";
import type { Facts } from "./facts.ts";
import { count, percent, shortUsd, usd } from "./words.ts";

/** Emergencies and condition over the years: as fans over simulated futures where they were asked for, else as expectations. */
export function risk(page: Page, { plan, answers }: Facts): void {
  page.heading("Risk and condition");
  if (answers.futures) fans(page, answers.futures);
  else expectations(page, plan);
}

function expectations(page: Page, plan: Facts["plan"]): void {
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
    title: FCI_TITLE,
    labels,
    layers: [{ kind: "line", name: "FCI", color: "#2f6db5", values: years.map((year) => year.fci) }],
    format: (value) => percent(value, 1),
    height: 120,
  });
}

const FCI_TITLE = "FCI: share of the replacement value whose median life has passed, at the year's end";

function fans(
  page: Page,
  { futures, by_year, emergency_usd, overrun_chance_any_year, reserve_usd }: FuturesAnswer,
): void {
  page.paragraph(
    `In ${count(futures)} simulated futures the emergencies of the whole horizon cost ${usd(emergency_usd.p05)} to ` +
      `${usd(emergency_usd.p95)} (nine times in ten), ${usd(emergency_usd.p50)} in the middle. ` +
      `With what the plan leaves unspent${reserve_usd > 0 ? ` and ${usd(reserve_usd)} a year in reserve` : ""}, ` +
      `some year is overrun in ${percent(overrun_chance_any_year)} of them.`,
  );
  const labels = by_year.map((year) => String(year.fiscal_year));
  const drawn = (title: string, color: string, format: Chart["format"], fan: (at: number) => Fan) =>
    chart(page, {
      title,
      labels,
      layers: fanLayers(
        color,
        labels.map((_, at) => fan(at)),
      ),
      format,
      height: 105,
    });
  drawn("Emergency cost by year", "#c05c5c", shortUsd, (at) => by_year[at].emergency_usd);
  drawn(
    "Backlog: replacement cost of what has outlived its median life",
    "#e08a3c",
    shortUsd,
    (at) => by_year[at].backlog_usd,
  );
  drawn(
    FCI_TITLE,
    "#2f6db5",
    (value) => percent(value, 1),
    (at) => by_year[at].fci,
  );
}

function fanLayers(color: string, fan: readonly Fan[]): Layer[] {
  return [
    {
      kind: "band",
      name: "nine futures in ten",
      color,
      low: fan.map((each) => each.p05),
      high: fan.map((each) => each.p95),
    },
    { kind: "band", name: "every second", color, low: fan.map((each) => each.p25), high: fan.map((each) => each.p75) },
    { kind: "line", name: "median", color, values: fan.map((each) => each.p50) },
  ];
}
