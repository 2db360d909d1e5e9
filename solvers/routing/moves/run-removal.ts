import type { Random } from "@trivium/engine";
import { LOCK } from "../halfday/half-day.ts";
import type { Insertion } from "../halfday/insertion.ts";
import type { HalfDayState } from "../halfday/state.ts";

/**
 * Relinking: a few runs near one another are lifted whole and put into their cheapest gaps; one that finds no gap is dissolved into the bank.
 * It moves what string removal cannot: a run as it is, to another bus.
 */
export class RunRemoval {
  readonly #state: HalfDayState;
  readonly #insertion: Insertion;
  readonly #neighbours: readonly Int32Array[];
  readonly #random: Random;
  readonly #lifted = new Int32Array(8);

  constructor(state: HalfDayState, insertion: Insertion, neighbours: readonly Int32Array[], random: Random) {
    this.#state = state;
    this.#insertion = insertion;
    this.#neighbours = neighbours;
    this.#random = random;
  }

  run(): void {
    const state = this.#state;
    const wanted = 1 + this.#random.below(this.#lifted.length - 1);
    const near = this.#neighbours[this.#random.below(state.day.visits)];
    let lifted = 0;
    for (let i = 0; i < near.length && lifted < wanted; i++) {
      const run = state.visitRun[near[i]];
      if (run < 0 || state.runPiece[run] < 0 || state.runLock[run] !== LOCK.none) continue;
      state.liftRun(run);
      this.#lifted[lifted++] = run;
    }
    this.#random.shuffle(this.#lifted, lifted);
    for (let i = 0; i < lifted; i++) this.#place(this.#lifted[i]);
  }

  #place(run: number): void {
    if (this.#insertion.findForRun(run)) this.#state.placeRun(run, this.#insertion.piece, this.#insertion.place);
    else this.#state.dissolveRun(run);
  }
}
