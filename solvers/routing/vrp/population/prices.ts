import type { PenalizedTours } from "../moves/penalized-tours.ts";

const WANTED = 0.25;
const WINDOW = 50;
const UP = 1.2;
const DOWN = 0.85;

/**
 * Prices of overload and lateness that keep about a quarter of the children within each rule: dearer where fewer are, cheaper where more.
 * @see Vidal 2022, §3.5 (adaptive penalties)
 */
export class Prices {
  readonly #tours: PenalizedTours;
  #seen = 0;
  #light = 0;
  #onTime = 0;

  /** @param nearCost mean cost between near tasks */
  constructor(tours: PenalizedTours, nearCost: number) {
    this.#tours = tours;
    const { amount, kernel } = tours;
    let most = 1;
    for (let task = 0; task < kernel.tasks; task++) most = Math.max(most, amount[task]);
    tours.loadPrice = Math.max(0.1, Math.min(1000, (4 * nearCost) / most));
    tours.warpPrice = 1;
  }

  /** Takes note of a child after its local search. */
  note(excess: { load: number; warp: number }): void {
    this.#seen++;
    if (excess.load === 0) this.#light++;
    if (excess.warp === 0) this.#onTime++;
    if (this.#seen < WINDOW) return;
    this.#tours.loadPrice = adapted(this.#tours.loadPrice, this.#light / this.#seen);
    this.#tours.warpPrice = adapted(this.#tours.warpPrice, this.#onTime / this.#seen);
    this.#seen = 0;
    this.#light = 0;
    this.#onTime = 0;
  }
}

function adapted(price: number, share: number): number {
  if (share < WANTED - 0.05) return Math.min(1e6, price * UP);
  return share > WANTED + 0.05 ? Math.max(0.01, price * DOWN) : price;
}
