import type { Random } from "@trivium/engine";

/** Chance that a place is passed over. */
const BLINK = 0.01;

/** Whether the next place is passed over. */
export interface Blink {
  shut(): boolean;
}

export const NO_BLINK: Blink = { shut: () => false };

/** Counts down to the next place that is passed over: one random number for about a hundred places. */
export class RareBlink implements Blink {
  readonly #random: Random;
  #left = 1;

  constructor(random: Random) {
    this.#random = random;
  }

  shut(): boolean {
    if (--this.#left > 0) return false;
    this.#left = 1 + Math.floor(Math.log(1 - this.#random.unit()) / Math.log(1 - BLINK));
    return true;
  }
}
