import { MipModel, solveMip } from "@trivium/mip";
import { cheapestFunds, type RelaxedProblem } from "./bound/lagrangian.ts";
import { dollarPrices, type Prices } from "./bound/prices.ts";
import { MARGIN } from "./constraints/budget.ts";
import { yearIsOpen } from "./constraints/index.ts";
import { addSpend, type SharedRows, sharedRows } from "./program-rows.ts";
import { baseCostUsd, type PlanState } from "./state.ts";

/** A project as the linear program would have it: `share` of it in this year from this fund. */
export interface FractionalProject {
  readonly a: number;
  readonly year: number;
  readonly fund: number;
  readonly share: number;
}

export interface VisitLp {
  /** About the most that a plan with these visits can save. */
  readonly savingUsd: number;
  readonly projects: readonly FractionalProject[];
}

/** What a project may lose against its best place at the prices, as a share of what its money costs, and still be put to the program. */
const NEAR = 0.12;
/** Places of a project that are put to the program at most. */
const PLACES_MAX = 10;

/** What is left to be planned, and how. */
export interface VisitProgram {
  readonly prices: Prices;
  /** Projects that stay: their money, and their visits' mobilization, are spent. */
  readonly fixed: PlanState;
  /** Assets that may be planned, by school. */
  readonly free: readonly (readonly number[] | Int32Array)[];
  /** 1 = the visit may be used; of those that `fixed` leaves empty the mobilization is paid in any case. [school × years + year] */
  readonly made: Uint8Array;
  /** Share of each fund in each visit, [(school × years + year) × funds + fund]; absent: the program chooses. */
  readonly split?: Float64Array;
  /** Whole projects, by branch and bound over at most so many nodes; absent: the linear relaxation. */
  readonly nodes?: number;
  readonly stop?: () => boolean;
}

/** Gap at which whole projects are good enough, as a share of what is free. */
const WHOLE_GAP = 5e-4;

/**
 * The program of the plan once its visits are chosen:
 *   max Σ saving x   subject to budgets with carry-over, smoothing, project limits, equity, must-dos.
 * Only what comes near to paying at the prices is put to it: the others are out in every plan that is near the bound.
 *
 * @returns null when it has no solution, or was stopped
 */
export async function solveVisitProgram(relaxed: RelaxedProblem, program: VisitProgram): Promise<VisitLp | null> {
  const { problem } = relaxed;
  const { prices, fixed, made, nodes, stop } = program;
  const years = problem.calendar.years.length;
  const model = new MipModel("maximize");
  const rows = sharedRows(model, relaxed, 1 - MARGIN, fixed);
  for (let visit = 0; visit < made.length; visit++)
    if (made[visit] === 1 && fixed.visitProjects[visit] === 0 && program.free[Math.floor(visit / years)].length > 0)
      addVisit(model, relaxed, rows, visit, program.split);
  const columns: Column[] = [];
  const { price } = cheapestFunds(relaxed, prices);
  const dollar = dollarPrices(problem, prices);
  const net = new Float64Array(years);
  program.free.forEach((assets, school) => {
    for (const a of assets) {
      const extra = relaxed.obliged[a] === 1 ? dollar.obliged : dollar.optional;
      let best = relaxed.obliged[a] === 1 ? Number.NEGATIVE_INFINITY : 0;
      let worth = 0;
      for (let year = 0; year < years; year++) {
        const visit = school * years + year;
        net[year] = Number.NEGATIVE_INFINITY;
        if (made[visit] === 0 || !mayBeDone(relaxed, a, year)) continue;
        const cost = baseCostUsd(problem, a, year) * (price[relaxed.classes.of[a] * years + year] + extra[visit]);
        net[year] = problem.savingUsd[a * years + year] - cost - prices.project[year];
        worth = Math.max(worth, cost);
        best = Math.max(best, net[year]);
      }
      const least = relaxed.obliged[a] === 1 ? Number.NEGATIVE_INFINITY : best - NEAR * worth;
      const near = Array.from(net.keys()).filter((year) => net[year] > Number.NEGATIVE_INFINITY && net[year] >= least);
      if (near.length === 0) continue;
      near.sort((x, y) => net[y] - net[x] || x - y);
      const once = model.addRow(relaxed.obliged[a] === 1 ? 1 : -Infinity, 1);
      for (const year of near.slice(0, PLACES_MAX))
        addProject(model, relaxed, rows, { a, year, visit: school * years + year }, once, columns);
    }
  });
  if (nodes !== undefined) for (const { variable } of columns) model.integer[variable] = true;
  const result = await solveMip(model, {
    ...(nodes === undefined ? { relax: true } : { nodeLimit: nodes, gap: WHOLE_GAP }),
    ...(stop ? { cancelled: stop } : {}),
  });
  if (result.values.length === 0) return null;
  return {
    savingUsd: result.objective,
    projects: columns.flatMap(({ variable, ...project }) =>
      result.values[variable] > 1e-6 ? [{ ...project, share: result.values[variable] }] : [],
    ),
  };
}

interface Column {
  readonly variable: number;
  readonly a: number;
  readonly year: number;
  readonly fund: number;
}

function mayBeDone({ problem, obliged }: RelaxedProblem, a: number, year: number): boolean {
  const late = obliged[a] === 1 && problem.calendar.years[year] > problem.rules.mustDoBy[a];
  return !late && yearIsOpen(problem, a, year);
}

function addVisit(
  model: MipModel,
  relaxed: RelaxedProblem,
  rows: SharedRows,
  visit: number,
  shares: Float64Array | undefined,
): number {
  const { problem, present, anyObliged } = relaxed;
  const years = problem.calendar.years.length;
  const funds = problem.funds.ids.length;
  const school = Math.floor(visit / years);
  const year = visit % years;
  const usd = problem.money.mobilizationUsd[year];
  const variable = model.addVariable(0, 1, 1);
  const whole = shares ? -1 : model.addRow(0, 0, [variable], [-usd]);
  for (let f = 0; f < funds; f++) {
    if (present[visit * funds + f] === 0) continue;
    const part = shares
      ? model.addVariable(0, usd * shares[visit * funds + f], usd * shares[visit * funds + f])
      : model.addVariable(0, 0, usd);
    if (whole >= 0) model.addEntry(whole, part, 1);
    model.addEntry(rows.budget[f * years + year], part, 1);
  }
  addSpend(model, problem, rows, variable, school, year, usd, anyObliged[school] === 0);
  return variable;
}

function addProject(
  model: MipModel,
  { problem, obliged }: RelaxedProblem,
  rows: SharedRows,
  { a, year, visit }: { a: number; year: number; visit: number },
  once: number,
  columns: Column[],
): void {
  const years = problem.calendar.years.length;
  const funds = problem.funds.ids.length;
  const usd = baseCostUsd(problem, a, year);
  for (let fund = 0; fund < funds; fund++) {
    if (problem.payable[a * funds + fund] === 0) continue;
    const variable = model.addVariable(problem.savingUsd[a * years + year], 0, 1);
    columns.push({ variable, a, year, fund });
    model.addEntry(once, variable, 1);
    model.addEntry(rows.budget[fund * years + year], variable, usd);
    if (rows.project.length > 0) model.addEntry(rows.project[year], variable, 1);
    addSpend(model, problem, rows, variable, Math.floor(visit / years), year, usd, obliged[a] === 0);
  }
}
