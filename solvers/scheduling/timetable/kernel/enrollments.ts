import type { Random } from "@trivium/engine";
import type { State } from "./state.ts";

/**
 * Which classes each request's student attends: one of every subpart of one configuration, with their parents. Requests move one by one into classes
 * with seats, or two students of a course change places; the state keeps the penalty of their conflicts.
 */
export class Enrollments {
  readonly state: State;
  /** Classes of request q: stride · q …, −1 behind the last. */
  readonly chosen: Int32Array;
  /** Seats taken. */
  readonly taken: Int32Array;
  /** What a move would take instead, as `draw` leaves it. */
  readonly drawn: Int32Array;
  /** Requests whose student has a choice. */
  readonly free: Int32Array;
  readonly #attending: Int32Array[];
  readonly #attendingAt: Int32Array;
  readonly #forced: Int32Array;

  constructor(state: State) {
    const { sectioning: of, classes } = state.kernel;
    this.state = state;
    this.chosen = new Int32Array(of.requestCourse.length * of.stride).fill(-1);
    this.taken = new Int32Array(classes);
    this.drawn = new Int32Array(of.stride).fill(-1);
    this.free = Int32Array.from(
      [...of.requestCourse.keys()].filter(
        (q) => of.choiceFrom[of.requestCourse[q]] < of.choiceFrom[of.requestCourse[q] + 1],
      ),
    );
    this.#attending = Array.from({ length: classes }, () => new Int32Array(4));
    this.#attendingAt = new Int32Array(this.chosen.length);
    this.#forced = new Int32Array(of.stride).fill(-1);
  }

  attends(q: number, c: number): boolean {
    const { sectioning: of } = this.state.kernel;
    return this.chosen[q * of.stride + of.subpartOf[c]] === c;
  }

  /** A request whose student attends class c, or −1. */
  someone(c: number, random: Random): number {
    const { stride } = this.state.kernel.sectioning;
    return this.taken[c] === 0 ? -1 : Math.floor(this.#attending[c][random.below(this.taken[c])] / stride);
  }

  /**
   * Draws classes for request q that contain class c, its own kept wherever they go with it.
   *
   * @param emptiest takes the class with most seats left where there is a choice, else any
   * @returns false where c goes with no class of some subpart
   */
  draw(q: number, c: number, random: Random, emptiest: boolean): boolean {
    const { sectioning: of } = this.state.kernel;
    const { drawn, chosen } = this;
    const config = of.configOf[c];
    const forced = this.#forced.fill(-1);
    for (let each = c; each >= 0; each = of.parent[each]) forced[of.subpartOf[each]] = each;
    const [from, to] = [of.subpartFrom[config], of.subpartFrom[config + 1]];
    drawn.fill(-1);
    for (let subpart = from; subpart < to; subpart++) {
      const place = subpart - from;
      const current = chosen[q * of.stride + place];
      if (forced[place] >= 0) drawn[place] = forced[place];
      else if (current >= 0 && of.configOf[current] === config && this.#goes(current, emptiest)) drawn[place] = current;
      else drawn[place] = this.#pick(subpart, random, emptiest);
      if (drawn[place] < 0 || !this.#goes(drawn[place], false)) return false;
    }
    return true;
  }

  /** Whether the parent of a class is among the drawn. */
  #goes(c: number, needsSeat: boolean): boolean {
    const { sectioning: of } = this.state.kernel;
    const parent = of.parent[c];
    return (parent < 0 || this.drawn[of.subpartOf[parent]] === parent) && !(needsSeat && this.taken[c] > of.limit[c]);
  }

  #pick(subpart: number, random: Random, emptiest: boolean): number {
    const { sectioning: of } = this.state.kernel;
    let best = -1;
    let bestRank = -Infinity;
    for (let i = of.classFrom[subpart]; i < of.classFrom[subpart + 1]; i++) {
      const c = of.class[i];
      if (!this.#goes(c, false)) continue;
      const rank = emptiest ? of.limit[c] - this.taken[c] + random.unit() : random.unit();
      if (rank > bestRank) [best, bestRank] = [c, rank];
    }
    return best;
  }

  /** Seats that request q would lack in what is drawn. */
  lacking(q: number): number {
    const { sectioning: of } = this.state.kernel;
    let lacking = 0;
    for (let i = 0; i < of.stride && this.drawn[i] >= 0; i++)
      if (!this.attends(q, this.drawn[i]) && this.taken[this.drawn[i]] >= of.limit[this.drawn[i]]) lacking++;
    return lacking;
  }

  /** By how much the student's conflicts change when request q takes `classes` from `offset` on, in conflicts. */
  change(q: number, classes: Int32Array, offset: number): number {
    return (
      this.#conflicts(q, classes, offset) - this.#conflicts(q, this.chosen, q * this.state.kernel.sectioning.stride)
    );
  }

  #conflicts(q: number, classes: Int32Array, offset: number): number {
    const { state, chosen } = this;
    const { sectioning: of } = state.kernel;
    const student = of.requestStudent[q];
    const own = q * of.stride;
    const [from, to] = [of.requestFrom[student] * of.stride, of.requestFrom[student + 1] * of.stride];
    let conflicts = 0;
    for (let i = 0; i < of.stride; i++) {
      const c = classes[offset + i];
      if (c < 0) break;
      if (state.time[c] < 0) continue;
      for (let k = from; k < to; k++) {
        if (k === own) k += of.stride;
        if (k >= to) break;
        const other = chosen[k];
        if (other >= 0 && state.time[other] >= 0 && state.clash(c, other)) conflicts++;
      }
      for (let k = i + 1; k < of.stride && classes[offset + k] >= 0; k++) {
        const other = classes[offset + k];
        if (state.time[other] >= 0 && state.clash(c, other)) conflicts++;
      }
    }
    return conflicts;
  }

  /** Request q takes `classes` from `offset` on. */
  take(q: number, classes: Int32Array, offset: number): void {
    const { stride } = this.state.kernel.sectioning;
    for (let i = 0; i < stride; i++) {
      const [before, after] = [this.chosen[q * stride + i], classes[offset + i]];
      if (before === after) continue;
      if (before >= 0) this.#leave(q, i, before);
      if (after >= 0) this.#enter(q, i, after);
    }
  }

  #enter(q: number, place: number, c: number): void {
    const entry = q * this.state.kernel.sectioning.stride + place;
    this.#shareAll(q, c, 1);
    this.chosen[entry] = c;
    const at = this.taken[c]++;
    if (at === this.#attending[c].length) {
      const larger = new Int32Array(at * 2);
      larger.set(this.#attending[c]);
      this.#attending[c] = larger;
    }
    this.#attending[c][at] = entry;
    this.#attendingAt[entry] = at;
  }

  #leave(q: number, place: number, c: number): void {
    const entry = q * this.state.kernel.sectioning.stride + place;
    this.chosen[entry] = -1;
    this.#shareAll(q, c, -1);
    const last = this.#attending[c][--this.taken[c]];
    this.#attending[c][this.#attendingAt[entry]] = last;
    this.#attendingAt[last] = this.#attendingAt[entry];
  }

  #shareAll(q: number, c: number, change: number): void {
    const { sectioning: of } = this.state.kernel;
    const student = of.requestStudent[q];
    for (let k = of.requestFrom[student] * of.stride, to = of.requestFrom[student + 1] * of.stride; k < to; k++)
      if (this.chosen[k] >= 0) this.state.share(c, this.chosen[k], change);
  }
}
