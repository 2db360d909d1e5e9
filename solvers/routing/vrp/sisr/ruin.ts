import type { Random } from "@trivium/engine";
import type { Neighbours } from "../neighbours.ts";
import type { Tours } from "../tours.ts";

/** Tasks taken out on average, c̄ of the paper. */
const REMOVED_MEAN = 10;
const STRING_MAX = 10;
/** Chance that a string is split, and that the part left in it grows by one more. */
const SPLIT_CHANCE = 0.5;
const SPLIT_GROWS = 0.99;

/**
 * Takes strings of consecutive tasks out of tours that lie side by side; the other half of a shipment goes with it.
 * @see Christiaens & Vanden Berghe 2020, Transportation Science 54:417–433, §5.1 (adjacent string removal, split strings)
 */
export class Ruin {
  readonly #tours: Tours;
  readonly #near: Neighbours;
  readonly #random: Random;
  readonly #ruined: Int32Array;
  #round = 0;
  /** Jobs and pickups taken out, in `removed[0 … count − 1]`. */
  readonly removed: Int32Array;
  count = 0;
  /** Vehicles whose tours were cut. */
  readonly vehicles: number[] = [];

  constructor(tours: Tours, near: Neighbours, random: Random) {
    this.#tours = tours;
    this.#near = near;
    this.#random = random;
    this.#ruined = new Int32Array(tours.kernel.vehicles);
    this.removed = new Int32Array(tours.kernel.tasks);
  }

  /** Around a random task: as many strings, as long, as give c̄ tasks on average. */
  run(): void {
    const { kernel, vehicleOf, count, used, placed } = this.#tours;
    this.count = 0;
    this.vehicles.length = 0;
    if (used === 0) return;
    this.#round++;
    const longest = Math.min(STRING_MAX, placed / used);
    const most = Math.max(1, (4 * REMOVED_MEAN) / (1 + longest) - 1);
    const wanted = Math.floor(1 + this.#random.unit() * most);
    const seed = this.#random.below(kernel.tasks);
    const { width, of } = this.#near;
    for (let k = -1; k < width && this.vehicles.length < wanted; k++) {
      const task = k < 0 ? seed : of[seed * width + k];
      const vehicle = vehicleOf[task];
      if (vehicle < 0 || this.#ruined[vehicle] === this.#round) continue;
      this.#ruined[vehicle] = this.#round;
      this.vehicles.push(vehicle);
      const length = 1 + Math.floor(this.#random.unit() * Math.min(count[vehicle], longest));
      this.#string(task, Math.min(length, count[vehicle]));
    }
  }

  /** Takes out all of a tour. */
  whole(vehicle: number): void {
    const { kernel } = this.#tours;
    for (let node = this.#tours.first(vehicle); node < kernel.tasks; node = this.#tours.first(vehicle)) this.take(node);
  }

  /** Takes out one task and its other half. */
  take(task: number): void {
    const { partner } = this.#tours.kernel;
    const other = partner[task];
    this.#tours.remove(task);
    if (other >= 0) this.#tours.remove(other);
    this.removed[this.count++] = other >= 0 && other < task ? other : task;
  }

  /** A string of `length` tasks that holds `task`; sometimes with a part in its middle that stays. */
  #string(task: number, length: number): void {
    const { prev, next, vehicleOf, kernel, count } = this.#tours;
    const vehicle = vehicleOf[task];
    let kept = 0;
    if (length > 1 && length < count[vehicle] && this.#random.unit() < SPLIT_CHANCE) {
      kept = 1;
      while (length + kept < count[vehicle] && this.#random.unit() > SPLIT_GROWS) kept++;
    }
    const span = length + kept;
    // As far back from the task as the string reaches, but not before the start, and not so near the end that it falls short.
    let back = this.#random.below(span);
    let first = task;
    for (; back > 0 && prev[first] < kernel.tasks; back--) first = prev[first];
    let ahead = 0;
    for (let node = first; node < kernel.tasks && ahead < span; node = next[node]) ahead++;
    for (; ahead < span && prev[first] < kernel.tasks; ahead++) first = prev[first];
    const gap = kept === 0 ? span : 1 + this.#random.below(length - 1);
    let node = first;
    for (let i = 0; i < span && node < kernel.tasks; i++) {
      let following = next[node];
      if (i < gap || i >= gap + kept) {
        const other = kernel.partner[node];
        if (other === following && following < kernel.tasks) following = next[following];
        this.take(node);
      }
      node = following;
    }
  }
}
