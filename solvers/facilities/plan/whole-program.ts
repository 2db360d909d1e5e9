import { MipModel, solveMip } from "@trivium/mip";
import { cheapestFunds, type RelaxedProblem } from "./bound/lagrangian.ts";
import { lossesOf } from "./bound/losses.ts";
import type { Prices } from "./bound/prices.ts";
import { yearIsOpen } from "./constraints/index.ts";
import { addSpend, type SharedRows, sharedRows } from "./program-rows.ts";
import { baseCostUsd, emptyPlan } from "./state.ts";
import type { FractionalProject } from "./visit-program.ts";

/** Projects (asset, year, fund) that a program may have: HiGHS bounds so many at its root within seconds. */
const PLACES_MAX = 15_000;
/** Gap at which the program is solved, as a share of what is saved. */
const GAP = 1e-4;

export interface WholeProgram {
  /** No plan saves more. */
  readonly boundUsd: number;
  /** The best choice found: it keeps all rules but perhaps how funds share a visit's mobilization; none where none was found. */
  readonly projects: readonly FractionalProject[];
}

/**
 * The whole plan as one integer program, where that is small: what prices alone cannot see (a visit is made or not, a project is done or not) it bounds by
 * branch and cut. It is a relaxation of the plan: each fund may pay any part of a visit's mobilization as long as it pays for a project there, and
 * smoothing does not count mobilization at schools with must-dos. Left out is what is in no plan that saves more than the one known (`lossesOf`).
 *
 * @param prices near the lowest bound; they say what can be left out
 * @param knownUsd what a plan is known to save
 * @param stop asked while the program runs; true ends it with the bound proven so far
 * @returns null where it is too large or says nothing
 */
export async function solveWholeProgram(
  relaxed: RelaxedProblem,
  prices: Prices,
  knownUsd: number,
  stop: () => boolean,
): Promise<WholeProgram | null> {
  const places = placesOf(relaxed, prices, knownUsd);
  if (places === null) return null;
  const { model, variables } = programOf(relaxed, places);
  const { values, bound, status } = await solveMip(model, { gap: GAP, cancelled: stop, heuristicEffort: 0 });
  // Without a choice left nothing saves more than what is known.
  if (status === "infeasible") return { boundUsd: knownUsd, projects: [] };
  if (!Number.isFinite(bound)) return null;
  const projects = places.filter((_, k) => values[variables[k]] > 0.5).map((place) => ({ ...place, share: 1 }));
  return { boundUsd: Math.max(knownUsd, bound), projects };
}

type Place = Omit<FractionalProject, "share">;

/** Every project that may be in a plan better than the known one; null when they are too many. */
function placesOf(relaxed: RelaxedProblem, prices: Prices, knownUsd: number): Place[] | null {
  const { problem, bySchool, classes } = relaxed;
  const years = problem.calendar.years.length;
  const { boundUsd, usd } = lossesOf(relaxed, prices);
  const { price } = cheapestFunds(relaxed, prices);
  const most = boundUsd - knownUsd;
  const places: Place[] = [];
  for (const assets of bySchool)
    for (const a of assets) {
      if (places.length > PLACES_MAX) return null;
      for (let year = 0; year < years; year++) {
        const loss = usd[a * years + year];
        if (loss > most || !yearIsOpen(problem, a, year)) continue;
        const cheapest = price[classes.of[a] * years + year];
        for (const fund of classes.funds[classes.of[a]]) {
          const dearer = prices.fund[fund * years + year] - cheapest;
          if (loss + dearer * baseCostUsd(problem, a, year) <= most) places.push({ a, year, fund });
        }
      }
    }
  return places.length <= PLACES_MAX ? places : null;
}

function programOf(relaxed: RelaxedProblem, places: readonly Place[]): { model: MipModel; variables: Int32Array } {
  const { problem, obliged } = relaxed;
  const { register, forecast, calendar } = problem;
  const years = calendar.years.length;
  const model = new MipModel("maximize");
  const rows = sharedRows(model, relaxed, 1, emptyPlan(problem));
  const visits = new Map<number, Visit>();
  const once = new Map<number, number>();
  const needs = new Map<number, number>();
  const variables = Int32Array.from(places, ({ a, year, fund }) => {
    const school = register.school[forecast.live[a]];
    const visit = entry(visits, school * years + year, () => addVisit(model, relaxed, rows, school, year));
    const variable = model.addBinary(problem.savingUsd[a * years + year]);
    const usd = baseCostUsd(problem, a, year);
    model.addEntry(
      entry(once, a, () => model.addRow(obliged[a] === 1 ? 1 : -Infinity, 1)),
      variable,
      1,
    );
    model.addEntry(
      entry(needs, a * years + year, () => model.addRow(-Infinity, 0, [visit.made], [-1])),
      variable,
      1,
    );
    model.addEntry(visit.paysFor[fund], variable, -1);
    model.addEntry(rows.budget[fund * years + year], variable, usd);
    if (rows.project.length > 0) model.addEntry(rows.project[year], variable, 1);
    addSpend(model, problem, rows, variable, school, year, usd, obliged[a] === 0);
    return variable;
  });
  return { model, variables };
}

interface Visit {
  readonly made: number;
  /** By fund: the row that lets it pay only where it pays for a project. */
  readonly paysFor: Int32Array;
}

function addVisit(model: MipModel, relaxed: RelaxedProblem, rows: SharedRows, school: number, year: number): Visit {
  const { problem, anyObliged } = relaxed;
  const years = problem.calendar.years.length;
  const usd = problem.money.mobilizationUsd[year];
  const made = model.addBinary(0);
  const whole = model.addRow(0, 0, [made], [-1]);
  const paysFor = Int32Array.from(problem.funds.ids, (_, fund) => {
    const part = model.addVariable(0, 0, 1);
    model.addEntry(whole, part, 1);
    model.addEntry(rows.budget[fund * years + year], part, usd);
    return model.addRow(-Infinity, 0, [part], [1]);
  });
  addSpend(model, problem, rows, made, school, year, usd, anyObliged[school] === 0);
  return { made, paysFor };
}

function entry<V>(map: Map<number, V>, key: number, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
