import { type Before, PIECE_RUNS_MAX, RUN_VISITS_MAX } from "./half-day.ts";
import type { HalfDayState } from "./state.ts";

/** What a half day changes against the service before, and the price of it: homes and locks of runs and pieces, riders whose bus or time is another. */
export class Changes {
  readonly #state: HalfDayState;
  readonly #before: Before;
  /** Of each run: riders who had the bus that most of its riders had, who had any, who have another ride; when it ended. */
  readonly #homeRiders: Int32Array;
  readonly #knownRiders: Int32Array;
  readonly #changed: Int32Array;
  readonly #end: Int32Array;

  constructor(state: HalfDayState, before: Before) {
    this.#state = state;
    this.#before = before;
    const ofRuns = () => new Int32Array(state.runsMax);
    this.#homeRiders = ofRuns();
    this.#knownRiders = ofRuns();
    this.#changed = ofRuns();
    this.#end = ofRuns();
  }

  /** Home and lock of a run, and what its riders knew otherwise. O(visits²), of which few differ. */
  refreshRun(run: number): void {
    const state = this.#state;
    const before = this.#before;
    const { visitRiders } = state.day;
    const base = run * RUN_VISITS_MAX;
    const length = state.runLength[run];
    let known = 0;
    let lock = 0;
    let changed = 0;
    let home = -1;
    let most = 0;
    let end = 0;
    for (let k = 0; k < length; k++) {
      const visit = state.runVisits[base + k];
      if (visit < 0) continue;
      const own = before.visitHome[visit];
      lock = Math.max(lock, before.visitLock[visit]);
      if (own < 0) continue;
      known += visitRiders[visit];
      const ride = before.visitRide[visit];
      if (ride >= 0 && Math.abs(state.placeRide[base + k] - ride) > before.rideFree) changed += visitRiders[visit];
      if (own === home) continue;
      let riders = 0;
      for (let j = 0; j < length; j++) {
        const other = state.runVisits[base + j];
        if (other >= 0 && before.visitHome[other] === own) riders += visitRiders[other];
      }
      if (riders > most) {
        most = riders;
        home = own;
        end = before.visitEnd[visit] + (state.mixed ? state.mixed.lagOf(run, k) : 0);
      }
    }
    state.runHome[run] = home;
    this.#homeRiders[run] = most;
    this.#knownRiders[run] = known;
    state.runLock[run] = lock;
    this.#changed[run] = changed;
    this.#end[run] = end;
  }

  /** Home and lock of a piece. @returns the price of what it changes */
  refreshPiece(piece: number): number {
    const state = this.#state;
    const before = this.#before;
    const base = piece * PIECE_RUNS_MAX;
    const length = state.pieceLength[piece];
    let home = -1;
    let most = 0;
    let known = 0;
    let lock = 0;
    let moved = 0;
    for (let k = 0; k < length; k++) {
      const run = state.pieceRuns[base + k];
      lock = Math.max(lock, state.runLock[run]);
      known += this.#knownRiders[run];
      const end = this.#end[run];
      const stays = end >= state.runEarliest[run] - before.rideFree && end <= state.runLatest[run] + before.rideFree;
      moved += stays ? this.#changed[run] : this.#knownRiders[run];
      const own = state.runHome[run];
      if (own < 0 || own === home || before.homeKind[own] !== state.pieceKind[piece]) continue;
      let riders = 0;
      for (let j = 0; j < length; j++) {
        const other = state.pieceRuns[base + j];
        if (state.runHome[other] === own) riders += this.#homeRiders[other];
      }
      if (riders > most) {
        most = riders;
        home = own;
      }
    }
    state.pieceHome[piece] = home;
    state.pieceLock[piece] = lock;
    return before.ridePrice * moved + before.homePrice * (known - most);
  }
}
