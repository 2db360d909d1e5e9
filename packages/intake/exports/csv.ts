import type { Plan } from "@trivium/model";
import { stringify } from "csv-stringify/sync";
import type { ExportFiles } from "./files.ts";
import { shapesGeojson } from "./geojson.ts";
import { isFreeText, type PlanTable, planTables } from "./plan-tables.ts";

/** The contract's tables, `metrics.json`, and for routes the shapes that they drive. */
export function csvFiles(plan: Plan, approved: boolean): ExportFiles {
  const files = new Map<string, string>();
  for (const table of planTables(plan)) files.set(table.definition.file, tableCsv(table));
  const metrics = { ...plan.metrics, status: plan.status, draft: !approved };
  files.set("metrics.json", `${JSON.stringify(metrics, null, 2)}\n`);
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

/**
 * Text that no spreadsheet takes for a formula: an apostrophe goes before a leading = + - @ tab or return.
 * Ids and numbers are left as they are: an id that begins with `-` must come back as it went out.
 * @see OWASP, CSV Injection
 */
export function safeText(text: string): string {
  return /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
