import type { Random } from "@trivium/engine";
import type { FacilitiesProblem } from "../../problem.ts";
import { yearIsOpen } from "../constraints/index.ts";
import { type PlanState, schoolOf } from "../state.ts";
import type { Trial } from "./trial.ts";

/** What moves draw from. */
export interface Field {
  readonly random: Random;
  /** Live assets that may be a project at all. */
  readonly candidates: Int32Array;
  /** By school. */
  readonly bySchool: readonly Int32Array[];
  /** Must-dos may move within their years (not when some could not be met: then they stay where the reasons were found). */
  readonly mustDosMove: boolean;
}

/** A change to the plan drawn at random. @returns false when nothing was changed */
export type Move = (trial: Trial, field: Field) => boolean;

export function anyCandidate({ random, candidates }: Field): number {
  return candidates[random.below(candidates.length)];
}

/** How often a year is drawn among those in which the school is visited anyway. */
const MADE = 0.85;

/** A year for an asset's project: mostly one in which its school is visited anyway, where there is one. */
export function anyYear({ random }: Field, state: PlanState, a: number): number {
  const { years } = state;
  const from = random.below(years);
  if (random.unit() >= MADE) return from;
  const visit = schoolOf(state.problem, a) * years;
  for (let k = 0; k < years; k++) {
    const year = from + k < years ? from + k : from + k - years;
    if (state.visitProjects[visit + year] > 0) return year;
  }
  return from;
}

/** A fund drawn among those that may pay; −1 when none may. */
export function anyFund(problem: FacilitiesProblem, a: number, random: Random): number {
  const funds = problem.funds.ids.length;
  const from = random.below(funds);
  for (let k = 0; k < funds; k++) {
    const fund = (from + k) % funds;
    if (problem.payable[a * funds + fund] === 1) return fund;
  }
  return -1;
}

/** May the asset's project stand in this year: open, and within the `by` of a must-do that was placed? */
export function mayStandIn(state: PlanState, a: number, year: number): boolean {
  if (state.obliged[a] === 1 && state.problem.calendar.years[year] > state.problem.rules.mustDoBy[a]) return false;
  return yearIsOpen(state.problem, a, year);
}
