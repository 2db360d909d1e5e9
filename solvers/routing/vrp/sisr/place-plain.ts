import type { Kernel } from "../kernel.ts";
import type { Neighbours } from "../neighbours.ts";
import { UNREACHABLE } from "../problem.ts";
import type { Tours } from "../tours.ts";
import type { Blink } from "./blink.ts";

/** Where nothing but one summed load and the drives count, the place of a job is found without a call: the loop that most of a solve is spent in. */
export const isPlain = (kernel: Kernel): boolean =>
  kernel.summedLoads &&
  kernel.dims === 1 &&
  !kernel.timed &&
  !kernel.limited &&
  kernel.taskCost.length === 0 &&
  kernel.allowed.every((each) => each === 1);

/** Cheapest place next to the neighbours or on an idle vehicle; same results as `JobPlace` in plain problems. */
export class PlainPlace {
  readonly #tours: Tours;
  readonly #near: Neighbours;
  readonly #blink: Blink;
  readonly #amount: Int32Array;
  after = -1;
  cost = UNREACHABLE;

  constructor(tours: Tours, near: Neighbours, blink: Blink) {
    this.#tours = tours;
    this.#near = near;
    this.#blink = blink;
    const { delivery, pickup } = tours.kernel;
    this.#amount = delivery.map((each, task) => each + pickup[task]);
  }

  find(task: number): boolean {
    const tours = this.#tours;
    const { kernel, vehicleOf, prev, next, leg, load } = tours;
    const { row, place, cost, costTo, costBase, capacity, tasks } = kernel;
    const { width, of } = this.#near;
    const blink = this.#blink;
    const amount = this.#amount[task];
    const rowOfTask = row[task];
    let best = UNREACHABLE;
    let at = -1;
    const end = (task + 1) * width;
    for (let k = task * width; k < end; k++) {
      const near = of[k];
      const vehicle = vehicleOf[near];
      if (vehicle < 0 || load[vehicle] + amount > capacity[vehicle]) continue;
      const out = costBase[vehicle] + rowOfTask;
      const ahead = costTo[out + place[near]] + cost[out + place[next[near]]] - leg[near];
      if (ahead < best && !blink.shut()) {
        best = ahead;
        at = near;
      }
      const previous = prev[near];
      if (previous < tasks) continue;
      const behind = costTo[out + place[previous]] + cost[out + place[near]] - leg[previous];
      if (behind < best && !blink.shut()) {
        best = behind;
        at = previous;
      }
    }
    for (let kind = 0; kind < kernel.kinds; kind++) {
      const vehicle = tours.idle(kind);
      if (vehicle < 0 || amount > capacity[vehicle]) continue;
      const start = kernel.tasks + 2 * vehicle;
      const out = costBase[vehicle] + rowOfTask;
      const drives = costTo[out + place[start]] + cost[out + place[start + 1]];
      if (drives >= UNREACHABLE) continue;
      const added = drives + kernel.fixedCost[vehicle];
      if (added < best || at < 0) {
        best = added;
        at = start;
      }
    }
    this.after = at;
    this.cost = best;
    return at >= 0;
  }
}
