import type { Neighbours } from "../neighbours.ts";
import { UNREACHABLE } from "../problem.ts";
import type { Tours } from "../tours.ts";
import type { Blink } from "./blink.ts";

/** Cheapest place of a job next to its neighbours, on an idle vehicle, or, where neither has one, anywhere. */
export class JobPlace {
  readonly #tours: Tours;
  readonly #near: Neighbours;
  readonly #blink: Blink;
  #task = 0;
  /** Node after which it goes, −1 where it has no place; what that adds to the cost. */
  after = -1;
  cost = UNREACHABLE;

  constructor(tours: Tours, near: Neighbours, blink: Blink) {
    this.#tours = tours;
    this.#near = near;
    this.#blink = blink;
  }

  /** @param everywhere look through all tours where the neighbours have no place */
  find(task: number, everywhere: boolean): boolean {
    const { kernel, vehicleOf, prev } = this.#tours;
    const { width, of } = this.#near;
    this.#task = task;
    this.after = -1;
    this.cost = UNREACHABLE;
    for (let k = task * width; k < (task + 1) * width; k++) {
      const near = of[k];
      if (vehicleOf[near] < 0) continue;
      this.#tryAfter(near, 0);
      this.#tryAfter(prev[near], 0);
    }
    for (let kind = 0; kind < kernel.kinds; kind++) {
      const vehicle = this.#tours.idle(kind);
      if (vehicle >= 0) this.#tryAfter(kernel.tasks + 2 * vehicle, kernel.fixedCost[vehicle]);
    }
    if (this.after < 0 && everywhere) this.#scan();
    return this.after >= 0;
  }

  #scan(): void {
    const { kernel, count, next } = this.#tours;
    for (let vehicle = 0; vehicle < kernel.vehicles; vehicle++) {
      if (count[vehicle] === 0) continue;
      for (let node = kernel.tasks + 2 * vehicle; ; node = next[node]) {
        this.#tryAfter(node, 0);
        if (next[node] >= kernel.tasks) break;
      }
    }
  }

  #tryAfter(after: number, opening: number): void {
    const { kernel, vehicleOf, next, leg } = this.#tours;
    const { row, place, cost, costBase } = kernel;
    const task = this.#task;
    const vehicle = vehicleOf[after];
    const before = next[after];
    const base = costBase[vehicle];
    let added = cost[base + row[after] + place[task]] + cost[base + row[task] + place[before]];
    if (added >= UNREACHABLE) return;
    added += opening - leg[after];
    const at = kernel.kind[vehicle] * kernel.tasks + task;
    if (kernel.taskCost.length > 0) added += kernel.taskCost[at];
    if (added >= this.cost || kernel.allowed[at] === 0) return;
    if (!this.#loads(vehicle, after, before)) return;
    if (kernel.timed && !this.#onTime(vehicle, after, before)) return;
    if (kernel.limited && !this.#within(vehicle, after, before)) return;
    if (this.#blink.shut()) return;
    if (kernel.exact && !this.#scheduled(vehicle, after)) return;
    this.cost = added;
    this.after = after;
  }

  #loads(vehicle: number, after: number, before: number): boolean {
    const { kernel, load, loadAt, peakBefore, peakAfter } = this.#tours;
    const { dims, delivery, pickup, capacity } = kernel;
    for (let d = 0; d < dims; d++) {
      const at = this.#task * dims + d;
      const room = capacity[vehicle * dims + d];
      if (kernel.summedLoads) {
        if (load[vehicle * dims + d] + delivery[at] + pickup[at] > room) return false;
        continue;
      }
      if (peakBefore[after * dims + d] + delivery[at] > room) return false;
      if (loadAt[after * dims + d] + pickup[at] > room) return false;
      if (peakAfter[before * dims + d] + pickup[at] > room) return false;
    }
    return true;
  }

  #onTime(vehicle: number, after: number, before: number): boolean {
    const { kernel, depart, latest } = this.#tours;
    const { row, place, travel, travelBase, windows, windowFrom, service } = kernel;
    const base = travelBase[vehicle];
    const task = this.#task;
    let time = depart[after] + travel[base + row[after] + place[task]];
    let w = windowFrom[task];
    const end = windowFrom[task + 1];
    while (w < end && time > windows[2 * w + 1]) w++;
    if (w === end) return false;
    if (time < windows[2 * w]) time = windows[2 * w];
    return time + service[task] + travel[base + row[task] + place[before]] <= latest[before];
  }

  #within(vehicle: number, after: number, before: number): boolean {
    const { kernel, count, travelS, distanceM } = this.#tours;
    if (count[vehicle] + 1 > kernel.tasksMax[vehicle]) return false;
    const { row, place, travel, travelBase, distance, distanceBase } = kernel;
    const task = this.#task;
    const started = count[vehicle] > 0;
    const detour = (matrix: Int32Array, base: number) =>
      matrix[base + row[after] + place[task]] +
      matrix[base + row[task] + place[before]] -
      (started ? matrix[base + row[after] + place[before]] : 0);
    const driven = started ? travelS[vehicle] : 0;
    if (driven + detour(travel, travelBase[vehicle]) > kernel.travelMax[vehicle]) return false;
    const gone = started ? distanceM[vehicle] : 0;
    return gone + detour(distance, distanceBase[vehicle]) <= kernel.distanceMax[vehicle];
  }

  #scheduled(vehicle: number, after: number): boolean {
    const { kernel, schedule, next } = this.#tours;
    let length = 0;
    for (let node = kernel.tasks + 2 * vehicle; ; node = next[node]) {
      if (node < kernel.tasks) schedule.tasks[length++] = node;
      if (node === after) schedule.tasks[length++] = this.#task;
      if (next[node] >= kernel.tasks) break;
    }
    schedule.length = length;
    return schedule.feasible(vehicle);
  }
}
