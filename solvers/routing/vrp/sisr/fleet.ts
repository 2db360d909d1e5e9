import { isPlain } from "../plain.ts";
import type { Tours } from "../tours.ts";

/**
 * Which vehicle drives a tour, where vehicles differ in nothing but capacity, fixed cost and cost a distance: a tour that grows beyond its vehicle
 * may go over to a larger one, one that has shrunk to a cheaper one, and two tours may exchange their vehicles.
 */
export class Fleet {
  readonly #tours: Tours;
  /** Drive cost of each vehicle in those of the cheapest. */
  readonly #rate: Float64Array;

  private constructor(tours: Tours, rate: Float64Array) {
    this.#tours = tours;
    this.#rate = rate;
  }

  /** Null where vehicles do not differ, or differ in more than that. */
  static of(tours: Tours): Fleet | null {
    const { kernel } = tours;
    if (kernel.kinds === 1 || !isPlain(kernel) || !kernel.segmentable) return null;
    const { vehicles, matrices } = kernel.problem;
    const byDistance = vehicles.every(({ costs, matrix }) => matrix === 0 && costs.perHour === 0 && !matrices[0].costs);
    const byTime = vehicles.every(
      ({ costs, matrix, speedFactor }) => matrix === 0 && costs.perKm === 0 && speedFactor === 1 && !matrices[0].costs,
    );
    if (!byDistance && !byTime) return null;
    const rate = Float64Array.from(vehicles, ({ costs }) => (byDistance ? costs.perKm : costs.perHour));
    return rate.some((each) => each === 0) ? null : new Fleet(tours, rate);
  }

  /** Idle vehicle that takes the tour over at the least price with at least so much room, −1 for none. `price` is what that adds. */
  price = 0;
  larger(vehicle: number, load: number): number {
    return this.#cheapest(vehicle, load, Infinity);
  }

  /** Gives the tour to an idle vehicle that drives it for less, or exchanges vehicles with another tour where that saves. */
  refit(vehicle: number): void {
    const tours = this.#tours;
    const { kernel, load, count } = tours;
    if (count[vehicle] === 0) return;
    const other = this.#cheapest(vehicle, load[vehicle], 0);
    if (other >= 0) {
      tours.transfer(vehicle, other);
      return;
    }
    // With a vehicle of every kind to be had, whoever wanted another one has taken it.
    if (tours.idleCount.every((each) => each > 0)) return;
    const mine = this.#driven(vehicle);
    let best = -0.5;
    let partner = -1;
    for (let each = 0; each < kernel.vehicles; each++) {
      if (count[each] === 0 || kernel.kind[each] === kernel.kind[vehicle]) continue;
      if (load[each] > kernel.capacity[vehicle] || load[vehicle] > kernel.capacity[each]) continue;
      const change = (mine - this.#driven(each)) * (this.#rate[each] - this.#rate[vehicle]);
      if (change >= best) continue;
      best = change;
      partner = each;
    }
    if (partner >= 0) tours.exchange(vehicle, partner);
  }

  /** Drives of a tour in units of rate. */
  #driven(vehicle: number): number {
    return this.#tours.driven[vehicle] / this.#rate[vehicle];
  }

  #cheapest(vehicle: number, load: number, below: number): number {
    const tours = this.#tours;
    const { kernel } = tours;
    const driven = this.#driven(vehicle);
    let best = below;
    let found = -1;
    for (let kind = 0; kind < kernel.kinds; kind++) {
      const other = tours.idle(kind);
      if (other < 0 || kind === kernel.kind[vehicle] || kernel.capacity[other] < load) continue;
      const price =
        kernel.fixedCost[other] - kernel.fixedCost[vehicle] + driven * (this.#rate[other] - this.#rate[vehicle]);
      if (price >= best) continue;
      best = price;
      found = other;
    }
    this.price = best;
    return found;
  }

  /** How much dearer or cheaper a drive is on another vehicle. */
  ratio(from: number, to: number): number {
    return this.#rate[to] / this.#rate[from];
  }
}
