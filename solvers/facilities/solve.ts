import type { Solution, SolveContext, SolveOptions } from "@trivium/engine";
import { decisionsOf, type PlannedProject } from "./decisions.ts";
import { measurePlan } from "./measure.ts";
import { relaxedProblem } from "./plan/bound/lagrangian.ts";
import type { Prices } from "./plan/bound/prices.ts";
import { equityMissingUsd, rulesHold } from "./plan/constraints/index.ts";
import { forceEquity } from "./plan/construct.ts";
import { planFromPrices } from "./plan/legs.ts";
import { placeMustDos, type UnmetMustDo, unmetMustDos } from "./plan/must-do.ts";
import { type Priced, type ReportPlan, searchPrices } from "./plan/price-search.ts";
import { reasonOf } from "./plan/reason.ts";
import { Room } from "./plan/room.ts";
import { add, type PlanState, projectCostUsd, restore, type Snapshot, snapshot, UNPLANNED } from "./plan/state.ts";
import { unmetRows } from "./plan/unmet.ts";
import type { FacilitiesProblem } from "./problem.ts";

/** A plan in the making, with what proves how good it is. */
export interface MadePlan {
  readonly state: PlanState;
  readonly priced: Priced;
  readonly unmet: readonly UnmetMustDo[];
  readonly iterations: number;
}

/**
 * The capital plan: must-dos first; Lagrangian prices of dollars, giving a proven bound; plans rounded from the prices and from linear programs of the
 * visits they agree on; then local search over plans that keep every rule until the budget is spent. Feasible from the first step on.
 */
export async function solvePlan(
  problem: FacilitiesProblem,
  options: SolveOptions,
  context: SolveContext<FacilitiesProblem>,
): Promise<Solution<"facilities">> {
  const nothingUsd = ifNothingUsd(problem);
  const report = (phase: string, iterations: number, savingUsd: number, boundUsd: number) =>
    context.report({
      phase,
      iterations,
      best: nothingUsd - savingUsd,
      best_label: "objective_usd",
      bound: nothingUsd - boundUsd,
    });
  const made = await makePlan(problem, projectsOf(options), context, { report, thorough: true });
  if (equityMissingUsd(made.state) > 0)
    return {
      status: "no_plan",
      decisions: decisionsOf(problem, []),
      unmet: [],
      metrics: {},
      bound: null,
      iterations: made.iterations,
      reason: "no plan was found in which the equity schools get their share: the must-dos alone give others too much",
    };
  return finishPlan(problem, made, nothingUsd);
}

export const ifNothingUsd = (problem: FacilitiesProblem): number =>
  problem.ifNothingUsd.reduce((sum, each) => sum + each, 0);

interface HowToPlan {
  readonly report?: ReportPlan;
  /** Prices near the right ones, of a problem like this one. */
  readonly warm?: Prices;
  /** Whether several roundings, and the whole program of a small district, are worth some seconds: for a plan that is kept, not for an answer. */
  readonly thorough?: boolean;
}

/** @param start projects to start from, where they keep all rules */
export async function makePlan(
  problem: FacilitiesProblem,
  start: readonly StartProject[],
  context: Pick<SolveContext<FacilitiesProblem>, "budget" | "random" | "threads" | "map">,
  { report = () => {}, warm, thorough = false }: HowToPlan = {},
): Promise<MadePlan> {
  const obliged = placeMustDos(problem);
  const unmet = unmetMustDos(obliged);
  const base = snapshot(obliged);
  const unmetAssets = unmet.map((each) => each.asset);
  const relaxed = relaxedProblem(problem, unmetAssets);
  const dual = searchPrices(relaxed, base, startPlan(problem, base, start), context, report, warm);
  const priced = await planFromPrices(relaxed, dual, unmetAssets, context, report, thorough);
  const state = restore(problem, priced.best);
  if (equityMissingUsd(state) > 0) {
    const { prices, visitShare } = priced;
    forceEquity(state, { prices, classes: relaxed.classes, visitShare, threshold: 0 });
  }
  return { state, priced, unmet, iterations: priced.iterations };
}

/** A row of a plan's projects, as far as starting from it needs. */
export interface StartProject {
  readonly asset_id: string;
  readonly fiscal_year: number;
  readonly fund_id?: string;
}

const projectsOf = ({ start }: SolveOptions): readonly StartProject[] =>
  start?.area === "facilities" ? (start.decisions as { plan: readonly StartProject[] }).plan : [];

/**
 * Given projects as far as they can stand: those of known assets, years and funds that may pay, in order, each as long as no rule is broken by it.
 * @param into a plan to which all of them are added, whatever rules they break
 */
export function planFrom(
  problem: FacilitiesProblem,
  projects: readonly StartProject[],
  into?: PlanState,
): { state: PlanState; unmet: number } {
  const state = into ?? placeMustDos(problem);
  const unmet = into ? 0 : unmetMustDos(state).length;
  const room = new Room(state, Infinity);
  const indexOf = new Map(Array.from(problem.forecast.live, (asset, a) => [problem.register.assetIds[asset], a]));
  for (const row of projects) {
    const a = indexOf.get(row.asset_id);
    const year = problem.calendar.years.indexOf(row.fiscal_year);
    const fund = problem.funds.ids.indexOf(row.fund_id ?? "");
    if (a === undefined || year < 0 || fund < 0 || state.year[a] !== UNPLANNED || problem.costUsd[a] <= 0) continue;
    if (into) add(state, a, year, fund);
    else room.tryAdd(a, year, fund);
  }
  return { state, unmet };
}

/** The plan handed in, as far as it can stand; the must-dos alone where it breaks a rule all the same. */
function startPlan(problem: FacilitiesProblem, mustDos: Snapshot, projects: readonly StartProject[]): PlanState {
  if (projects.length > 0) {
    const { state } = planFrom(problem, projects);
    if (rulesHold(state)) return state;
  }
  return restore(problem, mustDos);
}

function finishPlan(
  problem: FacilitiesProblem,
  { state, priced, unmet: mustDosUnmet, iterations }: MadePlan,
  nothingUsd: number,
): Solution<"facilities"> {
  const unmet = unmetRows(problem, mustDosUnmet);
  const projects: PlannedProject[] = [];
  state.year.forEach((year, a) => {
    if (year === UNPLANNED) return;
    projects.push({
      a,
      year,
      fund: problem.funds.ids[state.fund[a]],
      costUsd: projectCostUsd(state, a),
      reason: reasonOf(problem, state, a),
    });
  });
  const decisions = decisionsOf(problem, projects);
  const measured = measurePlan(problem, decisions.plan, unmet);
  const boundUsd = nothingUsd - priced.boundUsd;
  const value = measured.objective_usd as number;
  const gap = Math.max(0, (value - boundUsd) / Math.max(Math.abs(value), 1e-9));
  const status = unmet.length > 0 ? "must_do_unmet" : gap < 1e-6 ? "optimal" : "feasible";
  const dollars = Object.fromEntries(
    problem.calendar.years.map((year, t) => [
      `dollar_${year}_saves_usd`,
      Math.round(dollarPrice(problem, priced.prices, t) * 1e4) / 1e4,
    ]),
  );
  return {
    status,
    decisions,
    unmet,
    metrics: {
      ...measured,
      bound_usd: Math.round(boundUsd * 100) / 100,
      gap,
      saving_share_of_bound: priced.boundUsd > 0 ? state.savingUsd / priced.boundUsd : 1,
      ...dollars,
      status,
    },
    bound: {
      objective: "objective_usd",
      value,
      best_possible: boundUsd,
      gap,
      proof:
        "Lagrangian relaxation of budgets, smoothing, project limits and equity; dual ascent on visits; branch and cut over the whole program where the district is small" +
        (problem.renews.includes(1) ? "; whether an asset is renewed or replaced is given" : ""),
    },
    iterations,
  };
}

/** What one more dollar of the best-priced fund in a year would save. */
export function dollarPrice(problem: FacilitiesProblem, prices: Prices, year: number): number {
  let best = 0;
  for (let f = 0; f < problem.funds.ids.length; f++)
    best = Math.max(best, prices.fund[f * problem.calendar.years.length + year]);
  return best;
}
