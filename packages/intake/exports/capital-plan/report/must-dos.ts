import type { Page } from "../../pdf/page.ts";
import { table } from "../../pdf/table.ts";
import type { Facts } from "./facts.ts";
import { usd } from "./words.ts";

/** Must-dos that the budgets cannot carry, each with the least money that would. */
export function mustDos(page: Page, { plan, names }: Facts): void {
  if (plan.unmet.length === 0) return;
  page.heading("Must-dos that cannot be paid for");
  table(
    page,
    [
      { title: "Asset", share: 0.3 },
      { title: "By", share: 0.1 },
      { title: "Extra money", share: 0.15, align: "right" },
      { title: "What would mend it", share: 0.45 },
    ],
    plan.unmet.map((row) => [
      [names.type(row.asset_id), row.asset_id].filter(Boolean).join(", "),
      String(row.by),
      row.extra_usd === undefined ? "–" : usd(row.extra_usd),
      row.fix ?? row.reason_code,
    ]),
  );
}
