import { type Dataset, FACILITIES_DEFAULTS, type FacilitiesSettings, type Plan, type TableRow } from "@trivium/model";
import { type Calendar, calendarOf } from "./calendar.ts";

type Decisions = Plan<"facilities">["decisions"];
type ForecastRow = Decisions["forecast"][number];
type OutlookRow = Decisions["outlook"][number];
type ProjectRow = Decisions["plan"][number];

/** A live asset beside what the plan says of it. Money at the prices of as_of_date. */
export interface LiveAsset {
  readonly row: TableRow<"assets">;
  readonly type: TableRow<"asset_types"> | undefined;
  readonly schoolId: string;
  readonly uniformat: string;
  /** Replacement cost; 0 where neither the row nor its type gives one. */
  readonly costUsd: number;
  /** Where its type may be renewed: the renewal's cost, and the age in whole years that a renewed unit is like. */
  readonly renewal: { readonly costUsd: number; readonly ageYears: number } | undefined;
  /** failure_cost_usd × criticality / 3. */
  readonly failureCostUsd: number;
  /** Earliest `by` of the must-dos that match it. */
  readonly mustDoBy: number | undefined;
  readonly forecast: ForecastRow | undefined;
  /** By stretch: the rest of the running fiscal year, then each plan year. */
  readonly outlook: readonly (OutlookRow | undefined)[];
}

/** A project with its cost as recomputed: escalated, with its share of the visit's mobilization, unrounded. */
export interface Project {
  readonly row: ProjectRow;
  readonly asset: LiveAsset;
  /** Index of its plan year. */
  readonly year: number;
  readonly costUsd: number;
}

/** What is done to an asset: in which plan year (0 first), and whether it is renewed rather than replaced. */
export interface Done {
  readonly year: number;
  readonly renewed: boolean;
}

/** By asset: what the plan does. */
export const doneBy = (projects: readonly Project[]): ReadonlyMap<string, Done> =>
  new Map(projects.map((project) => [project.row.asset_id, { year: project.year, renewed: isRenewal(project) }]));

/** A renewal of a type that offers one; any other project puts in a new unit. */
const isRenewal = ({ row, asset }: Pick<Bare, "row" | "asset">): boolean =>
  row.action === "renew" && asset.renewal !== undefined;

/** A capital plan laid beside the district's tables: what every rule reads, and nothing a solver made. */
export interface Reading {
  readonly dataset: Dataset;
  readonly plan: Plan<"facilities">;
  readonly settings: FacilitiesSettings;
  readonly calendar: Calendar;
  readonly live: ReadonlyMap<string, LiveAsset>;
  /** Rows of the plan that name a live asset and a plan year; the others are reported by their rule. */
  readonly projects: readonly Project[];
  readonly funds: ReadonlyMap<string, readonly (TableRow<"budgets"> | undefined)[]>;
}

export function readPlan(dataset: Dataset, plan: Plan<"facilities">): Reading {
  const settings = dataset.settings.facilities;
  const calendar = calendarOf(settings);
  const live = liveAssets(dataset, plan, calendar);
  const known = plan.decisions.plan.flatMap((row) => {
    const asset = live.get(row.asset_id);
    const year = calendar.years.indexOf(row.fiscal_year);
    return asset === undefined || year < 0 ? [] : [{ row, asset, year }];
  });
  return {
    dataset,
    plan,
    settings,
    calendar,
    live,
    projects: withCosts(known, settings, calendar),
    funds: fundsOf(dataset, calendar),
  };
}

function liveAssets(dataset: Dataset, plan: Plan<"facilities">, calendar: Calendar): Map<string, LiveAsset> {
  const { assets, asset_types, buildings } = dataset.tables;
  const asOf = dataset.settings.facilities.as_of_date ?? "";
  const types = new Map(asset_types.map((row) => [row.asset_type_id, row]));
  const schools = new Map(buildings.map((row) => [row.building_id, row.school_id]));
  const forecasts = new Map(plan.decisions.forecast.map((row) => [row.asset_id, row]));
  const outlooks = Map.groupBy(plan.decisions.outlook, (row) => row.asset_id);
  const stretches = [calendar.runningYear, ...calendar.years];
  const standing = assets.filter(
    (row) => row.install_date <= asOf && (row.removed_date === undefined || row.removed_date > asOf),
  );
  return new Map(
    standing.map((row) => {
      const type = types.get(row.asset_type_id);
      const rows = outlooks.get(row.asset_id) ?? [];
      const costUsd =
        row.replacement_cost_usd ?? (type?.cost_per_unit_usd ?? 0) * (row.capacity ?? 1) * (row.quantity ?? 1);
      const asset: LiveAsset = {
        row,
        type,
        schoolId: schools.get(row.building_id) ?? "",
        uniformat: type?.uniformat ?? "",
        costUsd,
        renewal: renewalOf(type, costUsd),
        failureCostUsd: ((type?.failure_cost_usd ?? 0) * (row.criticality ?? 3)) / 3,
        mustDoBy: mustDoBy(row, dataset.settings.facilities),
        forecast: forecasts.get(row.asset_id),
        outlook: stretches.map((year) => rows.find((each) => each.fiscal_year === year)),
      };
      return [row.asset_id, asset];
    }),
  );
}

/** Offered where the type gives cost, effect and median life: (1 − renew_life_share) × median, in whole years. */
function renewalOf(type: TableRow<"asset_types"> | undefined, costUsd: number): LiveAsset["renewal"] {
  if (!type?.renew_cost_share || !type.renew_life_share || !type.life_median_years || costUsd <= 0) return undefined;
  return {
    costUsd: type.renew_cost_share * costUsd,
    ageYears: Math.round((1 - type.renew_life_share) * type.life_median_years),
  };
}

/** All keys given must match; the earliest `by` wins. */
function mustDoBy(asset: TableRow<"assets">, { must_do }: FacilitiesSettings): number | undefined {
  const keys = ["asset_id", "asset_type_id", "refrigerant"] as const;
  const years = (must_do ?? [])
    .filter((rule) => keys.some((key) => rule[key] !== undefined))
    .filter((rule) => keys.every((key) => rule[key] === undefined || rule[key] === asset[key]))
    .map(({ by }) => by);
  return years.length === 0 ? undefined : Math.min(...years);
}

type Bare = Omit<Project, "costUsd">;

/** Cost × (1 + escalation)^…, and the visit's mobilization, escalated alike, shared in proportion to cost. */
export function withCosts(
  projects: readonly Bare[],
  settings: FacilitiesSettings,
  { escalation }: Calendar,
): Project[] {
  const mobilizationUsd = settings.mobilization_usd ?? FACILITIES_DEFAULTS.mobilization_usd;
  const visits = Map.groupBy(projects, visitOf);
  return projects.map((project) => {
    const visitUsd = (visits.get(visitOf(project)) ?? []).reduce((sum, each) => sum + bareUsd(each), 0);
    const ownUsd = bareUsd(project);
    const share = visitUsd > 0 ? ownUsd / visitUsd : 0;
    return { ...project, costUsd: escalation[project.year] * (ownUsd + mobilizationUsd * share) };
  });
}

/** What a project costs at the prices of as_of_date, without mobilization. */
const bareUsd = (project: Bare): number =>
  isRenewal(project) ? (project.asset.renewal?.costUsd ?? 0) : project.asset.costUsd;

/** A visit is any work at a school in a fiscal year. */
export const visitOf = ({ asset, year }: Bare): string => `${asset.schoolId}:${year}`;

function fundsOf({ tables }: Dataset, { years }: Calendar): Map<string, (TableRow<"budgets"> | undefined)[]> {
  return new Map(
    [...Map.groupBy(tables.budgets, (row) => row.fund_id)].map(([id, rows]) => [
      id,
      years.map((year) => rows.find((row) => row.fiscal_year === year)),
    ]),
  );
}

export const totalUsd = (projects: readonly Project[]): number =>
  projects.reduce((sum, { costUsd }) => sum + costUsd, 0);

/** A project that a must-do asks for, in time: a replacement, for a renewed unit keeps its refrigerant. */
export const isMustDo = ({ asset, row }: Project): boolean =>
  !isRenewal({ asset, row }) && asset.mustDoBy !== undefined && row.fiscal_year <= asset.mustDoBy;
