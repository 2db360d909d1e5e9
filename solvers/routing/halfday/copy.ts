import { PIECE_RUNS_MAX, RUN_VISITS_MAX } from "./half-day.ts";
import { lastSchool } from "./run-items.ts";
import type { HalfDayState } from "./state.ts";

/** Who does what in a half day, plain and cloneable: pieces with their kind of bus and their runs, runs with their visits in order of boarding, and `~school` where riders of a school get off before the last one. */
export interface HalfDayPlan {
  readonly pieces: readonly { readonly kind: number; readonly runs: readonly (readonly number[])[] }[];
  readonly bank: readonly number[];
  readonly cost: number;
}

export function planOf(state: HalfDayState): HalfDayPlan {
  const pieces: { kind: number; runs: number[][] }[] = [];
  for (let piece = 0; piece < state.piecesMax; piece++) {
    if (state.pieceLength[piece] === 0) continue;
    const runs: number[][] = [];
    for (let k = 0; k < state.pieceLength[piece]; k++) {
      const run = state.pieceRuns[piece * PIECE_RUNS_MAX + k];
      const base = run * RUN_VISITS_MAX;
      runs.push(Array.from(state.runVisits.subarray(base, base + state.runLength[run])));
    }
    pieces.push({ kind: state.pieceKind[piece], runs });
  }
  return { pieces, bank: Array.from(state.bank.subarray(0, state.bankSize)), cost: state.cost };
}

/** Makes a state the same as a plan: everything to the bank first, then run by run. */
export function restore(state: HalfDayState, plan: HalfDayPlan): void {
  for (let piece = 0; piece < state.piecesMax; piece++) {
    while (state.pieceLength[piece] > 0) {
      const run = state.pieceRuns[piece * PIECE_RUNS_MAX];
      state.removeVisits(run, 0, state.runLength[run]);
    }
  }
  for (const { kind, runs } of plan.pieces) {
    const { items, count, capacity } = state.kindPieces;
    const piece = items[2 * kind * capacity + count[2 * kind] - 1];
    runs.forEach((visits, slot) => {
      if (state.mixed) {
        const last = lastSchool(visits, (visit) => state.day.visitSchool[visit]);
        state.openRunOf(visits, last, piece, slot);
        return;
      }
      const run = state.openRun(visits[0], piece, slot);
      for (let k = 1; k < visits.length; k++) state.insertVisit(visits[k], run, k);
    });
  }
  state.commit();
}
