import type { Kernel } from "../kernel.ts";
import type { Neighbours } from "../neighbours.ts";
import type { VrpPlan } from "../problem.ts";

/**
 * Tours of a segmentable problem that may be overloaded or late, at a price. For each node the chains from the start to it and from it to the end are
 * kept, so that any tour made of a head, a few nodes and a tail is priced in O(1). A chain is: how long it lasts, its time warp (lateness given back),
 * and the earliest and latest begin between which neither grows.
 *
 * @see Vidal, Crainic, Gendreau & Prins 2013, Computers & OR 40:475–489, §4.4 (time warp, concatenation, eq. 5–10)
 * @see Vidal 2022, Computers & OR 140:105643 (HGS-CVRP)
 */
export class PenalizedTours {
  readonly kernel: Kernel;
  readonly near: Neighbours;
  readonly next: Int32Array;
  readonly prev: Int32Array;
  readonly vehicleOf: Int32Array;
  readonly at: Int32Array;
  /** Load of a task; loads and counts of tours. */
  readonly amount: Int32Array;
  readonly load: Int32Array;
  readonly count: Int32Array;
  /** Load from the start to a node, inclusive. */
  readonly loadTo: Int32Array;
  readonly warp: Float64Array;
  /** What overload and lateness of a tour cost now. */
  readonly penalty: Float64Array;
  /** Drives from the start to a node. */
  readonly costTo: Float64Array;
  readonly changed: Int32Array;
  /** Chains from the start to a node (head) and from a node to the end (tail). */
  readonly #head: Float64Array;
  readonly #tail: Float64Array;
  /** Price of one unit of overload, one second of time warp. */
  loadPrice = 1;
  warpPrice = 1;
  moves = 0;
  /** The chain being put together. */
  #lasts = 0;
  #warp = 0;
  #early = 0;
  #late = 0;

  constructor(kernel: Kernel, near: Neighbours) {
    const { tasks, vehicles, delivery, pickup, dims } = kernel;
    const nodes = tasks + 2 * vehicles;
    this.kernel = kernel;
    this.near = near;
    this.next = new Int32Array(nodes);
    this.prev = new Int32Array(nodes);
    this.vehicleOf = new Int32Array(nodes).fill(-1);
    this.at = new Int32Array(nodes);
    this.amount = Int32Array.from({ length: nodes }, (_, task) =>
      task < tasks && dims > 0 ? delivery[task] + pickup[task] : 0,
    );
    this.load = new Int32Array(vehicles);
    this.count = new Int32Array(vehicles);
    this.loadTo = new Int32Array(nodes);
    this.warp = new Float64Array(vehicles);
    this.penalty = new Float64Array(vehicles);
    this.costTo = new Float64Array(nodes);
    this.changed = new Int32Array(vehicles);
    this.#head = new Float64Array(4 * nodes);
    this.#tail = new Float64Array(4 * nodes);
  }

  startOf(vehicle: number): number {
    return this.kernel.tasks + 2 * vehicle;
  }

  endOf(vehicle: number): number {
    return this.kernel.tasks + 2 * vehicle + 1;
  }

  isTask(node: number): boolean {
    return node < this.kernel.tasks;
  }

  /** Cost of a drive of a vehicle. */
  drive(vehicle: number, from: number, to: number): number {
    const { cost, costBase, row, place } = this.kernel;
    return cost[costBase[vehicle] + row[from] + place[to]];
  }

  room(vehicle: number): number {
    return this.kernel.dims === 0 ? Infinity : this.kernel.capacity[vehicle];
  }

  allowed(vehicle: number, task: number): boolean {
    return this.kernel.allowed[this.kernel.kind[vehicle] * this.kernel.tasks + task] === 1;
  }

  overload(vehicle: number, load: number): number {
    const over = load - this.room(vehicle);
    return over > 0 ? over * this.loadPrice : 0;
  }

  take(plan: VrpPlan): void {
    const { vehicles } = this.kernel;
    this.vehicleOf.fill(-1, 0, this.kernel.tasks);
    for (let vehicle = 0; vehicle < vehicles; vehicle++) {
      this.next[this.startOf(vehicle)] = this.endOf(vehicle);
      this.prev[this.endOf(vehicle)] = this.startOf(vehicle);
      this.vehicleOf[this.startOf(vehicle)] = vehicle;
      this.vehicleOf[this.endOf(vehicle)] = vehicle;
    }
    for (const { vehicle, tasks } of plan.tours) {
      let last = this.startOf(vehicle);
      for (const task of tasks) {
        this.link(task, last);
        last = task;
      }
    }
    for (let vehicle = 0; vehicle < vehicles; vehicle++) this.settle(vehicle);
  }

  plan(): VrpPlan {
    const tours = [];
    for (let vehicle = 0; vehicle < this.kernel.vehicles; vehicle++) {
      const tasks: number[] = [];
      for (let node = this.next[this.startOf(vehicle)]; this.isTask(node); node = this.next[node]) tasks.push(node);
      if (tasks.length > 0) tours.push({ vehicle, tasks });
    }
    return { tours };
  }

  /** Drives and vehicles used, without penalties. */
  cost(): number {
    let sum = 0;
    for (let vehicle = 0; vehicle < this.kernel.vehicles; vehicle++)
      if (this.count[vehicle] > 0) sum += this.costTo[this.endOf(vehicle)] + this.kernel.fixedCost[vehicle];
    return sum;
  }

  excess(): { load: number; warp: number } {
    let [load, warp] = [0, 0];
    for (let vehicle = 0; vehicle < this.kernel.vehicles; vehicle++) {
      load += Math.max(0, this.load[vehicle] - this.room(vehicle));
      warp += this.warp[vehicle];
    }
    return { load, warp };
  }

  link(task: number, after: number): void {
    const before = this.next[after];
    this.next[after] = task;
    this.prev[task] = after;
    this.next[task] = before;
    this.prev[before] = task;
    this.vehicleOf[task] = this.vehicleOf[after];
  }

  unlink(task: number): void {
    const [after, before] = [this.prev[task], this.next[task]];
    this.next[after] = before;
    this.prev[before] = after;
  }

  /** An empty vehicle of each kind comes last in moves to other tours; −1 where a kind has none. */
  idle(kind: number): number {
    for (const vehicle of this.kernel.vehiclesOfKind[kind]) if (this.count[vehicle] === 0) return vehicle;
    return -1;
  }

  /** Recomputes all that is kept of a tour. */
  settle(vehicle: number): void {
    const { next, prev, at, loadTo, costTo, vehicleOf } = this;
    const start = this.startOf(vehicle);
    let [load, position, cost] = [0, 0, 0];
    at[start] = 0;
    loadTo[start] = 0;
    costTo[start] = 0;
    for (let node = next[start], last = start; ; last = node, node = next[node]) {
      vehicleOf[node] = vehicle;
      at[node] = ++position;
      load += this.amount[node];
      loadTo[node] = load;
      cost += this.drive(vehicle, last, node);
      costTo[node] = cost;
      if (!this.isTask(node)) break;
    }
    this.count[vehicle] = position - 1;
    this.load[vehicle] = load;
    this.changed[vehicle] = ++this.moves;
    if (this.kernel.timed) {
      const end = this.endOf(vehicle);
      this.#single(vehicle, start);
      this.#store(this.#head, start);
      for (let node = next[start], last = start; ; last = node, node = next[node]) {
        this.add(vehicle, last, node);
        this.#store(this.#head, node);
        if (node === end) break;
      }
      this.warp[vehicle] = this.#warp;
      this.#single(vehicle, end);
      this.#store(this.#tail, end);
      for (let node = prev[end], after = end; ; after = node, node = prev[node]) {
        this.#single(vehicle, node);
        this.addTail(vehicle, node, after);
        this.#store(this.#tail, node);
        if (node === start) break;
      }
    }
    this.penalty[vehicle] = this.overload(vehicle, load) + this.warp[vehicle] * this.warpPrice;
  }

  /** Marks a tour as changed. */
  touch(vehicle: number): void {
    this.changed[vehicle] = ++this.moves;
  }

  /** Begins a chain: the tour up to a node. */
  fromHead(node: number): void {
    this.#lasts = this.#head[4 * node];
    this.#warp = this.#head[4 * node + 1];
    this.#early = this.#head[4 * node + 2];
    this.#late = this.#head[4 * node + 3];
  }

  /** Adds one node after the last. */
  add(vehicle: number, last: number, node: number): void {
    const { tasks, windows, windowFrom, service, shiftOpen, shiftClose } = this.kernel;
    if (node < tasks)
      this.#join(
        vehicle,
        last,
        node,
        service[node],
        0,
        windows[2 * windowFrom[node]],
        windows[2 * windowFrom[node] + 1],
      );
    else this.#join(vehicle, last, node, 0, 0, shiftOpen[vehicle], shiftClose[vehicle]);
  }

  /** Adds a tour's tail from a node on. */
  addTail(vehicle: number, last: number, node: number): void {
    const tail = this.#tail;
    this.#join(vehicle, last, node, tail[4 * node], tail[4 * node + 1], tail[4 * node + 2], tail[4 * node + 3]);
  }

  /** Price of the time warp of the chain put together. */
  lateness(): number {
    return this.#warp * this.warpPrice;
  }

  #single(vehicle: number, node: number): void {
    const { tasks, windows, windowFrom, service, shiftOpen, shiftClose } = this.kernel;
    this.#warp = 0;
    this.#lasts = node < tasks ? service[node] : 0;
    this.#early = node < tasks ? windows[2 * windowFrom[node]] : shiftOpen[vehicle];
    this.#late = node < tasks ? windows[2 * windowFrom[node] + 1] : shiftClose[vehicle];
  }

  #store(chains: Float64Array, node: number): void {
    chains[4 * node] = this.#lasts;
    chains[4 * node + 1] = this.#warp;
    chains[4 * node + 2] = this.#early;
    chains[4 * node + 3] = this.#late;
  }

  #join(vehicle: number, last: number, node: number, lasts: number, warp: number, early: number, late: number): void {
    const { travel, travelBase, row, place } = this.kernel;
    const drive = travel[travelBase[vehicle] + row[last] + place[node]];
    const reach = this.#lasts - this.#warp + drive;
    const wait = Math.max(0, early - reach - this.#late);
    const back = Math.max(0, this.#early + reach - late);
    this.#lasts += lasts + drive + wait;
    this.#warp += warp + back;
    this.#early = Math.max(early - reach, this.#early) - wait;
    this.#late = Math.min(late - reach, this.#late) + back;
  }
}
