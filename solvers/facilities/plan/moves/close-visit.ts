import { schoolOf, UNPLANNED } from "../state.ts";
import { anyCandidate, anyFund, type Move, mayStandIn } from "./move.ts";

/** Gives up all optional projects of a visit and plans another asset instead, where its money and mobilization may do more. */
export const closeVisit: Move = (trial, field) => {
  const { state } = trial;
  const a = anyCandidate(field);
  const into = anyCandidate(field);
  const year = state.year[a];
  if (year === UNPLANNED || state.year[into] !== UNPLANNED || !mayStandIn(state, into, year)) return false;
  let closed = 0;
  for (const b of field.bySchool[schoolOf(state.problem, a)]) {
    if (state.year[b] !== year) continue;
    if (state.obliged[b] === 1 || ++closed > 4) {
      trial.undo();
      return false;
    }
    trial.set(b, UNPLANNED, UNPLANNED);
  }
  trial.set(into, year, anyFund(state.problem, into, field.random));
  return true;
};
