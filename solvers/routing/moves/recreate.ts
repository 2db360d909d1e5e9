import type { Random } from "@trivium/engine";
import type { Insertion } from "../halfday/insertion.ts";
import type { HalfDayState } from "../halfday/state.ts";

/**
 * Puts the banked visits back, one after the other, each at its cheapest place; what finds none stays in the bank.
 * The order is drawn: random, most benches first, farthest from school first, nearest first (weights 4, 4, 2, 1), as in SISR.
 */
export class Recreate {
  readonly #state: HalfDayState;
  readonly #insertion: Insertion;
  readonly #random: Random;
  readonly #order: Int32Array;
  readonly #rank: Float64Array;

  constructor(state: HalfDayState, insertion: Insertion, random: Random) {
    this.#state = state;
    this.#insertion = insertion;
    this.#random = random;
    this.#order = new Int32Array(state.day.visits);
    this.#rank = new Float64Array(state.day.visits);
  }

  run(): void {
    const size = this.#drawOrder();
    const state = this.#state;
    for (let i = 0; i < size; i++) {
      const visit = this.#order[i];
      if (!this.#insertion.find(visit)) continue;
      this.#insertion.apply(visit);
      // Drives obey the triangle inequality only nearly, and on a run of several schools a new wait may make a ride too long.
      if (!state.runHolds(state.visitRun[visit])) state.removeVisits(state.visitRun[visit], state.visitPlace[visit], 1);
    }
  }

  #drawOrder(): number {
    const { bank, bankSize, day } = this.#state;
    const kind = this.#random.below(11);
    for (let i = 0; i < bankSize; i++) {
      const visit = bank[i];
      this.#order[i] = visit;
      if (kind < 4) this.#rank[visit] = this.#random.bits();
      else if (kind < 8) this.#rank[visit] = -day.visitBenches[visit];
      else {
        const drive = day.travel[day.visitNode[visit] * day.nodes + day.schoolNode[day.visitSchool[visit]]];
        this.#rank[visit] = kind < 10 ? -drive : drive;
      }
    }
    sortByRank(this.#order, bankSize, this.#rank);
    return bankSize;
  }
}

/** Insertion sort: banks are short, and nothing is allocated. A long bank (the start) is sorted by the library. */
function sortByRank(items: Int32Array, size: number, rank: Float64Array): void {
  if (size > 200) {
    items.subarray(0, size).sort((a, b) => rank[a] - rank[b] || a - b);
    return;
  }
  for (let i = 1; i < size; i++) {
    const item = items[i];
    let k = i - 1;
    while (k >= 0 && rank[items[k]] > rank[item]) {
      items[k + 1] = items[k];
      k--;
    }
    items[k + 1] = item;
  }
}
