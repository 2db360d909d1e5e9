import { FACILITIES_DEFAULTS } from "@trivium/model";
import type { Page } from "../../pdf/page.ts";
import { table } from "../../pdf/table.ts";
import type { Facts } from "./facts.ts";

/** What it all rests on, and how to make it again. */
export function assumptions(page: Page, { plan, dataset }: Facts): void {
  page.heading("What this rests on");
  const settings = { ...FACILITIES_DEFAULTS, ...dataset?.settings.facilities };
  const rows = [
    ...Object.entries(settings).map(([name, value]) => [
      name,
      typeof value === "object" ? JSON.stringify(value) : String(value),
    ]),
    ...plan.scenario.changes.map((change, at) => [`change ${at + 1} of the scenario`, JSON.stringify(change)]),
    ["plan", plan.provenance.plan_hash],
    ["dataset", plan.dataset_hash],
    ["made by", `Trivium ${plan.trivium_version}, seed ${plan.seed}`],
  ];
  table(
    page,
    [
      { title: "Assumption", share: 0.3 },
      { title: "Value", share: 0.7 },
    ],
    rows,
  );
}
