import { schoolOf, UNPLANNED } from "../state.ts";
import { anyCandidate, type Field, type Move, mayStandIn } from "./move.ts";
import type { Trial } from "./trial.ts";

/** Two visits exchange their years, so that each year's money stays near what it was; where a school is visited then anyway, a mobilization is saved. */
export const exchangeVisits: Move = (trial, field) => {
  const { state } = trial;
  const a = anyCandidate(field);
  const b = anyCandidate(field);
  const [from, to] = [state.year[a], state.year[b]];
  const [here, there] = [schoolOf(state.problem, a), schoolOf(state.problem, b)];
  if (from === UNPLANNED || to === UNPLANNED || from === to || here === there) return false;
  const first = moveAll(trial, field, here, from, to);
  return moveAll(trial, field, there, to, from) || first;
};

/** Moves all of a visit that may move. */
export function moveAll(trial: Trial, field: Field, school: number, from: number, to: number): boolean {
  const { state } = trial;
  let moved = false;
  for (const b of field.bySchool[school]) {
    if (state.year[b] !== from || !mayStandIn(state, b, to)) continue;
    if (state.obliged[b] === 1 && !field.mustDosMove) continue;
    trial.set(b, to, state.fund[b]);
    moved = true;
  }
  return moved;
}
