import { type Dataset, FACILITIES_DEFAULTS, type Plan } from "@trivium/model";
import type { WriteSheet } from "hucre";
import { type Cell, sheet } from "../workbook/sheet.ts";

/** What the plan rests on: identity, settings, weights, changes of the scenario, figures, bound. */
export function assumptionSheet(plan: Plan<"facilities">, dataset: Dataset | undefined, approved: boolean): WriteSheet {
  const rows: Cell[][] = [
    ["plan", plan.provenance.plan_hash],
    ["dataset", plan.dataset_hash],
    ["scenario", plan.scenario.name],
    ["status", plan.status],
    ["trivium_version", plan.trivium_version],
    ["seed", plan.seed],
    ...named("setting", { ...FACILITIES_DEFAULTS, ...dataset?.settings.facilities }),
    ...named("weight", plan.scenario.settings.weights ?? {}),
    ...plan.scenario.changes.map((change, at): Cell[] => [`change ${at + 1}`, JSON.stringify(change)]),
    ...named("figure", plan.metrics),
    ...(plan.bound ? named("bound", plan.bound) : []),
  ];
  return sheet({
    name: "Assumptions",
    columns: [{ title: "Assumption" }, { title: "Value", width: 60 }],
    rows,
    approved,
  });
}

function named(kind: string, values: Readonly<Record<string, unknown>>): Cell[][] {
  return Object.entries(values).map(([name, value]) => [
    `${kind} ${name}`,
    typeof value === "number" || typeof value === "string" || typeof value === "boolean"
      ? value
      : JSON.stringify(value),
  ]);
}
