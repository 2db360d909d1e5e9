import { schoolOf, UNPLANNED } from "../state.ts";
import { moveAll } from "./exchange-visits.ts";
import { anyCandidate, type Move } from "./move.ts";

/** Moves a whole visit to another year; where the school is visited then anyway, the two become one and a mobilization is saved. */
export const moveVisit: Move = (trial, field) => {
  const { state } = trial;
  const a = anyCandidate(field);
  const from = state.year[a];
  const to = field.random.below(state.years);
  if (from === UNPLANNED || from === to) return false;
  return moveAll(trial, field, schoolOf(state.problem, a), from, to);
};
