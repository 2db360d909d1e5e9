import { UNPLANNED } from "../state.ts";
import { anyCandidate, type Move, mayStandIn } from "./move.ts";

/** Two projects exchange their years, each keeping its fund. */
export const exchange: Move = (trial, field) => {
  const { state } = trial;
  const a = anyCandidate(field);
  const b = anyCandidate(field);
  const yearA = state.year[a];
  const yearB = state.year[b];
  if (yearA === UNPLANNED || yearB === UNPLANNED || yearA === yearB) return false;
  if (!field.mustDosMove && (state.obliged[a] === 1 || state.obliged[b] === 1)) return false;
  if (!mayStandIn(state, a, yearB) || !mayStandIn(state, b, yearA)) return false;
  trial.set(a, yearB, state.fund[a]);
  trial.set(b, yearA, state.fund[b]);
  return true;
};
