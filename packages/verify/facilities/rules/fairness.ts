import type { Plan, TableRow } from "@trivium/model";
import { type Done, doneBy, type Reading, totalUsd } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { streamOf } from "../stream.ts";

type FairnessRow = Plan<"facilities">["decisions"]["fairness"][number];

/** Groups of fewer pupils have no figures. */
const SMALL = 10;
/** Rows of groups are made from rounded rows of schools. */
const TOLERANCE = { relative: 0.003, absolute: 0.02 };

interface Facts {
  readonly pupils: number;
  readonly areaSqft: number;
  readonly projects: number;
  readonly spendUsd: number;
  readonly ageSum: number;
  readonly riskUsd: number;
  readonly riskIfNothingUsd: number;
}

/** School → the share of it that belongs to a slice. */
type Shares = ReadonlyMap<string, number>;

/** `fairness.csv`, recomputed from the district's tables, forecast, outlook and projects: one row for the district, each school and each group; small groups without figures. */
export const fairness: Rule = (reading, report) => {
  // A plan that has no such table claims nothing of it.
  if (reading.plan.decisions.fairness === undefined) return;
  const claimed = new Map(reading.plan.decisions.fairness.map((row) => [keyOf(row), row]));
  const expected = new Map(fairnessDue(reading).map((row) => [keyOf(row), row]));
  report.check(
    "fairness.one-row-each",
    claimed.size === reading.plan.decisions.fairness.length &&
      claimed.size === expected.size &&
      [...expected.keys()].every((key) => claimed.has(key)),
    () => `fairness.csv has ${reading.plan.decisions.fairness.length} rows, ${expected.size} are due`,
  );
  for (const [key, row] of expected) {
    const own = claimed.get(key);
    if (own === undefined) continue;
    const names = [...new Set([...Object.keys(row), ...Object.keys(own)])] as (keyof FairnessRow)[];
    const where = { slice: row.slice, value: row.value };
    for (const name of names.filter((each) => each !== "slice" && each !== "value")) {
      const [says, is] = [own[name], row[name]] as (number | boolean | undefined)[];
      if (row.suppressed)
        report.check(
          "fairness.small-groups",
          says === is,
          () => `${key} has fewer than ten pupils, yet shows ${name}`,
          where,
        );
      else report.agree("fairness.figures", says, is, TOLERANCE, `${name} of ${key}`, where);
    }
  }
};

const keyOf = (row: FairnessRow): string => `${row.slice}:${row.value}`;

/** The whole table as it should be: the district, its schools, its groups. */
export function fairnessDue(reading: Reading): FairnessRow[] {
  const facts = factsBySchool(reading);
  const district = combined(facts, new Map([...facts.keys()].map((id) => [id, 1])));
  const rows = [rowOf("all", "all", district, district)];
  for (const id of facts.keys()) rows.push(rowOf("school", id, combined(facts, new Map([[id, 1]])), district));
  for (const [column, groups] of groupsOf(reading)) {
    const hidden = [...groups.values()].some(({ counted }) => counted < SMALL);
    for (const [value, { counted, shares }] of groups) {
      const row = rowOf(column, value, combined(facts, shares), district);
      rows.push(counted < SMALL ? { slice: column, value, suppressed: true } : hidden ? ratesOf(row) : row);
    }
  }
  return rows;
}

function factsBySchool(reading: Reading): Map<string, Facts> {
  const { dataset, live, projects, calendar } = reading;
  const { tables } = dataset;
  const listed = Map.groupBy(tables.students, (row) => row.school_id);
  const enrollment = new Map(tables.schools.map((row) => [row.school_id, row.enrollment]));
  const projectsAt = Map.groupBy(projects, ({ asset }) => asset.schoolId);
  const assetsAt = Map.groupBy(live.values(), (asset) => asset.schoolId);
  const planned = doneBy(projects);
  const schools = [...Map.groupBy(tables.buildings, (row) => row.school_id)];
  return new Map(
    schools.map(([id, buildings]) => {
      const own = projectsAt.get(id) ?? [];
      const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
      const risk = (done: (assetId: string) => Done | undefined) =>
        sum(
          (assetsAt.get(id) ?? []).map((asset) => sum(streamOf(asset, done(asset.row.asset_id), reading).emergencyUsd)),
        );
      return [
        id,
        {
          pupils: enrollment.get(id) ?? listed.get(id)?.length ?? 0,
          areaSqft: sum(buildings.map((row) => row.area_sqft)),
          projects: own.length,
          spendUsd: totalUsd(own),
          ageSum: sum(own.map(({ asset, year }) => (asset.forecast?.age_years ?? 0) + middleOf(calendar.ends, year))),
          riskUsd: risk((assetId) => planned.get(assetId)),
          riskIfNothingUsd: risk(() => undefined),
        },
      ];
    }),
  );
}

/** Years from as_of_date to the middle of a plan year (0 first). */
const middleOf = (ends: readonly number[], year: number): number => (ends[year] + ends[year + 1]) / 2;

function combined(facts: ReadonlyMap<string, Facts>, shares: Shares): Facts {
  const total = (of: (each: Facts) => number) =>
    [...shares].reduce((sum, [id, share]) => sum + share * (facts.has(id) ? of(facts.get(id) as Facts) : 0), 0);
  return {
    pupils: total((each) => each.pupils),
    areaSqft: total((each) => each.areaSqft),
    projects: total((each) => each.projects),
    spendUsd: total((each) => each.spendUsd),
    ageSum: total((each) => each.ageSum),
    riskUsd: total((each) => each.riskUsd),
    riskIfNothingUsd: total((each) => each.riskIfNothingUsd),
  };
}

const over = (top: number, bottom: number): number | undefined => (bottom > 0 ? top / bottom : undefined);

function rowOf(slice: string, value: string, of: Facts, district: Facts): FairnessRow {
  const spend = over(of.spendUsd, of.pupils);
  const risk = over(of.riskUsd, of.pupils);
  const all = { spend: over(district.spendUsd, district.pupils), risk: over(district.riskUsd, district.pupils) };
  return {
    slice,
    value,
    pupils: of.pupils,
    area_sqft: of.areaSqft,
    projects: of.projects,
    spend_usd: of.spendUsd,
    spend_per_pupil_usd: spend,
    spend_per_sqft_usd: over(of.spendUsd, of.areaSqft),
    spend_ratio: spend === undefined ? undefined : over(spend, all.spend ?? 0),
    age_at_replacement_years: over(of.ageSum, of.projects),
    risk_usd: of.riskUsd,
    risk_if_nothing_usd: of.riskIfNothingUsd,
    risk_per_pupil_usd: risk,
    risk_ratio: risk === undefined ? undefined : over(risk, all.risk ?? 0),
  };
}

const RATES = [
  "spend_per_pupil_usd",
  "spend_per_sqft_usd",
  "spend_ratio",
  "age_at_replacement_years",
  "risk_per_pupil_usd",
  "risk_ratio",
] as const;

/** Without the sums from which a small group of the same column could be told. */
function ratesOf(row: FairnessRow): FairnessRow {
  return { slice: row.slice, value: row.value, ...Object.fromEntries(RATES.map((name) => [name, row[name]])) };
}

interface Group {
  readonly counted: number;
  readonly shares: Shares;
}

/** Every `group_*` column of students (by the share of each school's pupils who say so) and of schools (whole). */
function groupsOf({ dataset }: Reading): Map<string, Map<string, Group>> {
  const columns = new Map<string, Map<string, Group>>();
  const named = (rows: readonly { extra?: Record<string, string> }[]) =>
    new Set(rows.flatMap(({ extra }) => Object.keys(extra ?? {}).filter((name) => name.startsWith("group_"))));
  const { students, schools } = dataset.tables;
  for (const column of named(students)) {
    const said = new Map<string, number>();
    const counts = new Map<string, Map<string, number>>();
    for (const { school_id, extra } of students as readonly TableRow<"students">[]) {
      const value = extra?.[column];
      if (!value) continue;
      said.set(school_id, (said.get(school_id) ?? 0) + 1);
      const own = counts.get(value) ?? new Map<string, number>();
      own.set(school_id, (own.get(school_id) ?? 0) + 1);
      counts.set(value, own);
    }
    const groups = [...counts].map(([value, own]): [string, Group] => [
      value,
      {
        counted: [...own.values()].reduce((sum, each) => sum + each, 0),
        shares: new Map([...own].map(([id, count]) => [id, count / (said.get(id) ?? 1)])),
      },
    ]);
    columns.set(column, new Map(groups));
  }
  for (const column of named(schools)) {
    const values = new Set(schools.flatMap(({ extra }) => extra?.[column] || []));
    const of = (value: string): Group => ({
      counted: Infinity,
      shares: new Map(schools.filter(({ extra }) => extra?.[column] === value).map((row) => [row.school_id, 1])),
    });
    columns.set(column, new Map([...values].map((value) => [value, of(value)])));
  }
  return columns;
}
