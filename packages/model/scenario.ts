import { z } from "zod";
import { areaSchema } from "./area.ts";
import { type Dataset, sealDataset } from "./dataset.ts";
import { InputError } from "./errors.ts";
import type { Finding } from "./finding.ts";
import { SETTINGS_SCHEMA } from "./settings/index.ts";
import { rowKey, type Table } from "./table.ts";
import { TABLE_NAMES, TABLES, type TableName } from "./tables/index.ts";

/** A cell as a planner writes it: the text of the CSV, or its plain JSON form (a list for `|`, true for yes). null empties the cell. */
const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.union([z.string(), z.number()]))]);
const cellsSchema = z.record(z.string(), cellSchema);
const tableSchema = z.enum(TABLE_NAMES as [TableName, ...TableName[]]);

/** One typed change: rows set, added or removed in any table, a table replaced whole, or settings of an area. `where` matches by column; every row that matches changes. */
export const changeSchema = z.discriminatedUnion("op", [
  z.strictObject({
    op: z.literal("set"),
    table: tableSchema,
    where: cellsSchema,
    values: cellsSchema,
    note: z.string().optional(),
  }),
  z.strictObject({ op: z.literal("add"), table: tableSchema, row: cellsSchema, note: z.string().optional() }),
  z.strictObject({ op: z.literal("remove"), table: tableSchema, where: cellsSchema, note: z.string().optional() }),
  z.strictObject({
    op: z.literal("replace"),
    table: tableSchema,
    rows: z.array(cellsSchema),
    note: z.string().optional(),
  }),
  z.strictObject({
    op: z.literal("settings"),
    area: areaSchema,
    values: z.record(z.string(), z.unknown()),
    note: z.string().optional(),
  }),
]);
export type Change = z.infer<typeof changeSchema>;

/** How to solve: limits, seed, threads, weights over those of the district's settings. */
export const solveSettingsSchema = z.strictObject({
  time_s: z.number().positive().max(86_400).optional(),
  iterations: z.number().int().positive().optional(),
  seed: z.number().int().min(0).max(0xffffffff).optional(),
  threads: z.number().int().min(1).max(64).optional(),
  weights: z.record(z.string(), z.number().min(0)).optional(),
  school_id: z.string().optional().describe("scheduling: solve this school only"),
});
export type SolveSettings = z.infer<typeof solveSettingsSchema>;

/** A dataset's changes and settings. What-if = copy a scenario, change it, solve it. */
export const scenarioSchema = z.strictObject({
  name: z.string().min(1).max(200).default("As it stands"),
  changes: z.array(changeSchema).default([]),
  settings: solveSettingsSchema.default({}),
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioInput = z.input<typeof scenarioSchema>;

type Cell = z.infer<typeof cellSchema>;
type Cells = Readonly<Record<string, Cell>>;
type AnyRow = Record<string, unknown>;

/**
 * The dataset that a scenario describes, with its own hash; no change gives the dataset itself.
 * @throws InputError bad-scenario, with a finding for each change that names no row, an unknown column or a value that is not one
 */
export function applyScenario(dataset: Dataset, scenario: Scenario): Dataset {
  if (scenario.changes.length === 0) return dataset;
  const tables: Record<string, AnyRow[]> = Object.fromEntries(
    TABLE_NAMES.map((name) => [name, [...dataset.tables[name]] as AnyRow[]]),
  );
  const present = new Set(dataset.present);
  const settings: Record<string, unknown> = { ...dataset.settings };
  const findings: Finding[] = [];
  scenario.changes.forEach((change, index) => {
    const problem = (value: string, message: string, expected: string, column?: string) =>
      findings.push({
        code: "bad-change",
        severity: "error",
        area: change.op === "settings" ? change.area : "district",
        file: "scenario",
        row: index + 1,
        ...(column ? { column } : {}),
        value,
        message: `change ${index + 1} (${change.op}): ${message}`,
        expected,
        mend: "correct or remove this change",
      });
    if (change.op === "settings") {
      const merged = { ...(settings[change.area] as object), ...change.values };
      const checked = SETTINGS_SCHEMA[change.area].safeParse(merged);
      if (checked.success) settings[change.area] = checked.data;
      else problem(JSON.stringify(change.values), z.prettifyError(checked.error), "settings as in the data formats");
      return;
    }
    const definition: Table = TABLES[change.table];
    const rows = tables[change.table];
    const read = (cells: Cells) => readCells(definition, cells, problem);
    const whole = (cells: Cells) => {
      const row = read(cells);
      const missing = Object.keys(definition.columns).filter(
        (name) => definition.columns[name].required && row[name] === undefined,
      );
      if (missing.length > 0) problem("", `the row lacks ${missing.join(", ")}`, "every required column", missing[0]);
      return row;
    };
    if (change.op === "replace") {
      const own = change.rows.map(whole);
      const keys = new Set<string>();
      for (const key of definition.key.length === 0 ? [] : own.map((row) => rowKey(definition, row))) {
        if (keys.has(key)) problem(key, `two rows have the key ${key}`, "a key of its own", definition.key[0]);
        keys.add(key);
      }
      tables[change.table] = own;
      present.add(change.table);
      return;
    }
    if (change.op === "add") {
      const row = whole(change.row);
      const key = rowKey(definition, row);
      if (definition.key.length > 0 && rows.some((other) => rowKey(definition, other) === key))
        problem(key, `${change.table} has a row ${key} already`, "a key of its own", definition.key[0]);
      rows.push(row);
      present.add(change.table);
      return;
    }
    const where = read(change.where);
    const matches = (row: AnyRow) =>
      Object.entries(where).every(([name, value]) => JSON.stringify(row[name]) === JSON.stringify(value));
    const found = rows.filter(matches).length;
    if (Object.keys(where).length === 0) problem("{}", "an empty `where` would touch every row", "at least one column");
    else if (found === 0)
      problem(JSON.stringify(change.where), `no row of ${change.table} matches`, "a row that exists");
    else if (change.op === "remove") tables[change.table] = rows.filter((row) => !matches(row));
    else {
      const values = read(change.values);
      for (const [name, cell] of Object.entries(change.values)) {
        if (cell === null && definition.columns[name]?.required)
          problem("", `${name} may not be empty`, definition.columns[name].expects, name);
      }
      tables[change.table] = rows.map((row) => (matches(row) ? withCells(row, values, change.values) : row));
    }
  });
  if (findings.length > 0)
    throw new InputError(
      "bad-scenario",
      `the scenario has ${findings.length} change(s) that cannot be made: ${findings[0].message}`,
      { findings },
    );
  return sealDataset({
    ...dataset,
    tables: tables as unknown as Dataset["tables"],
    present,
    settings: settings as Dataset["settings"],
  });
}

function withCells(row: AnyRow, values: AnyRow, cells: Cells): AnyRow {
  const next = { ...row, ...values };
  for (const [name, cell] of Object.entries(cells)) if (cell === null || cell === "") delete next[name];
  return next;
}

function readCells(
  definition: Table,
  cells: Cells,
  problem: (value: string, message: string, expected: string, column?: string) => void,
): AnyRow {
  const row: AnyRow = {};
  for (const [name, cell] of Object.entries(cells)) {
    const column = Object.hasOwn(definition.columns, name) ? definition.columns[name] : undefined;
    if (!column) {
      problem(name, `${definition.file} has no column ${name}`, Object.keys(definition.columns).join(", "), name);
      continue;
    }
    const text = cellText(cell);
    if (text === "") continue;
    const value = column.parse(text);
    if (value === undefined) problem(text, `${name} = ${text} is not ${column.expects}`, column.expects, name);
    else row[name] = value;
  }
  return row;
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return Array.isArray(cell) ? cell.join("|") : String(cell).trim();
}
