import { rulesHold } from "../constraints/index.ts";
import { schoolOf, UNPLANNED } from "../state.ts";
import { anyCandidate, anyFund, anyYear, type Field, type Move, mayStandIn } from "./move.ts";
import type { Trial } from "./trial.ts";

/** Most projects that make room for one. */
const EJECTED_MAX = 10;
/** Draws in search of a project in the year. */
const DRAWS = 200;

/**
 * Plans (or shifts) an asset into a year at any price, ejects optional projects of that year until the rules hold again, then finds each of them,
 * and two others, the best place that still has room. What one-for-one swaps cannot do for large assets among small ones.
 */
export const squeeze: Move = (trial, field) => {
  const { state } = trial;
  const a = anyCandidate(field);
  const year = anyYear(field, state, a);
  if (state.year[a] === year || (state.obliged[a] === 1 && !field.mustDosMove) || !mayStandIn(state, a, year))
    return false;
  trial.set(a, year, anyFund(state.problem, a, field.random));
  const loose: number[] = [];
  for (let draw = 0; draw < DRAWS && loose.length < EJECTED_MAX; draw++) {
    const b = anyCandidate(field);
    if (b === a || state.year[b] !== year || state.obliged[b] === 1) continue;
    trial.set(b, UNPLANNED, UNPLANNED);
    loose.push(b);
    if (rulesHold(state)) break;
  }
  if (!rulesHold(state)) {
    trial.undo();
    return false;
  }
  loose.push(anyCandidate(field), anyCandidate(field));
  for (const b of loose) if (state.year[b] === UNPLANNED) place(trial, field, b);
  return true;
};

/** Best year that has room: visits that are made first, a new one only if nothing else. */
function place(trial: Trial, field: Field, b: number): void {
  const { state } = trial;
  const { problem, years } = state;
  const saving = (year: number) => problem.savingUsd[b * years + year];
  const made = (year: number) => +(state.visitProjects[schoolOf(problem, b) * years + year] > 0);
  const order = problem.calendar.years
    .map((_, year) => year)
    .sort((x, y) => made(y) - made(x) || saving(y) - saving(x));
  for (const year of order) {
    if (saving(year) <= 0 || !mayStandIn(state, b, year)) continue;
    const first = anyFund(problem, b, field.random);
    for (let k = 0; k < state.fundCount; k++) {
      const fund = (first + k) % state.fundCount;
      if (problem.payable[b * state.fundCount + fund] === 0) continue;
      trial.set(b, year, fund);
      if (rulesHold(state)) return;
      trial.set(b, UNPLANNED, UNPLANNED);
    }
  }
}
