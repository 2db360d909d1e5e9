import type { Page } from "../../pdf/page.ts";
import { table } from "../../pdf/table.ts";
import { type Facts, figure } from "./facts.ts";
import { count, percent } from "./words.ts";

const METHODS = ["trivium", "oldest first", "past service life", "most work orders"];
const METHOD_TITLE: Readonly<Record<string, string>> = { trivium: "this forecast" };

/** How the same method would have done on the district's own past, beside what districts do today. */
export function forecast(page: Page, { plan }: Facts): void {
  page.heading("How far the forecast can be trusted");
  const basis = plan.metrics.forecast_basis;
  const known = figure(plan.metrics, "forecast_failures_known");
  if (typeof basis === "string")
    page.paragraph(
      `It rests on ${basis}${known === undefined ? "" : `, which holds some ${count(known)} failures of equipment`}.`,
    );
  const whole = plan.decisions.backtest.filter((row) => row.origin === "all" && row.slice === "all");
  const value = (method: string, measure: string) =>
    whole.find((row) => row.method === method && row.measure === measure)?.value;
  if (whole.length === 0) {
    page.paragraph("There is too little history to test it on; take it as published service lives, with wide margins.");
    return;
  }
  page.paragraph(
    `Tested on the past: at the end of earlier years, knowing only what was known then, ${count(value("trivium", "assets") ?? 0)} ` +
      `forecasts for the next ${whole[0].horizon_years} years were compared with the ${count(value("trivium", "failures") ?? 0)} failures that followed. ` +
      "Sensitivity is the share of those failures that were among the tenth of the equipment called most at risk.",
  );
  const methods = METHODS.filter((method) => value(method, "sensitivity") !== undefined);
  const share = (method: string, measure: string) => {
    const found = value(method, measure);
    return found === undefined ? "–" : percent(found, 1);
  };
  table(
    page,
    [
      { title: "Method", share: 0.32 },
      { title: "Sensitivity", share: 0.17, align: "right" },
      { title: "Specificity", share: 0.17, align: "right" },
      { title: "Precision", share: 0.17, align: "right" },
      { title: "AUC", share: 0.17, align: "right" },
    ],
    methods.map((method) => [
      METHOD_TITLE[method] ?? method,
      share(method, "sensitivity"),
      share(method, "specificity"),
      share(method, "precision"),
      value(method, "auc")?.toFixed(3) ?? "–",
    ]),
  );
  const calibration = whole.find((row) => row.method === "trivium" && row.measure === "expected over observed");
  if (calibration?.value !== undefined)
    page.paragraph(
      `Expected failures were ${calibration.value.toFixed(2)} times those observed` +
        (calibration.low === undefined || calibration.high === undefined
          ? "."
          : ` (95 % interval ${calibration.low.toFixed(2)} to ${calibration.high.toFixed(2)}; 1 is perfect).`),
    );
}
