import type { Dataset, DecisionsOf } from "@trivium/model";
import { groupBacktest } from "../backtest/groups.ts";
import { renewedBy, replacedBy } from "../decisions.ts";
import { emptyStream, NOT_REPLACED, streamScratch, writeStream } from "../plan/cost-stream.ts";
import { outlookOf, round } from "../plan/outlook.ts";
import { schoolOf } from "../plan/state.ts";
import type { FacilitiesProblem } from "../problem.ts";

type Decisions = DecisionsOf["facilities"];
type FairnessRow = Decisions["fairness"][number];

/** A group of fewer pupils has no figures of its own. */
const SUPPRESSED_UNDER = 10;

/** Sums over a school, or over the parts of schools that make up a slice. */
interface Sums {
  pupils: number;
  areaSqft: number;
  projects: number;
  spendUsd: number;
  ageYears: number;
  riskUsd: number;
  riskIfNothingUsd: number;
}

const nothing = (): Sums => ({
  pupils: 0,
  areaSqft: 0,
  projects: 0,
  spendUsd: 0,
  ageYears: 0,
  riskUsd: 0,
  riskIfNothingUsd: 0,
});

/** `fairness.csv` without groups: the whole district, then each school. */
export function fairnessRows(problem: FacilitiesProblem, plan: Decisions["plan"]): FairnessRow[] {
  const { schoolIds } = problem.register;
  const bySchool = schoolSums(problem, plan);
  const all = nothing();
  for (const each of bySchool) addShare(all, each, 1);
  return [rowOf("all", "all", all, all), ...bySchool.map((each, s) => rowOf("school", schoolIds[s], each, all))];
}

function schoolSums(problem: FacilitiesProblem, plan: Decisions["plan"]): Sums[] {
  const { register, forecast, calendar, places } = problem;
  const sums = register.schoolIds.map((_, s) => ({
    ...nothing(),
    pupils: places.pupils[s],
    areaSqft: places.areaSqft[s],
  }));
  const replaced = replacedBy(problem, plan);
  const renews = renewedBy(problem, plan);
  const stream = emptyStream(calendar.years.length);
  const scratch = streamScratch(calendar.years.length);
  const riskOf = (a: number, year: number) => {
    writeStream(outlookOf(problem, a), problem.money, year, stream, scratch, renews[a] === 1);
    return stream.emergencyUsd.reduce((sum, each) => sum + each, 0);
  };
  for (let a = 0; a < replaced.length; a++) {
    const of = sums[schoolOf(problem, a)];
    const ifNothing = riskOf(a, NOT_REPLACED);
    of.riskIfNothingUsd += ifNothing;
    of.riskUsd += replaced[a] < 0 ? ifNothing : riskOf(a, replaced[a]);
    if (replaced[a] < 0) continue;
    of.projects++;
    of.ageYears += forecast.ageYears[a] + calendar.middle[replaced[a]];
  }
  const schoolOfId = new Map(register.schoolIds.map((id, s) => [id, s]));
  for (const row of plan) {
    const school = schoolOfId.get(row.school_id ?? "");
    if (school !== undefined && calendar.years.includes(row.fiscal_year)) sums[school].spendUsd += row.cost_usd ?? 0;
  }
  return sums;
}

/** Adds the rows of every `group_*` column of students and of schools to the table and to the backtest. The columns are read here, after the plan is made. */
export function withGroups(decisions: Decisions, dataset: Dataset): Decisions {
  const { fairness } = decisions;
  const [total] = fairness;
  if (total === undefined) return decisions;
  const schools = new Map(fairness.filter((row) => row.slice === "school").map((row) => [row.value, sumsOf(row)]));
  const all = sumsOf(total);
  const columns = [...studentGroups(dataset), ...schoolGroups(dataset)];
  const groups = columns.flatMap(({ column, values }) => {
    const anySmall = values.some(({ counted }) => counted < SUPPRESSED_UNDER);
    return values.map(({ value, shares, counted }): FairnessRow => {
      if (counted < SUPPRESSED_UNDER) return { slice: column, value, suppressed: true };
      const sums = nothing();
      for (const [school, share] of shares) {
        const of = schools.get(school);
        if (of) addShare(sums, of, share);
      }
      const row = rowOf(column, value, sums, all);
      return anySmall ? withoutSums(row) : row;
    });
  });
  const shown = columns.map(({ column, values }) => ({
    column,
    values: values.map(({ value, shares, counted }) => ({
      value,
      shares: counted < SUPPRESSED_UNDER ? undefined : shares,
    })),
  }));
  const backtest = [...decisions.backtest, ...groupBacktest(decisions.backtest, shown)];
  return { ...decisions, fairness: [...fairness, ...groups], backtest };
}

interface Group {
  readonly value: string;
  /** School → share of it that belongs to the group. */
  readonly shares: ReadonlyMap<string, number>;
  /** Pupils, for suppression. */
  readonly counted: number;
}
interface GroupColumn {
  readonly column: string;
  readonly values: readonly Group[];
}

const groupColumns = (rows: readonly { extra?: Record<string, string> }[]): string[] =>
  [...new Set(rows.flatMap((row) => Object.keys(row.extra ?? {})))].filter((name) => name.startsWith("group_")).sort();

/** A group has of each school the share that its pupils are among the school's pupils who say. */
function studentGroups({ tables }: Dataset): GroupColumn[] {
  return groupColumns(tables.students).map((column) => {
    const said = tables.students.filter((row) => row.extra?.[column]);
    const inSchool = Map.groupBy(said, (row) => row.school_id);
    const values = [...Map.groupBy(said, (row) => row.extra?.[column] ?? "")].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      column,
      values: values.map(([value, rows]) => ({
        value,
        counted: rows.length,
        shares: new Map(
          [...Map.groupBy(rows, (row) => row.school_id)].map(([school, own]) => [
            school,
            own.length / (inSchool.get(school)?.length ?? 1),
          ]),
        ),
      })),
    };
  });
}

/** Schools that say the same, whole. */
function schoolGroups({ tables }: Dataset): GroupColumn[] {
  return groupColumns(tables.schools).map((column) => ({
    column,
    values: [...Map.groupBy(tables.schools, (row) => row.extra?.[column] ?? "")]
      .filter(([value]) => value !== "")
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, rows]) => ({
        value,
        counted: Number.POSITIVE_INFINITY,
        shares: new Map(rows.map((row) => [row.school_id, 1])),
      })),
  }));
}

function addShare(to: Sums, from: Sums, share: number): void {
  for (const name of Object.keys(to) as (keyof Sums)[]) to[name] += share * from[name];
}

function sumsOf(row: FairnessRow): Sums {
  const projects = row.projects ?? 0;
  return {
    pupils: row.pupils ?? 0,
    areaSqft: row.area_sqft ?? 0,
    projects,
    spendUsd: row.spend_usd ?? 0,
    ageYears: (row.age_at_replacement_years ?? 0) * projects,
    riskUsd: row.risk_usd ?? 0,
    riskIfNothingUsd: row.risk_if_nothing_usd ?? 0,
  };
}

function rowOf(slice: string, value: string, sums: Sums, all: Sums): FairnessRow {
  const rate = (name: string, top: number, bottom: number, digits: number) =>
    bottom > 0 ? { [name]: round(top / bottom, digits) } : {};
  const perPupil = (of: Sums, usd: number) => (of.pupils > 0 ? usd / of.pupils : 0);
  return {
    slice,
    value,
    pupils: round(sums.pupils, 2),
    area_sqft: round(sums.areaSqft, 1),
    projects: round(sums.projects, 3),
    spend_usd: round(sums.spendUsd, 2),
    ...rate("spend_per_pupil_usd", sums.spendUsd, sums.pupils, 2),
    ...rate("spend_per_sqft_usd", sums.spendUsd, sums.areaSqft, 4),
    ...(sums.pupils > 0 ? rate("spend_ratio", perPupil(sums, sums.spendUsd), perPupil(all, all.spendUsd), 4) : {}),
    ...rate("age_at_replacement_years", sums.ageYears, sums.projects, 3),
    risk_usd: round(sums.riskUsd, 2),
    risk_if_nothing_usd: round(sums.riskIfNothingUsd, 2),
    ...rate("risk_per_pupil_usd", sums.riskUsd, sums.pupils, 2),
    ...(sums.pupils > 0 ? rate("risk_ratio", perPupil(sums, sums.riskUsd), perPupil(all, all.riskUsd), 4) : {}),
  };
}

/** Rates alone: from sums and the district's total a small group's could be told. */
function withoutSums(row: FairnessRow): FairnessRow {
  const {
    pupils: _p,
    area_sqft: _a,
    projects: _n,
    spend_usd: _s,
    risk_usd: _r,
    risk_if_nothing_usd: _i,
    ...rates
  } = row;
  return rates;
}
