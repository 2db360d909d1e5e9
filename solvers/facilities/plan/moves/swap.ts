import { UNPLANNED } from "../state.ts";
import { anyCandidate, anyFund, type Move, mayStandIn } from "./move.ts";

/** Gives up one project and plans another asset in its year, with the same fund where that may pay. */
export const swap: Move = (trial, field) => {
  const { state } = trial;
  const out = anyCandidate(field);
  const into = anyCandidate(field);
  const year = state.year[out];
  if (
    year === UNPLANNED ||
    state.obliged[out] === 1 ||
    state.year[into] !== UNPLANNED ||
    !mayStandIn(state, into, year)
  )
    return false;
  const fund = state.fund[out];
  const same = state.problem.payable[into * state.fundCount + fund] === 1;
  trial.set(out, UNPLANNED, UNPLANNED);
  trial.set(into, year, same ? fund : anyFund(state.problem, into, field.random));
  return true;
};
