import { PIECE_RUNS_MAX } from "../halfday/half-day.ts";
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
    if (state.pieceLength[piece] === 0) continue;
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
  for (let visit = 0; visit < state.day.visits; visit++) {
    const run = state.visitRun[visit];
    if (run >= 0 && state.runPiece[run] === piece) sum += absences[visit];
  }
  return sum;
}
