import { LOCK, PIECE_RUNS_MAX, RUN_VISITS_MAX } from "../halfday/half-day.ts";
import type { HalfDayState } from "../halfday/state.ts";

/**
 * Takes a whole bus apart: the piece whose visits were hardest to place least often (least sum of absences) loses all its runs to the bank.
 *
 * @see Christiaens & Vanden Berghe 2020, section 5.5 (fleet minimization)
 */
export function removeEasiestPiece(state: HalfDayState, absences: Float64Array): void {
  let easiest = -1;
  let least = Infinity;
  for (let piece = 0; piece < state.piecesMax; piece++) {
    if (state.pieceLength[piece] === 0 || state.pieceLock[piece] !== LOCK.none) continue;
    const sum = absencesOf(state, piece, absences);
    if (sum < least) {
      least = sum;
      easiest = piece;
    }
  }
  while (easiest >= 0 && state.pieceLength[easiest] > 0) {
    const run = state.pieceRuns[easiest * PIECE_RUNS_MAX];
    state.removeVisits(run, 0, state.runLength[run]);
  }
}

function absencesOf(state: HalfDayState, piece: number, absences: Float64Array): number {
  let sum = 0;
  for (let slot = 0; slot < state.pieceLength[piece]; slot++) {
    const run = state.pieceRuns[piece * PIECE_RUNS_MAX + slot];
    for (let k = 0; k < state.runLength[run]; k++) {
      const item = state.runVisits[run * RUN_VISITS_MAX + k];
      if (item >= 0) sum += absences[item];
    }
  }
  return sum;
}
