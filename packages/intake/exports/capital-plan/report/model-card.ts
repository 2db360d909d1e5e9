import type { ModelCard } from "@trivium/model";
import type { Page } from "../../pdf/page.ts";
import { table } from "../../pdf/table.ts";
import type { Facts } from "./facts.ts";
import { count, percent } from "./words.ts";

/** The forecast's model card: what it rests on, how it did on the past beside rules of thumb, and its limits. Nothing where a plan has none. */
export function modelCard(page: Page, { plan, names }: Facts): void {
  const card = plan.decisions.model_card;
  if (!card) return;
  page.heading("How far the forecast can be trusted");
  page.paragraph(`Forecast: ${card.forecast}, as of ${card.as_of_date}. It ${card.verdict}.`);
  evidence(page, card);
  tested(page, card);
  calibration(page, card);
  reporting(page, card, (group) => names.school(group) ?? group);
  page.subheading("Limits");
  for (const limit of card.limits) page.paragraph(`• ${limit}`);
}

function evidence(page: Page, card: ModelCard): void {
  table(
    page,
    [
      { title: "What it rests on", share: 0.35 },
      { title: "", share: 0.65 },
    ],
    [
      ...Object.entries(card.data).map(([name, value]) => [name.replaceAll("_", " "), String(value)]),
      ...Object.entries(card.basis).map(([name, assets]) => [`assets by ${name}`, count(assets)]),
      ...card.inputs.map((input) => [input.name, `known from: ${input.known_from}`]),
      ...card.method.map((step, at) => [`step ${at + 1}`, step]),
    ],
  );
}

const METHOD_TITLE: Readonly<Record<string, string>> = { trivium: "this forecast" };

function tested(page: Page, { backtest }: ModelCard): void {
  const whole = backtest.figures.filter((figure) => figure.origin === "all" && figure.slice === "all");
  const figures = whole.length > 0 ? whole : backtest.figures.filter((figure) => figure.slice === "all");
  const methods = [...new Set(figures.map((figure) => figure.method))];
  if (!figures.some((figure) => figure.measure === "sensitivity")) return;
  const value = (method: string, measure: string) =>
    figures.find((figure) => figure.method === method && figure.measure === measure)?.value;
  const share = (method: string, measure: string) => {
    const found = value(method, measure);
    return found === undefined ? "–" : percent(found, 1);
  };
  page.paragraph(
    `Tested on the past: made anew with what was known on ${backtest.origins.join(", ")}, and held against the ${count(backtest.failures)} failures ` +
      `of the ${count(backtest.horizon_years)} years after. Sensitivity is the share of those that were among the ${percent(backtest.list_share)} of the equipment called most at risk.`,
  );
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
}

/** Expected and observed failures by tenth of the forecast chance: what was called unlikely should have been rare. */
function calibration(page: Page, { backtest }: ModelCard): void {
  const of = (slice: string, measure: string) =>
    backtest.figures.find((figure) => figure.origin === "all" && figure.slice === slice && figure.measure === measure)
      ?.value;
  const tenths = Array.from({ length: 10 }, (_, at) => `tenth ${at + 1}`);
  if (of(tenths[0], "expected failures") === undefined) return;
  page.subheading("Expected and observed failures by tenth of the forecast chance");
  const whole = (value: number | undefined) => (value === undefined ? "–" : count(value));
  table(
    page,
    [
      { title: "", share: 0.2 },
      ...tenths.map((_, at) => ({ title: String(at + 1), share: 0.08, align: "right" as const })),
    ],
    [
      ["expected", ...tenths.map((tenth) => whole(of(tenth, "expected failures")))],
      ["observed", ...tenths.map((tenth) => whole(of(tenth, "failures")))],
    ],
  );
}

function reporting(page: Page, { reporting: groups }: ModelCard, name: (group: string) => string): void {
  if (groups.length === 0) return;
  page.subheading("Who files more or fewer tickets than their equipment should need");
  table(
    page,
    [
      { title: "School or group", share: 0.4 },
      { title: "Filed, against elsewhere", share: 0.3, align: "right" },
      { title: "95 % interval", share: 0.3, align: "right" },
    ],
    groups.map((group) => [name(group.group), percent(group.share), `${percent(group.low)} – ${percent(group.high)}`]),
  );
}
