import type { Neighbours } from "../neighbours.ts";
import { UNREACHABLE } from "../problem.ts";
import type { Tours } from "../tours.ts";
import type { Blink } from "./blink.ts";

/**
 * Cheapest pair of places of a shipment: its pickup next to a neighbour of either half or on an idle vehicle, its delivery anywhere after it
 * for as long as the load fits and the calls in between stay on time. O(1) a pair, one walk a pickup place.
 */
export class ShipmentPlace {
  readonly #tours: Tours;
  readonly #near: Neighbours;
  readonly #blink: Blink;
  #pickup = 0;
  readonly #tried: Int32Array;
  #round = 0;
  /** Node after which the pickup goes, −1 where there is no place. */
  after = -1;
  /** Node after which the delivery goes: the pickup itself, or a node behind it. */
  deliverAfter = -1;
  cost = UNREACHABLE;

  constructor(tours: Tours, near: Neighbours, blink: Blink) {
    this.#tours = tours;
    this.#near = near;
    this.#blink = blink;
    this.#tried = new Int32Array(tours.kernel.tasks + 2 * tours.kernel.vehicles);
  }

  find(pickup: number, everywhere: boolean): boolean {
    const { kernel, vehicleOf, prev } = this.#tours;
    const { width, of } = this.#near;
    this.#pickup = pickup;
    this.after = -1;
    this.cost = UNREACHABLE;
    this.#round++;
    for (let k = pickup * width; k < (pickup + 2) * width; k++) {
      const near = of[k];
      if (vehicleOf[near] < 0) continue;
      this.#tryFrom(near, 0);
      this.#tryFrom(prev[near], 0);
    }
    for (let kind = 0; kind < kernel.kinds; kind++) {
      const vehicle = this.#tours.idle(kind);
      if (vehicle >= 0) this.#tryFrom(kernel.tasks + 2 * vehicle, kernel.fixedCost[vehicle]);
    }
    if (this.after < 0 && everywhere) this.#scan();
    return this.after >= 0;
  }

  #scan(): void {
    const { kernel, count, next } = this.#tours;
    for (let vehicle = 0; vehicle < kernel.vehicles; vehicle++) {
      if (count[vehicle] === 0) continue;
      for (let node = kernel.tasks + 2 * vehicle; ; node = next[node]) {
        this.#tryFrom(node, 0);
        if (next[node] >= kernel.tasks) break;
      }
    }
  }

  /** Pickup after `after`; then the delivery ever further back. */
  #tryFrom(after: number, opening: number): void {
    if (this.#tried[after] === this.#round) return;
    this.#tried[after] = this.#round;
    const tours = this.#tours;
    const { kernel, vehicleOf, next, leg, depart, latest, count } = tours;
    const { tasks, row, place, cost, costBase, travel, travelBase, service } = kernel;
    const pickup = this.#pickup;
    const delivery = pickup + 1;
    const vehicle = vehicleOf[after];
    const kindRow = kernel.kind[vehicle] * tasks;
    if (kernel.allowed[kindRow + pickup] === 0 || !this.#carries(vehicle, after)) return;
    if (kernel.limited && count[vehicle] + 2 > kernel.tasksMax[vehicle]) return;
    const base = costBase[vehicle];
    const clock = travelBase[vehicle];
    const first = next[after];
    const toPickup = cost[base + row[after] + place[pickup]];
    if (toPickup >= UNREACHABLE) return;
    const served =
      kernel.taskCost.length > 0 ? kernel.taskCost[kindRow + pickup] + kernel.taskCost[kindRow + delivery] : 0;
    const fixed = opening + served + toPickup - leg[after];
    let time = 0;
    if (kernel.timed) {
      time = this.#begin(pickup, depart[after] + travel[clock + row[after] + place[pickup]]);
      if (time < 0) return;
      time += service[pickup];
    }
    // Delivery straight after the pickup.
    const both = cost[base + row[pickup] + place[delivery]] + cost[base + row[delivery] + place[first]];
    if (both < UNREACHABLE && fixed + both < this.cost && this.#arrives(delivery, time, clock, pickup, first))
      this.#offer(vehicle, after, pickup, fixed + both);
    const onward = cost[base + row[pickup] + place[first]];
    if (first >= tasks || onward >= UNREACHABLE) return;
    const carried = fixed + onward;
    let previous = pickup;
    for (let node = first; node < tasks; node = next[node]) {
      if (kernel.timed) {
        const arrival = time + travel[clock + row[previous] + place[node]];
        if (arrival > latest[node]) return;
        time = this.#begin(node, arrival) + service[node];
      }
      if (!this.#carries(vehicle, node)) return;
      const following = next[node];
      const detour = cost[base + row[node] + place[delivery]] + cost[base + row[delivery] + place[following]];
      if (
        detour < UNREACHABLE &&
        carried + detour - leg[node] < this.cost &&
        this.#arrives(delivery, time, clock, node, following)
      )
        this.#offer(vehicle, after, node, carried + detour - leg[node]);
      previous = node;
    }
  }

  #offer(vehicle: number, after: number, deliverAfter: number, cost: number): void {
    const { kernel } = this.#tours;
    if (this.#blink.shut()) return;
    if (kernel.limited && !this.#within(vehicle, after, deliverAfter)) return;
    if (kernel.exact && !this.#scheduled(vehicle, after, deliverAfter)) return;
    this.cost = cost;
    this.after = after;
    this.deliverAfter = deliverAfter;
  }

  /** Whether the shipment fits on top of the load behind a node. */
  #carries(vehicle: number, node: number): boolean {
    const { kernel, loadAt } = this.#tours;
    const { dims, change, capacity } = kernel;
    for (let d = 0; d < dims; d++)
      if (loadAt[node * dims + d] + change[this.#pickup * dims + d] > capacity[vehicle * dims + d]) return false;
    return true;
  }

  /** Begin of a service for an arrival, −1 where no window is left. */
  #begin(task: number, arrival: number): number {
    const { windows, windowFrom } = this.#tours.kernel;
    for (let w = windowFrom[task]; w < windowFrom[task + 1]; w++)
      if (arrival <= windows[2 * w + 1]) return Math.max(arrival, windows[2 * w]);
    return -1;
  }

  /** Whether delivering between two nodes, having left the first at `time`, is on time. */
  #arrives(delivery: number, time: number, clock: number, from: number, to: number): boolean {
    const { kernel, latest } = this.#tours;
    if (!kernel.timed) return true;
    const { row, place, travel, service } = kernel;
    const begin = this.#begin(delivery, time + travel[clock + row[from] + place[delivery]]);
    return begin >= 0 && begin + service[delivery] + travel[clock + row[delivery] + place[to]] <= latest[to];
  }

  #within(vehicle: number, after: number, deliverAfter: number): boolean {
    const { kernel, count, travelS, distanceM, next } = this.#tours;
    const { row, place, travel, travelBase, distance, distanceBase } = kernel;
    const pickup = this.#pickup;
    const started = count[vehicle] > 0;
    const detour = (matrix: Int32Array, base: number) => {
      const drive = (from: number, to: number) => matrix[base + row[from] + place[to]];
      const gone = (from: number) => (started ? drive(from, next[from]) : 0);
      if (deliverAfter === pickup)
        return drive(after, pickup) + drive(pickup, pickup + 1) + drive(pickup + 1, next[after]) - gone(after);
      return (
        drive(after, pickup) +
        drive(pickup, next[after]) -
        gone(after) +
        drive(deliverAfter, pickup + 1) +
        drive(pickup + 1, next[deliverAfter]) -
        gone(deliverAfter)
      );
    };
    return (
      (started ? travelS[vehicle] : 0) + detour(travel, travelBase[vehicle]) <= kernel.travelMax[vehicle] &&
      (started ? distanceM[vehicle] : 0) + detour(distance, distanceBase[vehicle]) <= kernel.distanceMax[vehicle]
    );
  }

  #scheduled(vehicle: number, after: number, deliverAfter: number): boolean {
    const { kernel, schedule, next } = this.#tours;
    const pickup = this.#pickup;
    let length = 0;
    for (let node = kernel.tasks + 2 * vehicle; ; node = next[node]) {
      if (node < kernel.tasks) schedule.tasks[length++] = node;
      if (node === after) {
        schedule.tasks[length++] = pickup;
        if (deliverAfter === pickup) schedule.tasks[length++] = pickup + 1;
      } else if (node === deliverAfter) schedule.tasks[length++] = pickup + 1;
      if (next[node] >= kernel.tasks) break;
    }
    schedule.length = length;
    return schedule.feasible(vehicle);
  }
}
