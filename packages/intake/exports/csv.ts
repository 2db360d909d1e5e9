import type { Plan } from "@trivium/model";
import { stringify } from "csv-stringify/sync";
import type { ExportFiles } from "./files.ts";
import { shapesGeojson } from "./geojson.ts";
import { isFreeText, type PlanTable, planTables } from "./plan-tables.ts";
import { safeText } from "./safe-text.ts";

/** The contract's tables, `metrics.json`, and for routes the shapes that they drive. */
export function csvFiles(plan: Plan, approved: boolean): ExportFiles {
  const files = new Map<string, string>();
  for (const table of planTables(plan)) files.set(table.definition.file, tableCsv(table));
  const metrics = { ...plan.metrics, status: plan.status, draft: !approved };
  files.set("metrics.json", `${JSON.stringify(metrics, null, 2)}\n`);
  if (plan.area === "facilities") {
    const card = (plan as Plan<"facilities">).decisions.model_card;
    if (card) files.set("model-card.json", `${JSON.stringify(card, null, 2)}\n`);
  }
  if (plan.area === "routing") files.set("shapes.geojson", shapesGeojson(plan as Plan<"routing">, approved));
  return files;
}

function tableCsv({ definition, rows }: PlanTable): string {
  const columns = Object.entries(definition.columns);
  const cells = rows.map((row) =>
    columns.map(([name, column]) => {
      const value = row[name];
      if (value === undefined || value === null) return "";
      const text = column.format(value);
      return isFreeText(column) ? safeText(text) : text;
    }),
  );
  return stringify([columns.map(([name]) => name), ...cells]);
}
