import { chart } from "../../pdf/chart.ts";
import type { Page } from "../../pdf/page.ts";
import { table } from "../../pdf/table.ts";
import type { Facts } from "./facts.ts";
import { count, percent, shortUsd, usd, usdAndCents } from "./words.ts";

/** The plan beside what the district has and what rules of thumb would do, and what more or less money would change. */
export function alternatives(page: Page, { answers: { baselines, frontier } }: Facts): void {
  if (!baselines && !frontier) return;
  page.heading("Compared with what?");
  if (baselines) {
    page.paragraph(
      `Each list below is bought under the same rules and with the same money, and meets the same ${count(baselines.futures)} simulated futures.`,
    );
    table(
      page,
      [
        { title: "List", share: 0.25 },
        { title: "Projects", share: 0.1, align: "right" },
        { title: "Spend", share: 0.15, align: "right" },
        { title: "Saves", share: 0.15, align: "right" },
        { title: "Of what is possible", share: 0.15, align: "right" },
        { title: "Emergencies, 5–95 %", share: 0.2, align: "right" },
      ],
      baselines.lists.map((list) => [
        list.name === "plan" ? "this plan" : list.name,
        count(list.projects),
        usd(list.spend_usd),
        usd(list.saved_usd),
        list.share_of_attainable === null ? "–" : percent(list.share_of_attainable, 1),
        `${shortUsd(list.emergency_usd.p05)} – ${shortUsd(list.emergency_usd.p95)}`,
      ]),
    );
  }
  if (frontier) {
    chart(page, {
      title: "Failures, repairs and energy over the horizon, by the share of the present budgets",
      labels: frontier.points.map((point) => percent(point.budget_share)),
      layers: [
        {
          kind: "line",
          name: "best plan found",
          color: "#2f6db5",
          values: frontier.points.map((point) => point.objective_usd),
        },
        {
          kind: "line",
          name: "no plan costs less",
          color: "#7f8a94",
          dashed: true,
          values: frontier.points.map((point) => point.bound_usd),
        },
      ],
      format: shortUsd,
      height: 120,
    });
    table(
      page,
      [
        { title: "Of the budgets", share: 0.16 },
        { title: "Budget", share: 0.21, align: "right" },
        { title: "Saves", share: 0.21, align: "right" },
        { title: "Expected failures", share: 0.2, align: "right" },
        { title: "One more dollar saves", share: 0.22, align: "right" },
      ],
      frontier.points.map((point) => [
        percent(point.budget_share),
        usd(point.budget_usd),
        usd(point.saved_usd),
        count(point.expected_failures),
        usdAndCents(point.dollar_saves_usd),
      ]),
    );
  }
}
