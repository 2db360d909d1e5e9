import { MipModel, solveMip } from "@trivium/mip";
import type { FacilitiesProblem } from "../problem.ts";
import type { RelaxedProblem } from "./bound/lagrangian.ts";
import { yearIsOpen } from "./constraints/index.ts";
import { baseCostUsd } from "./state.ts";

/** A project as the linear program would have it: `share` of it in this year from this fund. */
interface FractionalProject {
  readonly a: number;
  readonly year: number;
  readonly fund: number;
  readonly share: number;
}

export interface VisitLp {
  /** ≥ the saving of any plan (of any plan with these visits, where they are given). */
  readonly savingUsd: number;
  readonly projects: readonly FractionalProject[];
  /** How far each visit is made, [school × years + year]. */
  readonly visits: Float64Array;
}

/**
 * The linear relaxation of the plan, with mobilization split among funds at will:
 *   max Σ saving x   subject to budgets with carry-over, x ≤ z (a project needs its visit), smoothing, project limits, equity, must-dos.
 *
 * @param made visits that are made, and no others (their mobilization is paid in any case); null: the program chooses
 * @param split share of each fund in each visit, [(school × years + year) × funds + fund]; absent: the program chooses
 * @returns null when it has no solution
 */
export async function solveVisitLp(
  relaxed: RelaxedProblem,
  made: Uint8Array | null,
  split?: Float64Array,
): Promise<VisitLp | null> {
  const { problem } = relaxed;
  const years = problem.calendar.years.length;
  const model = new MipModel("maximize");
  const rows = sharedRows(model, relaxed);
  const visits = new Int32Array(problem.register.schoolIds.length * years).fill(-1);
  for (let visit = 0; visit < visits.length; visit++)
    if (made === null || made[visit] === 1) visits[visit] = addVisit(model, relaxed, rows, visit, made !== null, split);
  const columns: { variable: number; a: number; year: number; fund: number }[] = [];
  relaxed.bySchool.forEach((assets, school) => {
    for (const a of assets) {
      const once = model.addRow(relaxed.obliged[a] === 1 ? 1 : -Infinity, 1);
      for (let year = 0; year < years; year++) {
        const visit = school * years + year;
        if (visits[visit] >= 0 && mayBeDone(relaxed, a, year))
          addProject(model, relaxed, rows, { a, year, visit }, once, made === null ? visits[visit] : -1, columns);
      }
    }
  });
  const result = await solveMip(model, { relax: true });
  if (result.status !== "optimal") return null;
  return {
    savingUsd: result.objective,
    projects: columns.flatMap(({ variable, ...project }) =>
      result.values[variable] > 1e-6 ? [{ ...project, share: result.values[variable] }] : [],
    ),
    visits: Float64Array.from(visits, (variable) => (variable < 0 ? 0 : result.values[variable])),
  };
}

function mayBeDone({ problem, obliged }: RelaxedProblem, a: number, year: number): boolean {
  const late = obliged[a] === 1 && problem.calendar.years[year] > problem.rules.mustDoBy[a];
  return !late && yearIsOpen(problem, a, year);
}

interface SharedRows {
  readonly budget: Int32Array;
  readonly smoothing: Int32Array;
  readonly project: Int32Array;
  readonly equity: Int32Array;
}

function sharedRows(model: MipModel, { problem, carryMaxUsd }: RelaxedProblem): SharedRows {
  const { funds, rules, calendar } = problem;
  const years = calendar.years.length;
  const budget = Int32Array.from(funds.amountUsd, (amount) => model.addRow(-Infinity, amount));
  for (let at = 0; at < budget.length; at++) {
    if (at % years === years - 1 || carryMaxUsd[at] === 0) continue;
    const carried = model.addVariable(0, 0, carryMaxUsd[at]);
    model.addEntry(budget[at], carried, 1);
    model.addEntry(budget[at + 1], carried, -1);
  }
  const perYear = (wanted: boolean, most: number) =>
    Int32Array.from(wanted ? calendar.years : [], () => model.addRow(-Infinity, most));
  return {
    budget,
    smoothing: perYear(rules.smoothingMaxRatio !== Infinity, 0),
    project: perYear(rules.projectsMax !== Infinity, rules.projectsMax),
    equity: Int32Array.from(rules.equity, () => model.addRow(0, Infinity)),
  };
}

/** Dollars spent at a school in a year, as smoothing (unless it leaves them alone) and equity see them. */
function addSpend(
  model: MipModel,
  problem: FacilitiesProblem,
  rows: SharedRows,
  variable: number,
  school: number,
  year: number,
  usd: number,
  smoothed: boolean,
): void {
  const years = problem.calendar.years.length;
  if (rows.smoothing.length > 0) {
    if (smoothed) model.addEntry(rows.smoothing[year], variable, usd);
    for (const row of rows.smoothing) model.addEntry(row, variable, (-problem.rules.smoothingMaxRatio * usd) / years);
  }
  problem.rules.equity.forEach(({ member, minShare }, g) => {
    model.addEntry(rows.equity[g], variable, usd * (member[school] - minShare));
  });
}

function addVisit(
  model: MipModel,
  relaxed: RelaxedProblem,
  rows: SharedRows,
  visit: number,
  made: boolean,
  shares: Float64Array | undefined,
): number {
  const { problem, present, bySchool, obliged } = relaxed;
  const years = problem.calendar.years.length;
  const funds = problem.funds.ids.length;
  const school = Math.floor(visit / years);
  const year = visit % years;
  const usd = problem.money.mobilizationUsd[year];
  const variable = model.addVariable(0, made ? 1 : 0, 1);
  const whole = shares ? -1 : model.addRow(0, 0, [variable], [-usd]);
  for (let f = 0; f < funds; f++) {
    if (present[visit * funds + f] === 0) continue;
    const part = shares
      ? model.addVariable(0, usd * shares[visit * funds + f], usd * shares[visit * funds + f])
      : model.addVariable(0, 0, usd);
    if (whole >= 0) model.addEntry(whole, part, 1);
    model.addEntry(rows.budget[f * years + year], part, 1);
  }
  const optionalOnly = !bySchool[school].some((a) => obliged[a] === 1);
  addSpend(model, problem, rows, variable, school, year, usd, optionalOnly);
  return variable;
}

function addProject(
  model: MipModel,
  { problem, obliged }: RelaxedProblem,
  rows: SharedRows,
  { a, year, visit }: { a: number; year: number; visit: number },
  once: number,
  visitVariable: number,
  columns: { variable: number; a: number; year: number; fund: number }[],
): void {
  const years = problem.calendar.years.length;
  const funds = problem.funds.ids.length;
  const usd = baseCostUsd(problem, a, year);
  const link = visitVariable < 0 ? -1 : model.addRow(-Infinity, 0, [visitVariable], [-1]);
  for (let fund = 0; fund < funds; fund++) {
    if (problem.payable[a * funds + fund] === 0) continue;
    const variable = model.addVariable(problem.savingUsd[a * years + year], 0, 1);
    columns.push({ variable, a, year, fund });
    model.addEntry(once, variable, 1);
    if (link >= 0) model.addEntry(link, variable, 1);
    model.addEntry(rows.budget[fund * years + year], variable, usd);
    if (rows.project.length > 0) model.addEntry(rows.project[year], variable, 1);
    addSpend(model, problem, rows, variable, Math.floor(visit / years), year, usd, obliged[a] === 0);
  }
}
