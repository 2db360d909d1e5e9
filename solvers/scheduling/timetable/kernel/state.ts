import { groupOver, looksAtRooms, looksAtTravel, pairBroken, roomsBroken } from "../constraints/index.ts";
import type { Kernel } from "./kernel.ts";
import { createMembers, type Members } from "./members.ts";
import { gapBelow, overlap } from "./times.ts";

/** Where nothing legal is. */
export const NEVER = 1e15;

/**
 * A timetable under way: some classes placed, each student's classes chosen, and the penalty of what is placed. Between placed classes no hard
 * constraint is ever broken: who would break one is taken out first (`conflicts` says which).
 * This is the innermost loop of the search, so it is one file, on flat arrays, and allocates nothing but the growth of neighbour lists.
 */
export class State {
  readonly kernel: Kernel;
  /** Distinct time of each class, −1 while it is not placed. */
  readonly time: Int32Array;
  readonly timeCost: Int32Array;
  readonly room: Int32Array;
  readonly roomCost: Int32Array;
  /** Penalty of all that is placed, students' conflicts between placed classes included. */
  penalty = 0;
  placed = 0;
  /** Classes that may not be taken out are stamped. */
  readonly locked: Uint8Array;
  /** What `conflicts` found. */
  readonly found: Int32Array;
  /** How often each class was taken out for another: what a conflict with it weighs. */
  readonly weight: Float64Array;

  readonly #roomCount: Int32Array;
  readonly #roomMember: Int32Array;
  readonly #roomAt: Int32Array;
  readonly #stride: number;
  readonly #groupOver: Float64Array;
  readonly #members: Members;
  /** Classes that share students with c, and how many. */
  readonly #shareOther: Int32Array[];
  readonly #shareCount: Int32Array[];
  readonly #shares: Int32Array;
  /** Where class b stands among those of a, plus one: a · classes + b; none where there are too many classes for such a table. */
  readonly #shareAt: Int16Array | undefined;
  readonly #marked: Int32Array;
  #mark = 0;

  constructor(kernel: Kernel) {
    const { classes, rooms, groups } = kernel;
    this.kernel = kernel;
    this.time = new Int32Array(classes).fill(-1);
    this.timeCost = new Int32Array(classes);
    this.room = new Int32Array(classes).fill(-1);
    this.roomCost = new Int32Array(classes);
    this.locked = new Uint8Array(classes);
    this.found = new Int32Array(classes);
    this.weight = new Float64Array(classes).fill(1);
    const users = new Int32Array(rooms + 1);
    for (let i = 0; i < kernel.roomOf.length; i++) users[kernel.roomOf[i]]++;
    this.#stride = Math.max(1, ...users.subarray(0, rooms));
    this.#roomCount = new Int32Array(rooms + 1);
    this.#roomMember = new Int32Array(rooms * this.#stride);
    this.#roomAt = new Int32Array(classes);
    this.#groupOver = new Float64Array(groups.count);
    const largest = Math.max(
      0,
      ...Array.from({ length: groups.count }, (_, g) => groups.memberFrom[g + 1] - groups.memberFrom[g]),
    );
    this.#members = createMembers(kernel.times, kernel.instance.nrDays, kernel.instance.nrWeeks, largest);
    this.#shareOther = Array.from({ length: classes }, () => new Int32Array(8));
    this.#shareCount = Array.from({ length: classes }, () => new Int32Array(8));
    this.#shares = new Int32Array(classes);
    this.#shareAt = classes > TABLED ? undefined : new Int16Array(classes * classes);
    this.#marked = new Int32Array(classes);
  }

  /** Adds `change` students (+1 or −1) who attend both classes, and what their conflicts cost. */
  share(a: number, b: number, change: number): void {
    this.#shareOne(a, b, change);
    this.#shareOne(b, a, change);
    if (this.time[a] >= 0 && this.time[b] >= 0 && this.clash(a, b))
      this.penalty += change * this.kernel.sectioning.cost;
  }

  #shareOne(a: number, b: number, change: number): void {
    const others = this.#shareOther[a];
    const counts = this.#shareCount[a];
    const size = this.#shares[a];
    const table = this.#shareAt;
    const row = a * this.time.length;
    let at = 0;
    if (table === undefined) while (at < size && others[at] !== b) at++;
    else at = table[row + b] === 0 ? size : table[row + b] - 1;
    if (at === size) {
      if (table !== undefined) table[row + b] = size + 1;
      if (size === others.length) {
        this.#shareOther[a] = grown(others);
        this.#shareCount[a] = grown(counts);
      }
      this.#shareOther[a][size] = b;
      this.#shareCount[a][size] = change;
      this.#shares[a]++;
      return;
    }
    counts[at] += change;
    if (counts[at] === 0) {
      others[at] = others[size - 1];
      counts[at] = counts[size - 1];
      if (table !== undefined) {
        table[row + others[at]] = at + 1;
        table[row + b] = 0;
      }
      this.#shares[a]--;
    }
  }

  /** Whether a student of two placed classes misses one for the other. */
  clash(a: number, b: number): boolean {
    const { times, travel, rooms } = this.kernel;
    return gapBelow(times, this.time[a], this.time[b], travel[this.room[a] * (rooms + 1) + this.room[b]]);
  }

  /**
   * What a class costs at a time and in a room, beside the placed classes and apart from itself; NEVER once it is over `limit`.
   * Groups count by how they change.
   */
  costAt(c: number, time: number, room: number, own: number, limit: number): number {
    const { times, travel, rooms, links, sectioning, groups } = this.kernel;
    const reach = room * (rooms + 1);
    let cost = own;
    const softTravelTo = links.softTravelTo[c];
    for (let e = links.hardTo[c], to = links.from[c + 1]; e < to; e++) {
      const other = links.other[e];
      const there = this.time[other];
      if (there < 0) continue;
      const broken =
        e < softTravelTo
          ? gapBelow(times, time, there, travel[reach + this.room[other]])
          : this.#broken(e, time, room, there, this.room[other]);
      if (!broken) continue;
      cost += links.cost[e];
      if (cost > limit) return NEVER;
    }
    const others = this.#shareOther[c];
    const counts = this.#shareCount[c];
    for (let i = 0, size = this.#shares[c]; i < size; i++) {
      const other = others[i];
      const there = this.time[other];
      if (there < 0 || !gapBelow(times, time, there, travel[reach + this.room[other]])) continue;
      cost += counts[i] * sectioning.cost;
      if (cost > limit) return NEVER;
    }
    for (let i = groups.ofFrom[c], to = groups.ofFrom[c + 1]; i < to; i++) {
      const g = groups.of[i];
      if (groups.hard[g] === 0)
        cost += this.#groupCost(g, this.#overWith(g, c, time, NONE)) - this.#groupCost(g, this.#groupOver[g]);
    }
    return cost;
  }

  #broken(e: number, time: number, room: number, there: number, otherRoom: number): boolean {
    const { times, travel, rooms, links } = this.kernel;
    const code = links.code[e];
    if (looksAtRooms(code)) return roomsBroken(code, room, otherRoom);
    const parameter = looksAtTravel(code) ? travel[room * (rooms + 1) + otherRoom] : links.parameter[e];
    return links.second[e] === 1
      ? pairBroken(code, times, there, time, parameter)
      : pairBroken(code, times, time, there, parameter);
  }

  #groupCost(g: number, over: number): number {
    const { groups, instance } = this.kernel;
    const total = groups.penalty[g] * over;
    const perWeek = groups.code[g] === MAX_DAYS ? total : Math.floor(total / instance.nrWeeks);
    return perWeek * instance.weights.distribution;
  }

  /** How far a group is over its limit with class c at a time (−1: not placed), without the classes marked `without`. */
  #overWith(g: number, c: number, time: number, without: number): number {
    const { groups } = this.kernel;
    const members = this.#members;
    members.count = 0;
    for (let i = groups.memberFrom[g], to = groups.memberFrom[g + 1]; i < to; i++) {
      const member = groups.member[i];
      if (this.#marked[member] === without && member !== c) continue;
      const at = member === c ? time : this.time[member];
      if (at >= 0) members.time[members.count++] = at;
    }
    return groupOver(groups.code[g], members, groups.first[g], groups.second[g]);
  }

  /**
   * The placed classes that stand in the way of class c at a time in a room, into `found`.
   *
   * @param most weight of them that is worth while; 1 for each class where `weighted` is not set
   * @returns how many; −1 where they weigh more, one of them is locked, or the place cannot be had
   */
  conflicts(c: number, time: number, room: number, most: number, weighted: boolean): number {
    const { kernel, found } = this;
    const { links, times, rooms, groups, travel } = kernel;
    if (kernel.blocked[room * times.count + time] === 1) return -1;
    this.#mark++;
    let count = 0;
    let left = most;
    if (room < rooms) {
      const base = room * this.#stride;
      for (let i = 0, size = this.#roomCount[room]; i < size; i++) {
        const other = this.#roomMember[base + i];
        if (other === c || !overlap(times, time, this.time[other])) continue;
        left -= weighted ? this.weight[other] : 1;
        if (left < 0 || this.locked[other] === 1) return -1;
        this.#marked[other] = this.#mark;
        found[count++] = other;
      }
    }
    const reach = room * (rooms + 1);
    const travelTo = links.hardTravelTo[c];
    for (let e = links.from[c], to = links.hardTo[c]; e < to; e++) {
      const other = links.other[e];
      const there = this.time[other];
      if (there < 0 || this.#marked[other] === this.#mark) continue;
      const broken =
        e < travelTo
          ? gapBelow(times, time, there, travel[reach + this.room[other]])
          : this.#broken(e, time, room, there, this.room[other]);
      if (!broken) continue;
      left -= weighted ? this.weight[other] : 1;
      if (left < 0 || this.locked[other] === 1) return -1;
      this.#marked[other] = this.#mark;
      found[count++] = other;
    }
    for (let i = groups.ofFrom[c], to = groups.ofFrom[c + 1]; i < to; i++) {
      const g = groups.of[i];
      if (groups.hard[g] === 0) continue;
      let over = this.#overWith(g, c, time, this.#mark);
      for (let m = groups.memberFrom[g]; over > 0 && m < groups.memberFrom[g + 1]; m++) {
        const other = groups.member[m];
        if (other === c || this.time[other] < 0 || this.#marked[other] === this.#mark || this.locked[other] === 1)
          continue;
        this.#marked[other] = this.#mark;
        const without = this.#overWith(g, c, time, this.#mark);
        if (without >= over) {
          this.#marked[other] = 0;
          continue;
        }
        over = without;
        left -= weighted ? this.weight[other] : 1;
        if (left < 0) return -1;
        found[count++] = other;
      }
      if (over > 0) return -1;
    }
    return count;
  }

  /**
   * Adds to `found` the placed classes with which class c would come to break a constraint that has a price: they may go along with it.
   *
   * @param count how many `found` holds already
   * @param most how many it may hold
   * @returns how many it holds
   */
  dragged(c: number, time: number, room: number, count: number, most: number): number {
    const { found } = this;
    const { links } = this.kernel;
    for (let e = links.hardTo[c], to = links.from[c + 1]; e < to && count < most; e++) {
      const other = links.other[e];
      const there = this.time[other];
      if (there < 0 || this.locked[other] === 1 || !this.#broken(e, time, room, there, this.room[other])) continue;
      if (this.#broken(e, this.time[c], this.room[c], there, this.room[other])) continue;
      let at = 0;
      while (at < count && found[at] !== other) at++;
      if (at === count) found[count++] = other;
    }
    return count;
  }

  /** Puts a class that is not placed where nothing stands in its way. */
  place(c: number, time: number, timeCost: number, room: number, roomCost: number): void {
    this.penalty += this.costAt(c, time, room, timeCost + roomCost, NEVER);
    this.time[c] = time;
    this.timeCost[c] = timeCost;
    this.room[c] = room;
    this.roomCost[c] = roomCost;
    this.placed++;
    this.#enter(c, room);
    this.#regroup(c);
  }

  remove(c: number): void {
    const { groups } = this.kernel;
    const time = this.time[c];
    const before = this.costAt(c, time, this.room[c], this.timeCost[c] + this.roomCost[c], NEVER);
    this.#leave(c);
    this.time[c] = -1;
    this.placed--;
    this.penalty -= before;
    for (let i = groups.ofFrom[c], to = groups.ofFrom[c + 1]; i < to; i++) {
      const g = groups.of[i];
      if (groups.hard[g] === 0)
        this.penalty += this.#groupCost(g, this.#overWith(g, c, -1, NONE)) - this.#groupCost(g, this.#groupOver[g]);
    }
    this.#regroup(c);
  }

  /** Moves a placed class to where nothing stands in its way; `change` of the penalty is known. */
  move(c: number, time: number, timeCost: number, room: number, roomCost: number, change: number): void {
    if (room !== this.room[c]) {
      this.#leave(c);
      this.#enter(c, room);
    }
    this.time[c] = time;
    this.timeCost[c] = timeCost;
    this.room[c] = room;
    this.roomCost[c] = roomCost;
    this.penalty += change;
    this.#regroup(c);
  }

  #regroup(c: number): void {
    const { groups } = this.kernel;
    for (let i = groups.ofFrom[c], to = groups.ofFrom[c + 1]; i < to; i++)
      this.#groupOver[groups.of[i]] = this.#overWith(groups.of[i], -1, -1, NONE);
  }

  #enter(c: number, room: number): void {
    if (room === this.kernel.rooms) return;
    const at = this.#roomCount[room]++;
    this.#roomMember[room * this.#stride + at] = c;
    this.#roomAt[c] = at;
  }

  #leave(c: number): void {
    const room = this.room[c];
    if (room === this.kernel.rooms) return;
    const base = room * this.#stride;
    const last = this.#roomMember[base + --this.#roomCount[room]];
    this.#roomMember[base + this.#roomAt[c]] = last;
    this.#roomAt[last] = this.#roomAt[c];
  }
}

/** Classes up to which the places of all pairs are kept in a table: 32 MB. */
const TABLED = 4_000;
/** Marks nobody. */
const NONE = -1;
/** Position of MaxDays among the kinds: the only group counted by the term, not by the week. */
const MAX_DAYS = 15;

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
