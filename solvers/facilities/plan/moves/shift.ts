import { UNPLANNED } from "../state.ts";
import { anyCandidate, anyFund, anyYear, type Move, mayStandIn } from "./move.ts";

/** Moves a project to another year, or to another fund in its own. */
export const shift: Move = (trial, field) => {
  const { state } = trial;
  const a = anyCandidate(field);
  if (state.year[a] === UNPLANNED || (state.obliged[a] === 1 && !field.mustDosMove)) return false;
  const year = anyYear(field, state, a);
  const fund = anyFund(state.problem, a, field.random);
  if (!mayStandIn(state, a, year) || (year === state.year[a] && fund === state.fund[a])) return false;
  trial.set(a, year, fund);
  return true;
};
