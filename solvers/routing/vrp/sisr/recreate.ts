import type { Random } from "@trivium/engine";
import type { Neighbours } from "../neighbours.ts";
import { isPlain } from "../plain.ts";
import type { Tours } from "../tours.ts";
import { RareBlink } from "./blink.ts";
import { type Order, ordersOf } from "./orders.ts";
import { JobPlace } from "./place-job.ts";
import { PlainPlace } from "./place-plain.ts";
import { ShipmentPlace } from "./place-shipment.ts";

/** Tasks left out that are tried again in one round: a few, so that a problem with many of them is not slowed down. */
const RETRIED_MAX = 20;
/** Chance that a task without a place near its neighbours is looked for a place everywhere. */
const SEARCH_EVERYWHERE = 0.1;

/**
 * Puts tasks that are left out back one by one, each at its cheapest place, now and then passing a place over.
 * @see Christiaens & Vanden Berghe 2020, §5.2 (greedy insertion with blinks)
 */
export class Recreate {
  readonly #tours: Tours;
  readonly #random: Random;
  readonly #plain: PlainPlace | null;
  readonly #job: JobPlace;
  readonly #shipment: ShipmentPlace;
  readonly #orders: readonly Order[];
  readonly #chances: number;
  /** Jobs and pickups without a place after the last run: `absent[0 … absentCount − 1]`. */
  readonly absent: Int32Array;
  absentCount = 0;
  readonly #queue: Int32Array;

  constructor(tours: Tours, near: Neighbours, random: Random) {
    const { kernel } = tours;
    const { tasks } = kernel;
    this.#tours = tours;
    this.#random = random;
    const blink = new RareBlink(random);
    this.#plain = isPlain(kernel) ? new PlainPlace(tours, near, blink) : null;
    this.#job = new JobPlace(tours, near, blink);
    this.#shipment = new ShipmentPlace(tours, near, blink);
    this.#orders = ordersOf(kernel);
    this.#chances = this.#orders.reduce((sum, { chance }) => sum + chance, 0);
    this.absent = new Int32Array(tasks);
    this.#queue = new Int32Array(tasks);
  }

  /** Puts back `removed[0 … count − 1]` and some of those left out before. Tours must be settled. */
  run(removed: Int32Array, count: number): void {
    const queue = this.#queue;
    for (let i = 0; i < count; i++) queue[i] = removed[i];
    let length = count;
    this.#random.shuffle(this.absent, this.absentCount);
    const retried = Math.min(RETRIED_MAX, this.absentCount);
    for (let i = 0; i < retried; i++) queue[length++] = this.absent[--this.absentCount];
    this.#sort(queue, length);
    for (let i = 0; i < length; i++) if (!this.#put(queue[i])) this.absent[this.absentCount++] = queue[i];
  }

  /** Takes the tasks that the tours leave out as those to be placed. */
  adopt(): void {
    const { kernel, vehicleOf } = this.#tours;
    this.absentCount = 0;
    for (let task = 0; task < kernel.tasks; task++)
      if (vehicleOf[task] < 0 && !(kernel.partner[task] >= 0 && kernel.partner[task] < task))
        this.absent[this.absentCount++] = task;
  }

  #put(task: number): boolean {
    const tours = this.#tours;
    if (this.#plain) {
      if (!this.#plain.find(task)) return this.#putAnywhere(task);
      if (this.#plain.cost > tours.kernel.skipCost[task]) return false;
      this.#insertPlain(task, this.#plain.after, this.#plain.upgrade);
      return true;
    }
    const everywhere = this.#random.unit() < SEARCH_EVERYWHERE;
    if (tours.kernel.partner[task] < 0) return this.#putJob(task, everywhere);
    const place = this.#shipment;
    if (!place.find(task, everywhere) || place.cost > tours.kernel.skipCost[task]) return false;
    tours.insert(task, place.after);
    tours.insert(task + 1, place.deliverAfter);
    tours.settle();
    return true;
  }

  #insertPlain(task: number, after: number, upgrade: number): void {
    const tours = this.#tours;
    if (upgrade < 0) {
      tours.insert(task, after);
      return;
    }
    const vehicle = tours.vehicleOf[after];
    const first = after >= tours.kernel.tasks;
    tours.transfer(vehicle, upgrade);
    tours.insert(task, first ? tours.kernel.tasks + 2 * upgrade : after);
  }

  #putAnywhere(task: number): boolean {
    return this.#random.unit() < SEARCH_EVERYWHERE && this.#putJob(task, true);
  }

  #putJob(task: number, everywhere: boolean): boolean {
    const tours = this.#tours;
    const place = this.#job;
    if (!place.find(task, everywhere) || place.cost > tours.kernel.skipCost[task]) return false;
    tours.insert(task, place.after);
    tours.settle();
    return true;
  }

  #sort(queue: Int32Array, length: number): void {
    let pick = this.#random.below(this.#chances);
    let which = 0;
    for (; pick >= this.#orders[which].chance; which++) pick -= this.#orders[which].chance;
    const { key } = this.#orders[which];
    if (key === null) {
      this.#random.shuffle(queue, length);
      return;
    }
    for (let i = 1; i < length; i++) {
      const task = queue[i];
      const mine = key[task];
      let at = i;
      for (; at > 0 && key[queue[at - 1]] > mine; at--) queue[at] = queue[at - 1];
      queue[at] = task;
    }
  }
}
