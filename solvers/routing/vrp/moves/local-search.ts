import type { Random } from "@trivium/engine";
import { Exchange } from "./exchange.ts";
import type { PenalizedTours } from "./penalized-tours.ts";
import { SwapStar } from "./swap-star.ts";
import { twoOpt } from "./two-opt.ts";
import { twoOptStar } from "./two-opt-star.ts";

/** SWAP* keeps three places for each task and vehicle: only where that stays small. */
const SWAP_STAR_CELLS = 4_000_000;

/**
 * Moves between near tasks until none pays, at the prices of the tours. Order drawn at random; a pair is looked at again only after one of its tours
 * has changed.
 * @see Vidal 2022, §3.2–3.3
 */
export class LocalSearch {
  readonly tours: PenalizedTours;
  readonly #random: Random;
  readonly #exchange: Exchange;
  readonly #swapStar: SwapStar | null;
  readonly #order: Int32Array;
  readonly #looked: Int32Array;
  readonly #symmetric: boolean;
  /** Mean bearing of a tour's tasks is not known for every problem: tours are paired for SWAP* through near tasks instead. */
  readonly #paired: Int32Array;

  constructor(tours: PenalizedTours, random: Random) {
    const { kernel } = tours;
    this.tours = tours;
    this.#random = random;
    this.#exchange = new Exchange(tours);
    this.#symmetric = kernel.cost === kernel.costTo;
    const cells = kernel.tasks * kernel.vehicles;
    this.#swapStar = !kernel.timed && kernel.kinds === 1 && cells <= SWAP_STAR_CELLS ? new SwapStar(tours) : null;
    this.#order = Int32Array.from({ length: kernel.tasks }, (_, task) => task);
    this.#looked = new Int32Array(kernel.tasks);
    this.#paired = new Int32Array(kernel.vehicles * kernel.vehicles);
  }

  /** Every pair is to be looked at. */
  forget(): void {
    this.#looked.fill(-1);
    this.#paired.fill(-1);
  }

  /** Tours as they stand count as looked at: only what changes from now on is looked at again. */
  trust(): void {
    this.#looked.fill(this.tours.moves);
    this.#paired.fill(this.tours.moves);
  }

  run(): void {
    const { tours } = this;
    for (let found = true, round = 0; found; round++) {
      found = false;
      this.#random.shuffle(this.#order);
      for (const u of this.#order) {
        if (tours.vehicleOf[u] < 0) continue;
        const since = this.#looked[u];
        this.#looked[u] = tours.moves;
        found = this.#around(u, since, round > 0) || found;
      }
      if (!found && this.#swapStar) found = this.#swaps();
    }
  }

  #around(u: number, since: number, toIdle: boolean): boolean {
    const { tours } = this;
    const { near, kernel, changed, vehicleOf } = tours;
    let found = false;
    const begin = u * near.width;
    const offset = this.#random.below(near.width);
    for (let k = 0; k < near.width; k++) {
      const v = near.of[begin + ((k + offset) % near.width)];
      if (v < 0 || Math.max(changed[vehicleOf[u]], changed[vehicleOf[v]]) <= since) continue;
      if (this.#pair(u, v)) found = true;
      const before = tours.prev[v];
      if (!tours.isTask(before) && this.#afterStart(u, before)) found = true;
    }
    if (toIdle)
      for (let kind = 0; kind < kernel.kinds; kind++) {
        const idle = tours.idle(kind);
        if (idle >= 0 && this.#afterStart(u, tours.startOf(idle))) found = true;
      }
    return found;
  }

  /** All moves that bring `u` and `v` side by side. */
  #pair(u: number, v: number): boolean {
    const { tours } = this;
    const exchange = this.#exchange;
    if (exchange.relocate(u, 1, v, false) || exchange.relocate(u, 2, v, false)) return true;
    if (exchange.relocate(u, 3, v, false)) return true;
    if (this.#symmetric && exchange.relocate(u, 2, v, true)) return true;
    if (exchange.swap(u, 1, v, 1) || exchange.swap(u, 2, v, 1) || exchange.swap(u, 2, v, 2)) return true;
    if (tours.vehicleOf[u] !== tours.vehicleOf[v])
      return twoOptStar(tours, u, v) || twoOptStar(tours, u, tours.prev[v]);
    return this.#symmetric && twoOpt(tours, u, v);
  }

  #afterStart(u: number, start: number): boolean {
    const { tours } = this;
    const exchange = this.#exchange;
    if (exchange.relocate(u, 1, start, false) || exchange.relocate(u, 2, start, false)) return true;
    return tours.vehicleOf[u] !== tours.vehicleOf[start] && twoOptStar(tours, u, start);
  }

  /** SWAP* between tours that have near tasks and changed since they were last tried. */
  #swaps(): boolean {
    const { tours } = this;
    const { near, vehicleOf, changed, kernel } = tours;
    let found = false;
    for (const u of this.#order) {
      for (let k = 0; k < Math.min(near.width, 8); k++) {
        const v = near.of[u * near.width + k];
        if (v < 0) continue;
        const [a, b] = [Math.min(vehicleOf[u], vehicleOf[v]), Math.max(vehicleOf[u], vehicleOf[v])];
        if (a === b) continue;
        const cell = a * kernel.vehicles + b;
        if (Math.max(changed[a], changed[b]) <= this.#paired[cell]) continue;
        this.#paired[cell] = tours.moves;
        if (this.#swapStar?.run(a, b)) found = true;
      }
    }
    return found;
  }
}
