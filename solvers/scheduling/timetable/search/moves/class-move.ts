import type { Random } from "@trivium/engine";
import { NEVER, type State } from "../../kernel/state.ts";

/** Classes that may be in the way of one move. */
const CONFLICTS = 3;
/** Classes that one chain of moves may touch. */
const LONGEST = 7;
/** Share of moves with a class in the way that are followed up. */
const FOLLOWED = 0.25;
/** Share of moves that take along classes with which a constraint that has a price would break. */
const DRAGGING = 0.1;
/** Times and rooms looked at first: the class's own, the leader's new and old ones. */
const KNOWN = 3;
/** Times, and rooms at each, that a class in the way looks at. */
const TIMES_TRIED = 16;
const ROOMS_TRIED = 3;

/**
 * One class to another time, another room, or both. Classes in the way are taken out and placed anew, which may drive out others, up to a length:
 * so two classes change places, a set that must keep the same time or room goes together, and chains of rooms shift. Taken only where the whole
 * change of the penalty is within the threshold; what is placed is never illegal.
 */
export class ClassMove {
  readonly #state: State;
  readonly #random: Random;
  readonly #pool: Int32Array;
  #pooled = 0;
  /** Classes that a chain has moved, with where they were. */
  readonly #moved: Int32Array;
  readonly #oldTime: Int32Array;
  readonly #oldTimeCost: Int32Array;
  readonly #oldRoom: Int32Array;
  readonly #oldRoomCost: Int32Array;
  #touched = 0;
  /** Place among the moved of the class that began the chain. */
  #leader = 0;

  constructor(state: State, random: Random) {
    const { classes } = state.kernel;
    this.#state = state;
    this.#random = random;
    this.#pool = new Int32Array(classes);
    this.#moved = new Int32Array(classes);
    this.#oldTime = new Int32Array(classes);
    this.#oldTimeCost = new Int32Array(classes);
    this.#oldRoom = new Int32Array(classes);
    this.#oldRoomCost = new Int32Array(classes);
  }

  /** @returns whether the timetable changed. @param threshold how much the penalty may grow */
  try(threshold: number): boolean {
    const state = this.#state;
    const random = this.#random;
    const { movable, timeFrom, timeOf, timeCost, roomFrom, roomOf, roomCost } = state.kernel;
    const c = movable[random.below(movable.length)];
    const [times, rooms] = [timeFrom[c + 1] - timeFrom[c], roomFrom[c + 1] - roomFrom[c]];
    const how = random.unit();
    let [time, cost] = [state.time[c], state.timeCost[c]];
    let [room, roomPenalty] = [state.room[c], state.roomCost[c]];
    if (rooms === 1 || (times > 1 && how < 0.7)) {
      const t = timeFrom[c] + random.below(times);
      [time, cost] = [timeOf[t], timeCost[t]];
    }
    if (times === 1 || (rooms > 1 && how > 0.35)) {
      const r = roomFrom[c] + random.below(rooms);
      [room, roomPenalty] = [roomOf[r], roomCost[r]];
    }
    if (time === state.time[c] && room === state.room[c]) return false;
    const inTheWay = state.conflicts(c, time, room, CONFLICTS, false);
    if (inTheWay < 0) return false;
    const along = random.unit() < DRAGGING;
    const count = along ? state.dragged(c, time, room, inTheWay, inTheWay + CONFLICTS) : inTheWay;
    if (count > 0)
      return (along || random.unit() < FOLLOWED) && this.#chain(c, time, cost, room, roomPenalty, count, threshold);
    const before = state.costAt(c, state.time[c], state.room[c], state.timeCost[c] + state.roomCost[c], NEVER);
    const after = state.costAt(c, time, room, cost + roomPenalty, before + threshold);
    if (after - before > threshold) return false;
    state.move(c, time, cost, room, roomPenalty, after - before);
    return true;
  }

  #chain(
    c: number,
    time: number,
    timeCost: number,
    room: number,
    roomCost: number,
    count: number,
    threshold: number,
  ): boolean {
    const state = this.#state;
    const limit = state.penalty + threshold;
    this.#touched = 0;
    this.#pooled = 0;
    for (let k = 0; k < count; k++) this.#pool[this.#pooled++] = state.found[k];
    for (let k = 0; k < count; k++) this.#takeOut(this.#pool[k]);
    this.#leader = this.#touched;
    this.#takeOut(c);
    state.place(c, time, timeCost, room, roomCost);
    state.locked[c] = 1;
    while (this.#pooled > 0 && state.penalty <= limit) if (!this.#settle(this.#pool[--this.#pooled], limit)) break;
    const done = this.#pooled === 0 && state.penalty <= limit && this.#allPlaced();
    for (let k = 0; k < this.#touched; k++) state.locked[this.#moved[k]] = 0;
    if (!done) this.#undo();
    return done;
  }

  /** Where among the moved a class is that was taken out. */
  #placeOf(c: number): number {
    let at = 0;
    while (this.#moved[at] !== c) at++;
    return at;
  }

  #allPlaced(): boolean {
    for (let k = 0; k < this.#touched; k++) if (this.#state.time[this.#moved[k]] < 0) return false;
    return true;
  }

  /** Takes a class out and keeps where it was. */
  #takeOut(c: number): void {
    const state = this.#state;
    const at = this.#touched++;
    this.#moved[at] = c;
    this.#oldTime[at] = state.time[c];
    this.#oldTimeCost[at] = state.timeCost[c];
    this.#oldRoom[at] = state.room[c];
    this.#oldRoomCost[at] = state.roomCost[c];
    state.remove(c);
  }

  #undo(): void {
    const state = this.#state;
    for (let k = 0; k < this.#touched; k++) if (state.time[this.#moved[k]] >= 0) state.remove(this.#moved[k]);
    for (let k = 0; k < this.#touched; k++)
      state.place(this.#moved[k], this.#oldTime[k], this.#oldTimeCost[k], this.#oldRoom[k], this.#oldRoomCost[k]);
  }

  /** Places a class that was taken out where it costs least, few others driven out. @returns whether there was such a place */
  #settle(c: number, limit: number): boolean {
    const state = this.#state;
    const random = this.#random;
    const { timeFrom, timeOf, timeCost, roomFrom, roomOf, roomCost } = state.kernel;
    const [times, rooms] = [timeFrom[c + 1] - timeFrom[c], roomFrom[c + 1] - roomFrom[c]];
    const spare = Math.min(2, LONGEST - this.#touched - this.#pooled);
    const [timeTries, roomTries] = [Math.min(times, TIMES_TRIED), Math.min(rooms, ROOMS_TRIED)];
    let best = limit - state.penalty;
    let bestTime = -1;
    let bestRoom = -1;
    const firstTime = random.below(times);
    const own = this.#placeOf(c);
    const leader = this.#leader;
    for (let i = -KNOWN; i < timeTries; i++) {
      const t =
        i >= 0
          ? timeFrom[c] + ((firstTime + i) % times)
          : entryOf(
              timeOf,
              timeFrom[c],
              timeFrom[c + 1],
              i === -3 ? this.#oldTime[own] : i === -2 ? state.time[this.#moved[leader]] : this.#oldTime[leader],
            );
      if (t < 0 || timeCost[t] > best) continue;
      const firstRoom = random.below(rooms);
      for (let k = -KNOWN; k < roomTries; k++) {
        const r =
          k >= 0
            ? roomFrom[c] + ((firstRoom + k) % rooms)
            : entryOf(
                roomOf,
                roomFrom[c],
                roomFrom[c + 1],
                k === -3 ? this.#oldRoom[own] : k === -2 ? state.room[this.#moved[leader]] : this.#oldRoom[leader],
              );
        if (r < 0) continue;
        const price = timeCost[t] + roomCost[r];
        if (price > best) continue;
        const count = state.conflicts(c, timeOf[t], roomOf[r], spare, false);
        if (count < 0) continue;
        const cost = state.costAt(c, timeOf[t], roomOf[r], price, best) * (1 + 0.1 * count);
        if (cost > best || (cost === best && bestTime >= 0)) continue;
        best = cost;
        bestTime = t;
        bestRoom = r;
      }
    }
    if (bestTime < 0) return false;
    const count = state.conflicts(c, timeOf[bestTime], roomOf[bestRoom], spare, false);
    const from = this.#pooled;
    for (let k = 0; k < count; k++) this.#pool[this.#pooled++] = state.found[k];
    for (let k = from; k < this.#pooled; k++) this.#takeOut(this.#pool[k]);
    state.place(c, timeOf[bestTime], timeCost[bestTime], roomOf[bestRoom], roomCost[bestRoom]);
    state.locked[c] = 1;
    return true;
  }
}

/** Where a value stands among the candidates of a class, −1 where it is none of them. */
function entryOf(values: Int32Array, from: number, to: number, value: number): number {
  for (let i = from; i < to; i++) if (values[i] === value) return i;
  return -1;
}
