import { dayNumber, type TableRow } from "@trivium/model";
import { type MustDo, PLAN_YEARS, SETTINGS } from "./money.ts";

type Asset = TableRow<"assets">;
type Project = TableRow<"today_plan">;

/** What the list by hand is made from. */
export interface ListInput {
  readonly assets: readonly Asset[];
  readonly kinds: ReadonlyMap<string, TableRow<"asset_types">>;
  readonly buildings: ReadonlyMap<string, TableRow<"buildings">>;
  readonly budgets: readonly TableRow<"budgets">[];
  readonly mustDo: readonly MustDo[];
}

interface Candidate {
  readonly asset: Asset;
  readonly schoolId: string;
  readonly uniformat: string;
  readonly asOfUsd: number;
  readonly lifeSpent: number;
  readonly medianYears: number;
  readonly mustBy: number;
}

interface Listed {
  readonly candidate: Candidate;
  readonly fund: string;
  readonly must: boolean;
}

/**
 * Today's list, made as districts do: first what is ordered, then whatever is furthest past its published life, worst school first,
 * year by year until the money is spent. It keeps every rule of the settings.
 */
export function drawTodayPlan(input: ListInput): Project[] {
  const waiting = candidates(input);
  const purse = new Purse(input.budgets);
  const projects: Project[] = [];
  for (const year of PLAN_YEARS) {
    const listed: Listed[] = [];
    const due = waiting.filter(({ mustBy }) => mustBy <= year + 1);
    for (const candidate of [...due, ...waiting.filter((each) => !due.includes(each))]) {
      if (!due.includes(candidate) && spentBy(candidate, year) < 0.9) continue;
      const must = candidate.mustBy < Infinity;
      const fund = purse.fundFor(year, candidate, listed, must);
      if (fund === undefined) continue;
      listed.push({ candidate, fund, must });
      waiting.splice(waiting.indexOf(candidate), 1);
    }
    purse.close(year, listed);
    projects.push(...listed.map((each) => projectOf(each, year, listed)));
  }
  return projects;
}

/** Live assets, those of the worst school first within five-year classes of overdue life. */
function candidates({ assets, kinds, buildings, mustDo }: ListInput): Candidate[] {
  const live = assets.filter((asset) => asset.removed_date === undefined);
  const found = live.map((asset): Candidate => {
    const kind = kinds.get(asset.asset_type_id);
    const age = (dayNumber(SETTINGS.as_of_date) - dayNumber(asset.install_date)) / 365.25;
    const rules = mustDo.filter(
      (rule) =>
        (rule.asset_id ?? asset.asset_id) === asset.asset_id &&
        (rule.asset_type_id ?? asset.asset_type_id) === asset.asset_type_id &&
        (rule.refrigerant ?? asset.refrigerant) === asset.refrigerant,
    );
    return {
      asset,
      schoolId: buildings.get(asset.building_id)?.school_id ?? "",
      uniformat: kind?.uniformat ?? "",
      asOfUsd:
        asset.replacement_cost_usd ?? (kind?.cost_per_unit_usd ?? 0) * (asset.capacity ?? 1) * (asset.quantity ?? 1),
      lifeSpent: age / (kind?.life_median_years ?? 20),
      medianYears: kind?.life_median_years ?? 20,
      mustBy: Math.min(Infinity, ...rules.map(({ by }) => by)),
    };
  });
  const mean = (schoolId: string) => {
    const own = found.filter((each) => each.schoolId === schoolId);
    return own.reduce((sum, { lifeSpent }) => sum + lifeSpent, 0) / own.length;
  };
  const worst = new Map([...new Set(found.map(({ schoolId }) => schoolId))].map((id) => [id, mean(id)]));
  const key = ({ lifeSpent, schoolId }: Candidate) => Math.floor(lifeSpent * 4) + (worst.get(schoolId) ?? 0) / 10;
  return found.sort((a, b) => key(b) - key(a) || (a.asset.asset_id < b.asset.asset_id ? -1 : 1));
}

/** Share of the published life that a unit will have served in a fiscal year. */
const spentBy = ({ lifeSpent, medianYears }: Candidate, year: number): number =>
  lifeSpent + (year - 2027.5) / medianYears;

/** Price level at the middle of a fiscal year, as-of prices = 1. */
function escalated(year: number): number {
  const middle = (dayNumber(`${year - 1}-07-01`) + dayNumber(`${year}-07-01`)) / 2;
  return (1 + SETTINGS.escalation) ** ((middle - dayNumber(SETTINGS.as_of_date)) / 365.25);
}

/** A project bears its cost and, by cost, its share of the visit's mobilization. */
function costOf(candidate: Candidate, year: number, listed: readonly Listed[]): number {
  const visit = listed.filter((each) => each.candidate.schoolId === candidate.schoolId);
  const total = visit.reduce((sum, each) => sum + each.candidate.asOfUsd, 0);
  return escalated(year) * candidate.asOfUsd * (1 + SETTINGS.mobilization_usd / total);
}

function projectOf({ candidate, fund, must }: Listed, year: number, listed: readonly Listed[]): Project {
  const { asset, schoolId } = candidate;
  return {
    asset_id: asset.asset_id,
    building_id: asset.building_id,
    school_id: schoolId,
    fiscal_year: year,
    fund_id: fund,
    cost_usd: Math.round(100 * costOf(candidate, year, listed)) / 100,
    action: "replace",
    reason: must ? "ordered" : `at ${Math.round(100 * spentBy(candidate, year))} % of its published life`,
  };
}

/** Money by fund, with what is carried into the year. */
class Purse {
  readonly #budgets: readonly TableRow<"budgets">[];
  readonly #carried = new Map<string, number>();

  constructor(budgets: readonly TableRow<"budgets">[]) {
    this.#budgets = budgets;
  }

  /** The first fund, the most restricted first, that can pay for the candidate beside what is listed; none when the year or the money is full. */
  fundFor(year: number, candidate: Candidate, listed: readonly Listed[], must: boolean): string | undefined {
    if (listed.length >= SETTINGS.projects_max_per_year) return undefined;
    if (SETTINGS.blackouts.some((rule) => rule.school_id === candidate.schoolId && rule.fiscal_year === year))
      return undefined;
    const rows = this.#budgets.filter((row) => row.fiscal_year === year).reverse();
    const open = rows.find((row) => {
      if (row.uniformat_allowed && !row.uniformat_allowed.some((prefix) => candidate.uniformat.startsWith(prefix)))
        return false;
      if (row.schools_allowed && !row.schools_allowed.includes(candidate.schoolId)) return false;
      const after = [...listed, { candidate, fund: row.fund_id, must }];
      return rows.every((each) => this.#spent(each.fund_id, year, after) <= this.#available(each));
    });
    return open?.fund_id;
  }

  close(year: number, listed: readonly Listed[]): void {
    for (const row of this.#budgets.filter((each) => each.fiscal_year === year)) {
      const left = this.#available(row) - this.#spent(row.fund_id, year, listed);
      this.#carried.set(row.fund_id, row.carry_over ? Math.min(left, SETTINGS.carry_cap_share * row.amount_usd) : 0);
    }
  }

  #available(row: TableRow<"budgets">): number {
    return row.amount_usd + (this.#carried.get(row.fund_id) ?? 0);
  }

  #spent(fund: string, year: number, listed: readonly Listed[]): number {
    return listed
      .filter((each) => each.fund === fund)
      .reduce((sum, each) => sum + costOf(each.candidate, year, listed), 0);
  }
}
