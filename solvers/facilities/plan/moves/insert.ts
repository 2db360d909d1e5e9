import { UNPLANNED } from "../state.ts";
import { anyCandidate, anyFund, anyYear, type Move, mayStandIn } from "./move.ts";

/** Plans an unplanned asset. */
export const insert: Move = (trial, field) => {
  const { state } = trial;
  const a = anyCandidate(field);
  const year = anyYear(field, state, a);
  if (state.year[a] !== UNPLANNED || !mayStandIn(state, a, year)) return false;
  trial.set(a, year, anyFund(state.problem, a, field.random));
  return true;
};
