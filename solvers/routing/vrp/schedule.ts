import { FAR, type Kernel } from "./kernel.ts";
import { type Break, UNREACHABLE, type Window } from "./problem.ts";

/** One thing that happens on a tour. Seconds; `driveS` is what was driven since the tour began. */
export interface TourEvent {
  readonly kind: "start" | "task" | "break" | "end";
  /** Task, or number of the break, or 0. */
  readonly index: number;
  readonly arriveS: number;
  readonly waitS: number;
  readonly setupS: number;
  readonly serviceS: number;
  readonly driveS: number;
}

const ROUNDS_MAX = 60;

/**
 * Times of one tour by all rules: windows, breaks in their order (also in the middle of a drive), setups, longest rides, longest duration,
 * positions and orders. Starts are the least that satisfy every "not before" (a fixpoint of monotone bounds: windows and drives push forward,
 * a ride or a duration that is too long pushes its begin). One scratch for all calls; O(calls × breaks²) a round.
 */
export class Schedule {
  readonly #kernel: Kernel;
  readonly #breaks: readonly (readonly Break[])[];
  readonly #before: readonly (readonly number[])[];
  readonly #width: number;
  #arrive: Int32Array;
  #leave: Int32Array;
  #from: Int32Array;
  #start: Int32Array;
  #bound: Int32Array;
  #taken: Int32Array;
  readonly #at: Int32Array;
  #load: Int32Array;
  /** Tasks of the tour under question; filled by the caller. */
  tasks: Int32Array;
  length = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#breaks = kernel.problem.vehicles.map(({ breaks }) => breaks);
    this.#width = 1 + this.#breaks.reduce((most, each) => Math.max(most, each.length), 0);
    const before: number[][] = Array.from({ length: kernel.tasks }, () => []);
    for (const [first, second] of kernel.problem.order) before[second].push(first);
    this.#before = before;
    this.#at = new Int32Array(kernel.tasks).fill(-1);
    const rows = kernel.tasks + 2;
    this.tasks = new Int32Array(rows);
    this.#arrive = new Int32Array(rows * this.#width);
    this.#leave = new Int32Array(rows * this.#width);
    this.#from = new Int32Array(rows * this.#width);
    this.#start = new Int32Array(rows);
    this.#bound = new Int32Array(rows);
    this.#taken = new Int32Array(rows);
    this.#load = new Int32Array(rows * kernel.dims);
  }

  set(tasks: readonly number[]): void {
    this.tasks.set(tasks);
    this.length = tasks.length;
  }

  /** Whether the vehicle can drive `tasks[0 … length − 1]` by every rule but load, skills, travel, distance and number of tasks. */
  feasible(vehicle: number): boolean {
    if (!this.#inOrder()) return false;
    this.#bound.fill(0, 0, this.length + 2);
    if (this.#needsLoads(vehicle)) this.#loads();
    for (let round = 0; round < ROUNDS_MAX; round++) {
      if (!this.#forward(vehicle)) return false;
      if (!this.#pushed(vehicle)) return true;
    }
    return false;
  }

  /** The tour as it is driven: it ends as early as it can, and nothing happens earlier than that asks for. Only after `feasible`. */
  events(vehicle: number): TourEvent[] {
    const { length } = this;
    const end = this.#start[length + 1];
    const upper = new Int32Array(length + 2).fill(FAR);
    let breaks: number[] = [];
    for (let round = 0; round < ROUNDS_MAX; round++) {
      breaks = this.#backward(vehicle, end, upper);
      if (!this.#pulled(vehicle, upper)) break;
    }
    return this.#listed(vehicle, breaks);
  }

  #node(vehicle: number, i: number): number {
    const { tasks } = this.#kernel;
    return i === 0 ? tasks + 2 * vehicle : i > this.length ? tasks + 2 * vehicle + 1 : this.tasks[i - 1];
  }

  #drive(vehicle: number, i: number): number {
    const { travel, travelBase, row, place } = this.#kernel;
    return travel[travelBase[vehicle] + row[this.#node(vehicle, i)] + place[this.#node(vehicle, i + 1)]];
  }

  #setup(vehicle: number, i: number): number {
    const { place, setup } = this.#kernel;
    return place[this.#node(vehicle, i - 1)] === place[this.#node(vehicle, i)] ? 0 : setup[this.tasks[i - 1]];
  }

  #inOrder(): boolean {
    const { position } = this.#kernel;
    const at = this.#at;
    for (let i = 0; i < this.length; i++) at[this.tasks[i]] = i;
    let holds = true;
    for (let i = 0; i < this.length && holds; i++) {
      const task = this.tasks[i];
      if (position[task] === 1 && i > 0) holds = false;
      if (position[task] === 2 && i < this.length - 1) holds = false;
      for (const first of this.#before[task]) if (at[first] > i) holds = false;
    }
    for (let i = 0; i < this.length; i++) at[this.tasks[i]] = -1;
    return holds;
  }

  /** Earliest times with exactly k breaks taken before each call, for every k; then the starts on the way back from the end. */
  #forward(vehicle: number): boolean {
    const { shiftOpen, shiftClose, service } = this.#kernel;
    const width = this.#width;
    const breaks = this.#breaks[vehicle];
    const arrive = this.#arrive;
    const leave = this.#leave;
    arrive.fill(FAR, 0, (this.length + 2) * width);
    leave.fill(FAR, 0, width);
    leave[0] = Math.max(shiftOpen[vehicle], this.#bound[0]);
    for (let i = 0; i <= this.length; i++) {
      const drive = this.#drive(vehicle, i);
      if (drive >= UNREACHABLE) return false;
      for (let k = 0; k <= breaks.length; k++) if (leave[i * width + k] < FAR) this.#leg(vehicle, i, k, drive);
      if (i === this.length) break;
      const setupAndService = this.#setup(vehicle, i + 1) + service[this.tasks[i]];
      let any = false;
      for (let k = 0; k <= breaks.length; k++) {
        const cell = (i + 1) * width + k;
        const start = arrive[cell] < FAR ? this.#opens(this.tasks[i], Math.max(arrive[cell], this.#bound[i + 1])) : FAR;
        leave[cell] = start < FAR ? start + setupAndService : FAR;
        any ||= start < FAR;
      }
      if (!any) return false;
    }
    const end = arrive[(this.length + 1) * width + breaks.length];
    if (end > shiftClose[vehicle] || end >= FAR) return false;
    this.#start[this.length + 1] = end;
    let k = breaks.length;
    for (let i = this.length; i >= 0; i--) {
      this.#taken[i + 1] = k;
      k = this.#from[(i + 1) * width + k];
      const setupAndService = i === 0 ? 0 : this.#setup(vehicle, i) + service[this.tasks[i - 1]];
      this.#start[i] = leave[i * width + k] - setupAndService;
    }
    this.#taken[0] = k;
    return true;
  }

  /** Drives from call i with k breaks taken to the next call, taking none, one, two … breaks on the way. */
  #leg(vehicle: number, i: number, k: number, drive: number): void {
    const width = this.#width;
    const breaks = this.#breaks[vehicle];
    let time = this.#leave[i * width + k];
    let rest = drive;
    for (let taken = k; ; taken++) {
      const cell = (i + 1) * width + taken;
      if (time + rest < this.#arrive[cell]) {
        this.#arrive[cell] = time + rest;
        this.#from[cell] = k;
      }
      if (taken === breaks.length) return;
      const pause = breaks[taken];
      if (pause.loadMax && !this.#light(i, pause.loadMax)) return;
      const start = opensAt(pause.windows, time);
      if (start >= FAR) return;
      rest -= Math.min(rest, start - time);
      time = start + pause.serviceS;
    }
  }

  /** Raises the bounds of pickups and of the start where a ride or the whole takes too long. @returns whether any was raised */
  #pushed(vehicle: number): boolean {
    const { partner, rideMax, durationMax, service } = this.#kernel;
    let raised = false;
    for (let i = 1; i <= this.length; i++) {
      const task = this.tasks[i - 1];
      if (rideMax[task] === Infinity) continue;
      for (let j = i + 1; j <= this.length; j++) {
        if (this.tasks[j - 1] !== partner[task]) continue;
        const least = this.#start[j] - rideMax[task] - service[task] - this.#setup(vehicle, i);
        if (this.#start[i] < least) {
          this.#bound[i] = least;
          raised = true;
        }
      }
    }
    const least = this.#start[this.length + 1] - durationMax[vehicle];
    if (this.#start[0] < least) {
      this.#bound[0] = least;
      raised = true;
    }
    return raised;
  }

  /** Latest times for the end as found, breaks where they are. @returns begins of the breaks */
  #backward(vehicle: number, end: number, upper: Int32Array): number[] {
    const { service } = this.#kernel;
    const breaks = this.#breaks[vehicle];
    const starts = new Array<number>(breaks.length);
    this.#start[this.length + 1] = end;
    for (let i = this.length; i >= 0; i--) {
      let time = this.#start[i + 1];
      let rest = this.#drive(vehicle, i);
      for (let k = this.#taken[i + 1] - 1; k >= this.#taken[i]; k--) {
        starts[k] = closesAt(breaks[k].windows, time - breaks[k].serviceS);
        rest -= Math.min(rest, time - starts[k] - breaks[k].serviceS);
        time = starts[k];
      }
      time -= rest;
      if (i === 0) this.#start[0] = Math.min(time, upper[0]);
      else {
        const task = this.tasks[i - 1];
        this.#start[i] = this.#closes(task, Math.min(time - service[task] - this.#setup(vehicle, i), upper[i]));
      }
    }
    return starts;
  }

  /** Lowers the bounds of deliveries whose rides became too long by waiting for what comes after. */
  #pulled(vehicle: number, upper: Int32Array): boolean {
    const { partner, rideMax, service } = this.#kernel;
    let lowered = false;
    for (let i = 1; i <= this.length; i++) {
      const task = this.tasks[i - 1];
      if (rideMax[task] === Infinity) continue;
      for (let j = i + 1; j <= this.length; j++) {
        if (this.tasks[j - 1] !== partner[task]) continue;
        const bound = this.#start[i] + this.#setup(vehicle, i) + service[task] + rideMax[task];
        if (this.#start[j] > bound) {
          upper[j] = bound;
          lowered = true;
        }
      }
    }
    return lowered;
  }

  #listed(vehicle: number, breakStarts: readonly number[]): TourEvent[] {
    const { service } = this.#kernel;
    const breaks = this.#breaks[vehicle];
    const nothing = { waitS: 0, setupS: 0, serviceS: 0 };
    const events: TourEvent[] = [{ kind: "start", index: 0, arriveS: this.#start[0], ...nothing, driveS: 0 }];
    let driven = 0;
    let time = this.#start[0];
    for (let i = 0; i <= this.length; i++) {
      let rest = this.#drive(vehicle, i);
      for (let k = this.#taken[i]; k < this.#taken[i + 1]; k++) {
        const drive = Math.min(rest, breakStarts[k] - time);
        rest -= drive;
        driven += drive;
        const arriveS = time + drive;
        const { serviceS } = breaks[k];
        events.push({
          kind: "break",
          index: k,
          arriveS,
          waitS: breakStarts[k] - arriveS,
          setupS: 0,
          serviceS,
          driveS: driven,
        });
        time = breakStarts[k] + serviceS;
      }
      driven += rest;
      const arriveS = time + rest;
      if (i === this.length) {
        events.push({ kind: "end", index: 0, arriveS, ...nothing, driveS: driven });
        break;
      }
      const task = this.tasks[i];
      const setupS = this.#setup(vehicle, i + 1);
      const start = this.#start[i + 1];
      events.push({
        kind: "task",
        index: task,
        arriveS,
        waitS: start - arriveS,
        setupS,
        serviceS: service[task],
        driveS: driven,
      });
      time = start + setupS + service[task];
    }
    return events;
  }

  #opens(task: number, time: number): number {
    const { windowFrom, windows } = this.#kernel;
    for (let w = windowFrom[task]; w < windowFrom[task + 1]; w++)
      if (time <= windows[2 * w + 1]) return Math.max(time, windows[2 * w]);
    return FAR;
  }

  #closes(task: number, time: number): number {
    const { windowFrom, windows } = this.#kernel;
    for (let w = windowFrom[task + 1] - 1; w >= windowFrom[task]; w--)
      if (time >= windows[2 * w]) return Math.min(time, windows[2 * w + 1]);
    return time;
  }

  #needsLoads(vehicle: number): boolean {
    return this.#breaks[vehicle].some(({ loadMax }) => loadMax !== undefined);
  }

  /** Load after each call; row 0 is the load at the start. */
  #loads(): void {
    const { dims, delivery, pickup, change } = this.#kernel;
    for (let d = 0; d < dims; d++) {
      let load = 0;
      for (let i = 0; i < this.length; i++) load += delivery[this.tasks[i] * dims + d];
      this.#load[d] = load;
      for (let i = 0; i < this.length; i++) {
        const at = this.tasks[i] * dims + d;
        load += pickup[at] - delivery[at] + change[at];
        this.#load[(i + 1) * dims + d] = load;
      }
    }
  }

  #light(i: number, loadMax: readonly number[]): boolean {
    const { dims } = this.#kernel;
    for (let d = 0; d < dims; d++) if (this.#load[i * dims + d] > (loadMax[d] ?? FAR)) return false;
    return true;
  }
}

/** First moment from `time` on that lies in a window; FAR where none does. */
function opensAt(windows: readonly Window[], time: number): number {
  if (windows.length === 0) return time;
  for (const [open, close] of windows) if (time <= close) return Math.max(open, time);
  return FAR;
}

/** Last moment up to `time` that lies in a window. */
function closesAt(windows: readonly Window[], time: number): number {
  for (let w = windows.length - 1; w >= 0; w--) if (time >= windows[w][0]) return Math.min(time, windows[w][1]);
  return time;
}
