import { applyScenario, type Dataset, FACILITIES_DEFAULTS, type Plan, rowKey, TABLES } from "@trivium/model";
import type { Workbook } from "exceljs";
import type { ExportResources } from "./export-plan.ts";
import { addSheet, type Cell, type SheetColumn } from "./sheet.ts";

type FacilitiesPlan = Plan<"facilities">;
type Project = FacilitiesPlan["decisions"]["plan"][number];

/** The capital plan as a board and a plant manager read it: by year, school and fund; every asset; what it all rests on. */
export function addCapitalPlan(workbook: Workbook, plan: FacilitiesPlan, resources: ExportResources): void {
  const { approved } = resources;
  const dataset = resources.dataset && applyScenario(resources.dataset, plan.scenario);
  const projects = plan.decisions.plan;
  const title = titles(dataset);
  const by = (name: string, order: (project: Project) => string) =>
    addSheet(workbook, name, PROJECT_COLUMNS, projectRows(projects, order, title), approved);
  by("Plan by year", (project) => `${project.fiscal_year} ${project.school_id ?? ""}`);
  by("By school", (project) => `${project.school_id ?? ""} ${project.fiscal_year}`);
  by("By fund", (project) => `${project.fund_id ?? ""} ${project.fiscal_year}`);
  addAssets(workbook, plan, dataset, approved);
  addAssumptions(workbook, plan, dataset, approved);
  addBacktest(workbook, plan, approved);
  addYears(workbook, plan, approved);
  addUnmet(workbook, plan, approved);
}

const PROJECT_COLUMNS: readonly SheetColumn[] = [
  { title: "Fiscal year", format: "year" },
  { title: "School" },
  { title: "School name" },
  { title: "Building" },
  { title: "Asset" },
  { title: "Type" },
  { title: "Action" },
  { title: "Fund" },
  { title: "Cost", format: "usd" },
  { title: "Reason", width: 60 },
];

interface Titles {
  school(id: string | undefined): string | undefined;
  type(assetId: string): string | undefined;
}

function titles(dataset: Dataset | undefined): Titles {
  const schools = new Map(dataset?.tables.schools.map((school) => [school.school_id, school.name]));
  const types = new Map(dataset?.tables.asset_types.map((type) => [type.asset_type_id, type.title]));
  const assets = new Map(dataset?.tables.assets.map((asset) => [asset.asset_id, asset.asset_type_id]));
  return {
    school: (id) => (id === undefined ? undefined : schools.get(id)),
    type: (assetId) => types.get(assets.get(assetId) ?? ""),
  };
}

function projectRows(projects: readonly Project[], order: (project: Project) => string, title: Titles): Cell[][] {
  const key = (project: Project) => `${order(project)} ${project.asset_id}`;
  return [...projects]
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .map((project) => [
      project.fiscal_year,
      project.school_id,
      title.school(project.school_id),
      project.building_id,
      project.asset_id,
      title.type(project.asset_id),
      project.action,
      project.fund_id,
      project.cost_usd,
      project.reason,
    ]);
}

const ASSET_COLUMNS: readonly SheetColumn[] = [
  { title: "Asset" },
  { title: "Building" },
  { title: "Type" },
  { title: "Installed" },
  { title: "Age, years", format: "decimal" },
  { title: "Fails in 1 y", format: "share" },
  { title: "Fails in 3 y", format: "share" },
  { title: "Fails in 5 y", format: "share" },
  { title: "Fails in 10 y", format: "share" },
  { title: "Life left, 10 %", format: "decimal" },
  { title: "Life left, median", format: "decimal" },
  { title: "Life left, 90 %", format: "decimal" },
  { title: "Forecast rests on" },
  { title: "Planned in", format: "year" },
  { title: "Cost", format: "usd" },
  { title: "Reason", width: 60 },
];

function addAssets(workbook: Workbook, plan: FacilitiesPlan, dataset: Dataset | undefined, approved: boolean): void {
  const assets = new Map(dataset?.tables.assets.map((asset) => [rowKey(TABLES.assets, asset), asset]));
  const planned = new Map(plan.decisions.plan.map((project) => [project.asset_id, project]));
  const title = titles(dataset);
  const rows = plan.decisions.forecast.map((forecast): Cell[] => {
    const asset = assets.get(forecast.asset_id);
    const project = planned.get(forecast.asset_id);
    return [
      forecast.asset_id,
      asset?.building_id ?? project?.building_id,
      title.type(forecast.asset_id),
      asset?.install_date,
      forecast.age_years,
      forecast.p_fail_1y,
      forecast.p_fail_3y,
      forecast.p_fail_5y,
      forecast.p_fail_10y,
      forecast.rul_p10,
      forecast.rul_median,
      forecast.rul_p90,
      forecast.basis,
      project?.fiscal_year,
      project?.cost_usd,
      project?.reason ?? "not within the horizon",
    ];
  });
  addSheet(workbook, "Assets", ASSET_COLUMNS, rows, approved);
}

function addAssumptions(
  workbook: Workbook,
  plan: FacilitiesPlan,
  dataset: Dataset | undefined,
  approved: boolean,
): void {
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
  addSheet(workbook, "Assumptions", [{ title: "Assumption" }, { title: "Value", width: 60 }], rows, approved);
}

function named(kind: string, values: Readonly<Record<string, unknown>>): Cell[][] {
  return Object.entries(values).map(([name, value]) => [
    `${kind} ${name}`,
    typeof value === "number" || typeof value === "string" || typeof value === "boolean"
      ? value
      : JSON.stringify(value),
  ]);
}

function addBacktest(workbook: Workbook, plan: FacilitiesPlan, approved: boolean): void {
  const columns: SheetColumn[] = [
    { title: "Known at the end of" },
    { title: "Years ahead", format: "year" },
    { title: "Method" },
    { title: "Slice" },
    { title: "Measure" },
    { title: "Value", format: "decimal" },
    { title: "Low", format: "decimal" },
    { title: "High", format: "decimal" },
  ];
  const rows = plan.decisions.backtest.map((row): Cell[] => [
    row.origin,
    row.horizon_years,
    row.method,
    row.slice,
    row.measure,
    row.value,
    row.low,
    row.high,
  ]);
  addSheet(workbook, "Backtest", columns, rows, approved);
}

function addYears(workbook: Workbook, plan: FacilitiesPlan, approved: boolean): void {
  const columns: SheetColumn[] = [
    { title: "Fiscal year", format: "year" },
    { title: "Spend", format: "usd" },
    { title: "Budget", format: "usd" },
    { title: "Expected failures", format: "decimal" },
    { title: "Expected emergency cost", format: "usd" },
    { title: "FCI", format: "share" },
  ];
  const rows = plan.decisions.years.map((year): Cell[] => [
    year.fiscal_year,
    year.spend_usd,
    year.budget_usd,
    year.expected_failures,
    year.expected_emergency_usd,
    year.fci,
  ]);
  addSheet(workbook, "Years", columns, rows, approved);
}

function addUnmet(workbook: Workbook, plan: FacilitiesPlan, approved: boolean): void {
  if (plan.unmet.length === 0) return;
  const columns: SheetColumn[] = [
    { title: "Asset" },
    { title: "Rule" },
    { title: "By", format: "year" },
    { title: "Why not" },
    { title: "Extra money", format: "usd" },
    { title: "Mend", width: 60 },
  ];
  const rows = plan.unmet.map((row): Cell[] => [
    row.asset_id,
    row.rule,
    row.by,
    row.reason_code,
    row.extra_usd,
    row.fix,
  ]);
  addSheet(workbook, "Must-dos not met", columns, rows, approved);
}
