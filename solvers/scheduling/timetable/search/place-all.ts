import type { Random } from "@trivium/engine";
import { NEVER, type State } from "../kernel/state.ts";
import { clusterOf, clusterValues } from "./place-cluster.ts";

/** Values looked at for a class before one is taken; more than that are sampled. */
const LOOK = 500;
/** Steps after which the class that is hardest to place is placed together with those tied to it. */
const TOGETHER_EVERY = 200;
/** What a class that is in the way weighs against the penalty: feasibility comes first. */
const TIE = 1e-9;

/**
 * Iterative forward search: places one class after the other at the value whose conflicting classes weigh least, takes those out, and lets the weight
 * of a class grow each time it is taken out, so that what is hard to place comes to stand first.
 *
 * @see Müller 2005, Constraint-based timetabling, ch. 3; Nagata & Bräysy 2009 for the counters
 */
export class PlaceAll {
  readonly #state: State;
  readonly #random: Random;
  readonly #pool: Int32Array;
  steps = 0;
  #pooled = 0;
  /** How often each value of each class was taken: what it weighs to take it again. Values of class c: valueFrom[c] … */
  readonly #tried: Int32Array;
  readonly #valueFrom: Int32Array;
  /** Value that each class had when it was last taken out. */
  readonly #lastTime: Int32Array;
  readonly #lastRoom: Int32Array;

  constructor(state: State, random: Random) {
    const { classes } = state.kernel;
    this.#state = state;
    this.#random = random;
    this.#pool = new Int32Array(classes);
    this.#lastTime = new Int32Array(classes).fill(-1);
    this.#lastRoom = new Int32Array(classes).fill(-1);
    const { timeFrom, roomFrom } = state.kernel;
    this.#valueFrom = new Int32Array(classes + 1);
    for (let c = 0; c < classes; c++)
      this.#valueFrom[c + 1] = this.#valueFrom[c] + (timeFrom[c + 1] - timeFrom[c]) * (roomFrom[c + 1] - roomFrom[c]);
    this.#tried = new Int32Array(this.#valueFrom[classes]);
    for (let c = 0; c < classes; c++) if (!this.#placeOnly(c) && state.time[c] < 0) this.#pool[this.#pooled++] = c;
    this.#orderBySize();
  }

  get done(): boolean {
    return this.#pooled === 0;
  }

  /** A class without a choice is where it must be, and stays. */
  #placeOnly(c: number): boolean {
    const { timeFrom, timeOf, timeCost, roomFrom, roomOf, roomCost } = this.#state.kernel;
    const [t, r] = [timeFrom[c], roomFrom[c]];
    if (timeFrom[c + 1] - t !== 1 || roomFrom[c + 1] - r !== 1) return false;
    if (this.#state.time[c] < 0) this.#state.place(c, timeOf[t], timeCost[t], roomOf[r], roomCost[r]);
    this.#state.locked[c] = 1;
    return true;
  }

  /** Those with fewest values last, which is where the first is taken from. */
  #orderBySize(): void {
    const { timeFrom, roomFrom, links } = this.#state.kernel;
    const rank = (c: number) =>
      ((timeFrom[c + 1] - timeFrom[c]) * (roomFrom[c + 1] - roomFrom[c])) / (1 + links.hardTo[c] - links.from[c]);
    this.#pool.subarray(0, this.#pooled).sort((a, b) => rank(b) - rank(a));
  }

  /** Places one class. */
  step(): void {
    if (++this.steps % TOGETHER_EVERY === 0 && this.#placeTogether()) return;
    const state = this.#state;
    const { kernel, found } = state;
    const at = this.#random.unit() < 0.5 ? this.#pooled - 1 : this.#random.below(this.#pooled);
    const c = this.#pool[at];
    this.#pool[at] = this.#pool[--this.#pooled];
    const [times, rooms] = [kernel.timeFrom[c + 1] - kernel.timeFrom[c], kernel.roomFrom[c + 1] - kernel.roomFrom[c]];
    const values = times * rooms;
    const looks = Math.min(values, LOOK);
    const first = this.#random.below(values);
    const stride = values <= LOOK ? 1 : coprimeStride(values, this.#random);
    let best = -1;
    let bestRank = NEVER;
    for (let i = 0, value = first; i < looks; i++, value = (value + stride) % values) {
      const t = kernel.timeFrom[c] + (value % times);
      const r = kernel.roomFrom[c] + Math.floor(value / times);
      const [time, room] = [kernel.timeOf[t], kernel.roomOf[r]];
      if (time === this.#lastTime[c] && room === this.#lastRoom[c] && values > 1) continue;
      const tried = this.#tried[this.#valueFrom[c] + value];
      if (tried > bestRank) continue;
      const count = state.conflicts(c, time, room, bestRank - tried, true);
      if (count < 0) continue;
      let rank = tried;
      for (let k = 0; k < count; k++) rank += state.weight[found[k]];
      if (rank > bestRank) continue;
      rank += TIE * state.costAt(c, time, room, kernel.timeCost[t] + kernel.roomCost[r], NEVER);
      if (rank < bestRank) [best, bestRank] = [value, rank];
    }
    if (best < 0) {
      this.#lastTime[c] = -1;
      this.#pool[this.#pooled++] = c;
      this.#unlockAround(c);
      return;
    }
    this.#tried[this.#valueFrom[c] + best]++;
    const t = kernel.timeFrom[c] + (best % times);
    const r = kernel.roomFrom[c] + Math.floor(best / times);
    const count = state.conflicts(c, kernel.timeOf[t], kernel.roomOf[r], NEVER, true);
    for (let k = 0; k < count; k++) this.#takeOut(found[k]);
    state.place(c, kernel.timeOf[t], kernel.timeCost[t], kernel.roomOf[r], kernel.roomCost[r]);
  }

  /** Places the class of most weight with those that hard constraints tie to it. @returns whether it could */
  #placeTogether(): boolean {
    const state = this.#state;
    const { kernel, found } = state;
    let at = 0;
    for (let i = 1; i < this.#pooled; i++) if (state.weight[this.#pool[i]] > state.weight[this.#pool[at]]) at = i;
    const cluster = clusterOf(state, this.#pool[at]);
    if (cluster.length === 1) return false;
    for (const c of cluster) if (state.time[c] >= 0) this.#takeOut(c);
    const values = clusterValues(state, cluster, this.#random);
    if (!values) return false;
    values.forEach(({ t, r }, i) => {
      const c = cluster[i];
      const count = state.conflicts(c, kernel.timeOf[t], kernel.roomOf[r], NEVER, true);
      for (let k = 0; k < count; k++) this.#takeOut(found[k]);
      state.place(c, kernel.timeOf[t], kernel.timeCost[t], kernel.roomOf[r], kernel.roomCost[r]);
      const pooled = this.#pool.indexOf(c);
      this.#pool[pooled] = this.#pool[--this.#pooled];
    });
    return true;
  }

  #takeOut(c: number): void {
    const state = this.#state;
    state.weight[c]++;
    this.#lastTime[c] = state.time[c];
    this.#lastRoom[c] = state.room[c];
    state.remove(c);
    this.#pool[this.#pooled++] = c;
  }

  /** Nothing was open for a class: some of those around it make way. */
  #unlockAround(c: number): void {
    const state = this.#state;
    const { links } = state.kernel;
    for (let e = links.from[c]; e < links.hardTo[c]; e++) {
      const other = links.other[e];
      if (state.time[other] >= 0 && state.locked[other] === 0 && this.#random.unit() < 0.2) this.#takeOut(other);
    }
  }
}

/** A step that visits every value once. */
function coprimeStride(values: number, random: Random): number {
  for (;;) {
    const stride = 1 + random.below(values - 1);
    let [a, b] = [values, stride];
    while (b > 0) [a, b] = [b, a % b];
    if (a === 1) return stride;
  }
}
