import type { Neighbours } from "../neighbours.ts";
import { UNREACHABLE } from "../problem.ts";
import type { Tours } from "../tours.ts";
import type { Blink } from "./blink.ts";
import { Fleet } from "./fleet.ts";

/** Cheapest place next to the neighbours or on an idle vehicle, found without a call: the loop that most of a solve is spent in. Same results as `JobPlace` in plain problems. */
export class PlainPlace {
  readonly #tours: Tours;
  readonly #near: Neighbours;
  readonly #blink: Blink;
  readonly #amount: Int32Array;
  readonly #fleet: Fleet | null;
  after = -1;
  /** Vehicle that takes the tour over first, −1 where it keeps its own. */
  upgrade = -1;
  cost = UNREACHABLE;

  constructor(tours: Tours, near: Neighbours, blink: Blink) {
    this.#tours = tours;
    this.#near = near;
    this.#blink = blink;
    this.#fleet = Fleet.of(tours);
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
    let upgrade = -1;
    const end = (task + 1) * width;
    for (let k = task * width; k < end; k++) {
      const near = of[k];
      const vehicle = vehicleOf[near];
      if (vehicle < 0) continue;
      if (load[vehicle] + amount > capacity[vehicle]) {
        if (this.#fleet === null) continue;
        const dearer = this.#onLarger(task, near, best);
        if (dearer < best) {
          best = dearer;
          at = this.after;
          upgrade = this.upgrade;
        }
        continue;
      }
      const out = costBase[vehicle] + rowOfTask;
      const ahead = costTo[out + place[near]] + cost[out + place[next[near]]] - leg[near];
      if (ahead < best && !blink.shut()) {
        best = ahead;
        at = near;
        upgrade = -1;
      }
      const previous = prev[near];
      if (previous < tasks) continue;
      const behind = costTo[out + place[previous]] + cost[out + place[near]] - leg[previous];
      if (behind < best && !blink.shut()) {
        best = behind;
        at = previous;
        upgrade = -1;
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
        upgrade = -1;
      }
    }
    this.after = at;
    this.cost = best;
    this.upgrade = upgrade;
    return at >= 0;
  }

  /** Least cost of the task beside a neighbour once a larger vehicle has taken the tour over; `after` and `upgrade` say how. */
  #onLarger(task: number, near: number, best: number): number {
    const { kernel, vehicleOf, prev, next, leg, load } = this.#tours;
    const { row, place, cost, costTo, costBase } = kernel;
    const fleet = this.#fleet as Fleet;
    const vehicle = vehicleOf[near];
    const larger = fleet.larger(vehicle, load[vehicle] + this.#amount[task]);
    if (larger < 0) return best;
    const { price } = fleet;
    const ratio = fleet.ratio(vehicle, larger);
    const out = costBase[vehicle] + row[task];
    const previous = prev[near];
    const ahead = costTo[out + place[near]] + cost[out + place[next[near]]] - leg[near];
    const behind = costTo[out + place[previous]] + cost[out + place[near]] - leg[previous];
    const added = price + ratio * Math.min(ahead, behind);
    if (added >= best || this.#blink.shut()) return best;
    this.after = ahead <= behind ? near : previous;
    this.upgrade = larger;
    return added;
  }
}
