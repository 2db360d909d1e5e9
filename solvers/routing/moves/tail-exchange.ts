import type { Random } from "@trivium/engine";
import { LOCK, PIECE_RUNS_MAX } from "../halfday/half-day.ts";
import type { HalfDayState } from "../halfday/state.ts";

const EMPTY_RATE = 0.2;

/** Two pieces exchange what comes after a random slot of each (2-opt* on pieces), if both can carry it all; an empty head joins two pieces into one, an empty piece gives the runs another kind of bus. */
export class TailExchange {
  readonly #state: HalfDayState;
  readonly #random: Random;

  constructor(state: HalfDayState, random: Random) {
    this.#state = state;
    this.#random = random;
  }

  /** @returns whether an exchange was made that the buses can carry; if not, or if times do not hold, the caller rolls back */
  run(): boolean {
    const state = this.#state;
    const a = this.#usedPiece();
    const b = this.#random.unit() < EMPTY_RATE ? this.#random.below(state.piecesMax) : this.#usedPiece();
    if (a === b || this.#lockedFrom(a, 0, LOCK.piece) || this.#lockedFrom(b, 0, LOCK.piece)) return false;
    const slotA = this.#random.below(state.pieceLength[a] + 1);
    const slotB = this.#random.below(state.pieceLength[b] + 1);
    const longerA = slotA + state.pieceLength[b] - slotB;
    const longerB = slotB + state.pieceLength[a] - slotA;
    if (longerA > PIECE_RUNS_MAX || longerB > PIECE_RUNS_MAX) return false;
    if (this.#lockedFrom(a, slotA, LOCK.visit) || this.#lockedFrom(b, slotB, LOCK.visit)) return false;
    state.exchangeTails(a, slotA, b, slotB);
    return this.#carries(a) && this.#carries(b);
  }

  /** Whether a run of the tail is locked that much. */
  #lockedFrom(piece: number, slot: number, lock: number): boolean {
    const state = this.#state;
    if (state.pieceLock[piece] < lock) return false;
    for (let k = slot; k < state.pieceLength[piece]; k++) {
      if (state.runLock[state.pieceRuns[piece * PIECE_RUNS_MAX + k]] >= lock) return true;
    }
    return false;
  }

  #usedPiece(): number {
    const { kindPieces, piecesUsed, day } = this.#state;
    let index = this.#random.below(piecesUsed);
    for (let kind = 0; kind < day.kinds; kind++) {
      const used = 2 * kind + 1;
      if (index < kindPieces.count[used]) return kindPieces.items[used * kindPieces.capacity + index];
      index -= kindPieces.count[used];
    }
    return -1;
  }

  #carries(piece: number): boolean {
    const state = this.#state;
    for (let k = 0; k < state.pieceLength[piece]; k++) {
      if (!state.kindCarries(state.pieceKind[piece], state.pieceRuns[piece * PIECE_RUNS_MAX + k])) return false;
    }
    return true;
  }
}
