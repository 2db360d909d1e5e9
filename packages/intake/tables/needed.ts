import { AREAS, type Area, TABLES, type TableName } from "@trivium/model";
import { maybe } from "../nearest.ts";
import { areaOfFile, type FindingList } from "../report.ts";
import type { ReadTable } from "./read-table.ts";

/** What an area cannot do without, once any of its tables is there. */
const NEEDED: Readonly<Record<Area, readonly TableName[]>> = {
  scheduling: ["students", "periods", "courses", "requests"],
  routing: ["students", "bells", "rules", "buses", "bus_types", "depots"],
  facilities: ["buildings", "asset_types", "assets"],
};

/** What an area does without, at a price. */
const MISSED: Readonly<Record<Area, readonly (readonly [TableName, string])[]>> = {
  scheduling: [
    ["terms", "every section lasts the whole year"],
    ["teachers", "sections get no teacher"],
    ["rooms", "sections get no room"],
  ],
  routing: [["fuel", "fuel costs nothing"]],
  facilities: [
    ["budgets", "there is a forecast, but no money to plan with"],
    ["work_orders", "repairs cannot be forecast"],
  ],
};

/** Tables that are missing or empty. An area without any file is not used, and that is no finding. */
export function checkNeededTables(
  tables: ReadonlyMap<TableName, ReadTable>,
  unused: readonly string[],
  findings: FindingList,
): void {
  needed(tables, "schools", unused, findings);
  const asked = new Set<TableName>(["schools"]);
  for (const area of AREAS) {
    const uses = [...tables.keys()].some((name) => areaOfFile(TABLES[name].file) === area);
    if (!uses) continue;
    for (const name of NEEDED[area]) {
      if (!asked.has(name)) needed(tables, name, unused, findings);
      asked.add(name);
    }
    for (const [name, price] of MISSED[area]) {
      if (tables.has(name)) continue;
      const file = TABLES[name].file;
      findings.add({
        code: "table-not-given",
        severity: "warning",
        area,
        file,
        message: `there is no ${file}: ${price}.${maybe(file, unused)}`,
        expected: `a file ${file}`,
        mend: "add the file, or acknowledge that it is not wanted",
      });
    }
  }
}

function needed(
  tables: ReadonlyMap<TableName, ReadTable>,
  name: TableName,
  unused: readonly string[],
  findings: FindingList,
): void {
  const table = tables.get(name);
  if (table && (!table.legible || table.rows.length + table.broken.length > 0)) return;
  const file = table?.file ?? TABLES[name].file;
  findings.add({
    code: table ? "empty-table" : "missing-table",
    severity: "error",
    area: areaOfFile(file),
    file,
    message: table ? `${file} has no rows` : `${file} is missing.${maybe(file, unused)}`,
    expected: `a file ${file} with at least one row`,
    mend: table ? "fill the file" : "add the file, or name the one that holds this table in a column mapping",
  });
}
