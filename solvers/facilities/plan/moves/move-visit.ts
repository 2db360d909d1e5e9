import { schoolOf, UNPLANNED } from "../state.ts";
import { anyCandidate, type Move, mayStandIn } from "./move.ts";

/** Moves a whole visit to another year; where the school is visited then anyway, the two become one and a mobilization is saved. */
export const moveVisit: Move = (trial, field) => {
  const { state } = trial;
  const a = anyCandidate(field);
  const from = state.year[a];
  const to = field.random.below(state.years);
  if (from === UNPLANNED || from === to) return false;
  let moved = false;
  for (const b of field.bySchool[schoolOf(state.problem, a)]) {
    if (state.year[b] !== from || !mayStandIn(state, b, to)) continue;
    if (state.obliged[b] === 1 && !field.mustDosMove) continue;
    trial.set(b, to, state.fund[b]);
    moved = true;
  }
  return moved;
};
