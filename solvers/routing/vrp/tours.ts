import { FAR, type Kernel } from "./kernel.ts";
import type { VrpPlan } from "./problem.ts";
import { Schedule } from "./schedule.ts";

/**
 * Tours of all vehicles as linked lists, with what an O(1) check of an insertion needs: loads, earliest departures, latest arrivals.
 * Every change is logged and can be undone, so nothing is copied and nothing allocated. A kernel: longer than most files.
 *
 * Within a tour: `depart[i]` is the earliest end of service at i; `latest[i]` the latest arrival at i from which the rest is on time
 * (windows only: with hard windows, on time is "arrival ≤ latest"); `peakBefore[i]` the highest load from the start to i,
 * `peakAfter[i]` from i to the end.
 */
export class Tours {
  readonly kernel: Kernel;
  readonly schedule: Schedule;
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Vehicle of a task, −1 while it is left out. Starts and ends carry theirs. */
  readonly vehicleOf: Int32Array;
  /** Cost of the drive from a node to the next one; 0 at the start of an empty tour. */
  readonly leg: Int32Array;
  readonly count: Int32Array;
  /** Cost of a tour's drives. */
  readonly driven: Float64Array;
  /** vehicles × dims: sums of deliveries and of pickups (shipments not counted). */
  readonly load: Int32Array;
  readonly travelS: Float64Array;
  readonly distanceM: Float64Array;
  readonly depart: Int32Array;
  readonly latest: Int32Array;
  readonly loadAt: Int32Array;
  readonly peakBefore: Int32Array;
  readonly peakAfter: Int32Array;
  /** Drives, service, vehicles used and optional tasks left out, in the kernel's cost units. */
  cost = 0;
  /** Sum of the weights of tasks left out that are to be served. */
  absentWeight = 0;
  /** Vehicles in use, and tasks on them. */
  used = 0;
  placed = 0;
  /** Empty vehicles of each kind, a stack; `idleCount` its height. */
  readonly #idle: Int32Array;
  readonly #idleFrom: Int32Array;
  readonly idleCount: Int32Array;
  readonly #idleAt: Int32Array;
  readonly #benched: Uint8Array;
  /** Tours changed since the last `settle`. */
  readonly #stale: Int32Array;
  readonly #isStale: Uint8Array;
  #staleCount = 0;
  #log = new Int32Array(4096);
  #logged = 0;

  constructor(kernel: Kernel) {
    const { tasks, vehicles, dims } = kernel;
    const nodes = tasks + 2 * vehicles;
    this.kernel = kernel;
    this.schedule = new Schedule(kernel);
    this.next = new Int32Array(nodes).fill(-1);
    this.prev = new Int32Array(nodes).fill(-1);
    this.vehicleOf = new Int32Array(nodes).fill(-1);
    this.leg = new Int32Array(nodes);
    this.count = new Int32Array(vehicles);
    this.driven = new Float64Array(vehicles);
    this.load = new Int32Array(vehicles * dims);
    this.travelS = new Float64Array(vehicles);
    this.distanceM = new Float64Array(vehicles);
    this.depart = new Int32Array(nodes);
    this.latest = new Int32Array(nodes);
    this.loadAt = new Int32Array(nodes * dims);
    this.peakBefore = new Int32Array(nodes * dims);
    this.peakAfter = new Int32Array(nodes * dims);
    this.#idle = new Int32Array(vehicles);
    this.#idleFrom = new Int32Array(kernel.kinds + 1);
    this.idleCount = new Int32Array(kernel.kinds);
    this.#idleAt = new Int32Array(vehicles);
    this.#benched = new Uint8Array(vehicles);
    this.#stale = new Int32Array(vehicles);
    this.#isStale = new Uint8Array(vehicles);
    for (let k = 0; k < kernel.kinds; k++) this.#idleFrom[k + 1] = this.#idleFrom[k] + kernel.vehiclesOfKind[k].length;
    this.clear();
  }

  /** All tours empty, every task left out. */
  clear(): void {
    const { tasks, vehicles, vehiclesOfKind, absentWeight, skipCost } = this.kernel;
    this.#benched.fill(0);
    this.vehicleOf.fill(-1, 0, tasks);
    this.leg.fill(0);
    this.count.fill(0);
    this.driven.fill(0);
    this.load.fill(0);
    this.travelS.fill(0);
    this.distanceM.fill(0);
    for (let v = 0; v < vehicles; v++) {
      const start = tasks + 2 * v;
      this.next[start] = start + 1;
      this.prev[start + 1] = start;
      this.vehicleOf[start] = v;
      this.vehicleOf[start + 1] = v;
    }
    this.idleCount.fill(0);
    for (const each of vehiclesOfKind) for (let at = each.length - 1; at >= 0; at--) this.#pushIdle(each[at]);
    this.cost = skipCost.reduce((sum, each) => (each < Infinity ? sum + each : sum), 0);
    this.used = 0;
    this.placed = 0;
    this.absentWeight = absentWeight.reduce((sum, each) => sum + each, 0);
    this.#logged = 0;
    for (let v = 0; v < vehicles; v++) this.#stain(v);
    this.settle();
  }

  first(vehicle: number): number {
    return this.next[this.kernel.tasks + 2 * vehicle];
  }

  /** An empty vehicle of a kind, −1 where there is none. */
  idle(kind: number): number {
    return this.idleCount[kind] === 0 ? -1 : this.#idle[this.#idleFrom[kind] + this.idleCount[kind] - 1];
  }

  /** Takes all empty vehicles out of use. */
  benchIdle(): void {
    for (let kind = 0; kind < this.kernel.kinds; kind++)
      for (let vehicle = this.idle(kind); vehicle >= 0; vehicle = this.idle(kind)) {
        this.#dropIdle(vehicle);
        this.#benched[vehicle] = 1;
      }
  }

  /** Puts them back into use. */
  unbench(): void {
    this.#benched.forEach((benched, vehicle) => {
      if (benched === 1) this.#pushIdle(vehicle);
    });
    this.#benched.fill(0);
  }

  insert(task: number, after: number): void {
    this.#link(task, after);
    this.#note(task, -2);
  }

  remove(task: number): void {
    const before = this.prev[task];
    this.#unlink(task);
    this.#note(task, before);
  }

  /** Gives all tasks of a tour, in their order, to an idle vehicle. */
  transfer(from: number, to: number): void {
    const { tasks } = this.kernel;
    let last = tasks + 2 * to;
    for (let node = this.first(from); node < tasks; node = this.first(from)) {
      this.remove(node);
      this.insert(node, last);
      last = node;
    }
  }

  /** Two tours exchange their vehicles. */
  exchange(a: number, b: number): void {
    const { tasks } = this.kernel;
    let last = tasks + 2 * b;
    const stop = this.first(b);
    for (let node = this.first(a); node < tasks; node = this.first(a)) {
      this.remove(node);
      this.insert(node, last);
      last = node;
    }
    last = tasks + 2 * a;
    for (let node = stop; node < tasks; ) {
      const following = this.next[node];
      this.remove(node);
      this.insert(node, last);
      last = node;
      node = following;
    }
  }

  /** Forgets the log: what is, stays. */
  commit(): void {
    this.#logged = 0;
  }

  /** Undoes all since the last commit. */
  rollback(): void {
    for (let at = this.#logged - 2; at >= 0; at -= 2) {
      const task = this.#log[at];
      const before = this.#log[at + 1];
      if (before === -2) this.#unlink(task);
      else this.#link(task, before);
    }
    this.#logged = 0;
    this.settle();
  }

  /** Brings what is kept of changed tours up to date. Needed before insertions are checked. */
  settle(): void {
    const { timed, summedLoads } = this.kernel;
    for (let at = 0; at < this.#staleCount; at++) {
      const vehicle = this.#stale[at];
      this.#isStale[vehicle] = 0;
      if (timed) this.#times(vehicle);
      if (!summedLoads) this.#loads(vehicle);
    }
    this.#staleCount = 0;
  }

  /** Whether a tour as it stands holds its windows and limits: needed after removals where a detour can be shorter than the direct way. */
  holds(vehicle: number): boolean {
    const { tasks, timed, limited, exact, travelMax, distanceMax } = this.kernel;
    if (this.count[vehicle] === 0) return true;
    if (timed && this.latest[tasks + 2 * vehicle] < this.depart[tasks + 2 * vehicle]) return false;
    if (limited && (this.travelS[vehicle] > travelMax[vehicle] || this.distanceM[vehicle] > distanceMax[vehicle]))
      return false;
    if (!exact) return true;
    this.sequence(vehicle);
    return this.schedule.feasible(vehicle);
  }

  /** Whether a tour from elsewhere keeps every rule. */
  valid(vehicle: number): boolean {
    const { tasks, dims, capacity, summedLoads, allowed, kind, partner, tasksMax } = this.kernel;
    if (this.count[vehicle] > tasksMax[vehicle]) return false;
    const end = tasks + 2 * vehicle + 1;
    for (let d = 0; d < dims; d++) {
      const peak = summedLoads ? this.load[vehicle * dims + d] : this.peakBefore[this.prev[end] * dims + d];
      if (peak > capacity[vehicle * dims + d]) return false;
    }
    for (let node = this.first(vehicle); node < tasks; node = this.next[node]) {
      if (allowed[kind[vehicle] * tasks + node] === 0) return false;
      const other = partner[node];
      if (other >= 0 && (this.vehicleOf[other] !== vehicle || (other < node && !this.#precedes(other, node))))
        return false;
    }
    return this.holds(vehicle);
  }

  #precedes(first: number, second: number): boolean {
    for (let node = this.next[first]; node < this.kernel.tasks; node = this.next[node])
      if (node === second) return true;
    return false;
  }

  /** Writes the tour into the scratch of the schedule. */
  sequence(vehicle: number): void {
    const { tasks } = this.kernel;
    let length = 0;
    for (let node = this.first(vehicle); node < tasks; node = this.next[node]) this.schedule.tasks[length++] = node;
    this.schedule.length = length;
  }

  plan(): VrpPlan {
    const { tasks, vehicles } = this.kernel;
    const tours = [];
    for (let vehicle = 0; vehicle < vehicles; vehicle++) {
      if (this.count[vehicle] === 0) continue;
      const list: number[] = [];
      for (let node = this.first(vehicle); node < tasks; node = this.next[node]) list.push(node);
      tours.push({ vehicle, tasks: list });
    }
    return { tours };
  }

  take(plan: VrpPlan): void {
    this.clear();
    for (const { vehicle, tasks } of plan.tours) {
      let after = this.kernel.tasks + 2 * vehicle;
      for (const task of tasks) {
        this.#link(task, after);
        after = task;
      }
    }
    this.settle();
  }

  #link(task: number, after: number): void {
    const { kernel, next, prev, leg } = this;
    const { tasks, dims, row, place, cost, costBase, travel, travelBase, distance, distanceBase } = kernel;
    const vehicle = this.vehicleOf[after];
    const before = next[after];
    const base = costBase[vehicle];
    next[after] = task;
    prev[task] = after;
    next[task] = before;
    prev[before] = task;
    this.vehicleOf[task] = vehicle;
    this.placed++;
    const costIn = cost[base + row[after] + place[task]];
    const costOut = cost[base + row[task] + place[before]];
    this.cost += costIn + costOut - leg[after];
    this.driven[vehicle] += costIn + costOut - leg[after];
    leg[after] = costIn;
    leg[task] = costOut;
    if (this.count[vehicle]++ === 0) {
      this.cost += kernel.fixedCost[vehicle];
      this.used++;
      this.#dropIdle(vehicle);
      if (kernel.limited) {
        this.travelS[vehicle] = travel[travelBase[vehicle] + row[after] + place[before]];
        this.distanceM[vehicle] = distance[distanceBase[vehicle] + row[after] + place[before]];
      }
    }
    if (kernel.taskCost.length > 0) this.cost += kernel.taskCost[kernel.kind[vehicle] * tasks + task];
    this.absentWeight -= kernel.absentWeight[task];
    if (kernel.optional) this.cost -= kernel.skipCost[task] < Infinity ? kernel.skipCost[task] : 0;
    for (let d = 0; d < dims; d++)
      this.load[vehicle * dims + d] += kernel.delivery[task * dims + d] + kernel.pickup[task * dims + d];
    if (kernel.limited) {
      const t = travelBase[vehicle];
      const m = distanceBase[vehicle];
      this.travelS[vehicle] +=
        travel[t + row[after] + place[task]] +
        travel[t + row[task] + place[before]] -
        travel[t + row[after] + place[before]];
      this.distanceM[vehicle] +=
        distance[m + row[after] + place[task]] +
        distance[m + row[task] + place[before]] -
        distance[m + row[after] + place[before]];
    }
    this.#stain(vehicle);
  }

  #unlink(task: number): void {
    const { kernel, next, prev, leg } = this;
    const { tasks, dims, row, place, cost, costBase, travel, travelBase, distance, distanceBase } = kernel;
    const vehicle = this.vehicleOf[task];
    const after = prev[task];
    const before = next[task];
    next[after] = before;
    prev[before] = after;
    this.vehicleOf[task] = -1;
    this.placed--;
    this.count[vehicle]--;
    const direct = this.count[vehicle] === 0 ? 0 : cost[costBase[vehicle] + row[after] + place[before]];
    this.cost += direct - leg[after] - leg[task];
    this.driven[vehicle] += direct - leg[after] - leg[task];
    leg[after] = direct;
    if (this.count[vehicle] === 0) {
      this.cost -= kernel.fixedCost[vehicle];
      this.used--;
      this.#pushIdle(vehicle);
    }
    if (kernel.taskCost.length > 0) this.cost -= kernel.taskCost[kernel.kind[vehicle] * tasks + task];
    this.absentWeight += kernel.absentWeight[task];
    if (kernel.optional) this.cost += kernel.skipCost[task] < Infinity ? kernel.skipCost[task] : 0;
    for (let d = 0; d < dims; d++)
      this.load[vehicle * dims + d] -= kernel.delivery[task * dims + d] + kernel.pickup[task * dims + d];
    if (kernel.limited) {
      const t = travelBase[vehicle];
      const m = distanceBase[vehicle];
      this.travelS[vehicle] -=
        travel[t + row[after] + place[task]] +
        travel[t + row[task] + place[before]] -
        travel[t + row[after] + place[before]];
      this.distanceM[vehicle] -=
        distance[m + row[after] + place[task]] +
        distance[m + row[task] + place[before]] -
        distance[m + row[after] + place[before]];
    }
    this.#stain(vehicle);
  }

  #times(vehicle: number): void {
    const { tasks, row, place, travel, travelBase, service, windowFrom, windows, shiftOpen, shiftClose } = this.kernel;
    const { next, prev, depart, latest } = this;
    const base = travelBase[vehicle];
    const start = tasks + 2 * vehicle;
    let time = shiftOpen[vehicle];
    depart[start] = time;
    let node = start;
    let after = next[start];
    while (after < tasks) {
      time += travel[base + row[node] + place[after]];
      let w = windowFrom[after];
      const end = windowFrom[after + 1];
      while (w < end && time > windows[2 * w + 1]) w++;
      if (w < end && time < windows[2 * w]) time = windows[2 * w];
      time += service[after];
      depart[after] = time;
      node = after;
      after = next[node];
    }
    let bound = shiftClose[vehicle];
    latest[start + 1] = bound;
    after = start + 1;
    node = prev[after];
    while (node < tasks) {
      bound -= travel[base + row[node] + place[after]] + service[node];
      let w = windowFrom[node + 1] - 1;
      const begin = windowFrom[node];
      while (w >= begin && bound < windows[2 * w]) w--;
      bound = w < begin ? -FAR : Math.min(bound, windows[2 * w + 1]);
      latest[node] = bound;
      after = node;
      node = prev[node];
    }
    latest[start] = bound - travel[base + row[start] + place[after]];
  }

  #loads(vehicle: number): void {
    const { tasks, dims, delivery, pickup, change } = this.kernel;
    const { next, prev, loadAt, peakBefore, peakAfter } = this;
    const start = tasks + 2 * vehicle;
    for (let d = 0; d < dims; d++) {
      let load = 0;
      for (let node = next[start]; node < tasks; node = next[node]) load += delivery[node * dims + d];
      let peak = load;
      loadAt[start * dims + d] = load;
      peakBefore[start * dims + d] = load;
      for (let node = next[start]; node < tasks; node = next[node]) {
        const at = node * dims + d;
        load += pickup[at] - delivery[at] + change[at];
        if (load > peak) peak = load;
        loadAt[at] = load;
        peakBefore[at] = peak;
      }
      peak = load;
      peakAfter[(start + 1) * dims + d] = load;
      for (let node = prev[start + 1]; node < tasks; node = prev[node]) {
        const at = node * dims + d;
        if (loadAt[at] > peak) peak = loadAt[at];
        peakAfter[at] = peak;
      }
    }
  }

  #stain(vehicle: number): void {
    if (this.#isStale[vehicle] === 1) return;
    this.#isStale[vehicle] = 1;
    this.#stale[this.#staleCount++] = vehicle;
  }

  #note(task: number, before: number): void {
    if (this.#logged + 2 > this.#log.length) {
      const larger = new Int32Array(this.#log.length * 2);
      larger.set(this.#log);
      this.#log = larger;
    }
    this.#log[this.#logged++] = task;
    this.#log[this.#logged++] = before;
  }

  #pushIdle(vehicle: number): void {
    const kind = this.kernel.kind[vehicle];
    const at = this.#idleFrom[kind] + this.idleCount[kind]++;
    this.#idle[at] = vehicle;
    this.#idleAt[vehicle] = at;
  }

  #dropIdle(vehicle: number): void {
    const kind = this.kernel.kind[vehicle];
    const last = this.#idle[this.#idleFrom[kind] + --this.idleCount[kind]];
    const at = this.#idleAt[vehicle];
    this.#idle[at] = last;
    this.#idleAt[last] = at;
    this.#idleAt[vehicle] = -1;
  }
}
