import { bitCount } from "../constraints/atoms.ts";
import { bondHolds } from "../constraints/bonds.ts";
import { hasDayRule, hasFreeSlots, hasLunch } from "../constraints/day.ts";
import { ALTERNATE } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { MOST_OPTIONS, MOST_REQUESTS, type OptionTable } from "./option-table.ts";

const EPSILON = 1e-6;

/**
 * The best choice out of one student's options: an exact depth-first search over bit masks.
 *
 *   maximize  Σ worth(option taken)  +  complete · [every request met or replaced]
 *   subject to  no common bit, bonds between requests, lunch, free slots, an alternate only for an unmet request
 *
 * The request with the fewest options left goes first; a branch ends when all that is left can't beat the best found.
 * A kernel: buffers are allocated once, and it is longer than other files for that.
 */
export class StudentSearch {
  /** Option taken at each depth in the best found, −1 none. */
  readonly best = new Int32Array(MOST_REQUESTS);
  bestValue = 0;
  /** Whether the search ended before its limit of nodes: what it found is proven best. */
  proven = true;

  readonly #schedule: Schedule;
  readonly #table: OptionTable;
  readonly #words: number;
  readonly #taken: Int32Array;
  /** Bits that open requests could take: one of them, several of them (or a lunch wave), the last one looked at. */
  readonly #once: Int32Array;
  readonly #twice: Int32Array;
  readonly #reach: Int32Array;
  readonly #shared: Int32Array;
  readonly #tried = new Int32Array(MOST_REQUESTS);
  readonly #depthOf: Int32Array;
  #missed = 0;
  #dayRule = false;
  #bonded = false;
  #exchangeable = true;
  #potential = 0;
  #firstWorth = 0;
  #nodes = 0;
  #nodesMax = 0;

  constructor(schedule: Schedule, table: OptionTable) {
    this.#schedule = schedule;
    this.#table = table;
    this.#words = table.words;
    this.#taken = new Int32Array((MOST_REQUESTS + 1) * this.#words);
    this.#once = new Int32Array(this.#words);
    this.#twice = new Int32Array(this.#words);
    this.#reach = new Int32Array(this.#words);
    this.#shared = new Int32Array(this.#words);
    this.#depthOf = new Int32Array(schedule.school.requests.count).fill(-1);
  }

  /**
   * @param atLeast choices worth less are not looked for: the search is quicker the more is asked
   * @param nodesMax where it gives up and answers with the best so far
   * @returns whether there is such a choice; it stands in `best` and `bestValue`
   */
  run(atLeast: number, nodesMax: number): boolean {
    const words = this.#words;
    const { school } = this.#schedule;
    const { student, depths, request, bonded, hopeless } = this.#table;
    this.#dayRule = hasDayRule(school, student);
    this.#bonded = bonded[student] === 1;
    this.#exchangeable = !this.#bonded && school.students.freeSlots[student] === 0;
    for (let w = 0; w < words; w++) {
      this.#taken[w] = 0;
      this.#shared[w] = 0;
      for (let wave = 0; this.#dayRule && wave * words < school.waveBits.length; wave++)
        this.#shared[w] |= school.waveBits[wave * words + w];
    }
    this.best.fill(-1, 0, depths);
    this.#tried.fill(-1, 0, depths);
    if (this.#bonded) for (let d = 0; d < depths; d++) this.#depthOf[request[d]] = d;
    this.#missed = hopeless;
    const enough = atLeast - 2 * EPSILON;
    this.bestValue = enough;
    this.#nodes = 0;
    this.#nodesMax = nodesMax;
    this.#descend(0, 0, 0);
    if (this.#bonded) for (let d = 0; d < depths; d++) this.#depthOf[request[d]] = -1;
    this.proven = this.#nodes <= nodesMax;
    return this.bestValue > enough;
  }

  /**
   * @param level row of `taken` that holds what is taken so far
   * @param step `left[step]` … are still open
   */
  #descend(level: number, step: number, value: number): void {
    if (++this.#nodes > this.#nodesMax) return;
    const { mains, depths } = this.#table;
    const lost = step < mains ? this.#look(level, step) : 0;
    const open = step + lost;
    this.#missed += lost;
    const potential = open < mains ? this.#potential : 0;
    if (value + potential + this.#hope(level, open) > this.bestValue + EPSILON) {
      if (open === depths) this.#keep(value);
      else this.#branch(level, open, value);
    }
    this.#missed -= lost;
  }

  /** Most that alternates still free and a complete schedule can add, by what is missed so far. */
  #hope(level: number, step: number): number {
    const complete = this.#schedule.school.weights.complete;
    if (this.#missed === 0) return complete;
    const { mains, depths, left, worth } = this.#table;
    if (depths === mains) return 0;
    let sum = 0;
    let still = this.#missed;
    for (let i = Math.max(step, mains); i < depths && still > 0; i++) {
      const depth = left[i];
      if (!this.#anyFree(depth, level * this.#words)) continue;
      sum += Math.max(0, worth[depth * MOST_OPTIONS]);
      still--;
    }
    return still === 0 ? sum + complete : sum;
  }

  #anyFree(depth: number, base: number): boolean {
    const words = this.#words;
    const { bits, options } = this.#table;
    for (let i = 0; i < options[depth]; i++) {
      let clash = 0;
      for (let w = 0; w < words; w++) clash |= this.#taken[base + w] & bits[(depth * MOST_OPTIONS + i) * words + w];
      if (clash === 0) return true;
    }
    return false;
  }

  #keep(value: number): void {
    const whole = value + (this.#missed === 0 ? this.#schedule.school.weights.complete : 0);
    if (whole <= this.bestValue + EPSILON) return;
    this.bestValue = whole;
    for (let d = 0; d < this.#table.depths; d++) this.best[d] = this.#tried[d];
  }

  /**
   * Looks at the open requests: those that nothing is left for go to the front of `left`, the one with the fewest options after them.
   * Fills `potential` with what they can still add, and `twice` with the bits that several of them could take.
   * @returns how many have nothing left
   */
  #look(level: number, step: number): number {
    const { left, mains, request, leastBits } = this.#table;
    const { value } = this.#schedule.school.requests;
    const words = this.#words;
    const base = level * words;
    let lost = 0;
    let fewest = MOST_OPTIONS + 1;
    let pick = -1;
    let potential = 0;
    let need = 0;
    let largest = 1;
    let leastWorth = Number.POSITIVE_INFINITY;
    for (let w = 0; w < words; w++) {
      this.#once[w] = 0;
      this.#twice[w] = this.#shared[w];
    }
    for (let i = step; i < mains; i++) {
      const depth = left[i];
      const count = words === 1 ? this.#unionOfOne(depth, this.#taken[base]) : this.#union(depth, base);
      if (count === 0) {
        left[i] = left[step + lost];
        left[step + lost] = depth;
        if (pick === step + lost) pick = i;
        lost++;
        continue;
      }
      const first = Math.max(0, this.#firstWorth);
      potential += first;
      need += leastBits[depth];
      if (leastBits[depth] > largest) largest = leastBits[depth];
      if (first < leastWorth) leastWorth = first;
      for (let w = 0; w < words; w++) {
        this.#twice[w] |= this.#once[w] & this.#reach[w];
        this.#once[w] |= this.#reach[w];
      }
      if (count < fewest || (count === fewest && value[request[depth]] > value[request[left[pick]]])) {
        fewest = count;
        pick = i;
      }
    }
    if (pick >= 0) {
      const chosen = left[pick];
      left[pick] = left[step + lost];
      left[step + lost] = chosen;
    }
    let free = 0;
    for (let w = 0; w < words; w++) free += bitCount(this.#once[w]);
    // What does not fit into the bits that are left is lost, whoever it is.
    this.#potential = need > free ? potential - Math.ceil((need - free) / largest) * leastWorth : potential;
    return lost;
  }

  /** Options of a request that are still free; their union goes to `reach`, the first one's worth to `firstWorth`. */
  #union(depth: number, base: number): number {
    const { options, bits, worth } = this.#table;
    const words = this.#words;
    let count = 0;
    for (let w = 0; w < words; w++) this.#reach[w] = 0;
    for (let i = 0; i < options[depth]; i++) {
      const at = (depth * MOST_OPTIONS + i) * words;
      let clash = 0;
      for (let w = 0; w < words; w++) clash |= this.#taken[base + w] & bits[at + w];
      if (clash !== 0) continue;
      if (count++ === 0) this.#firstWorth = worth[depth * MOST_OPTIONS + i];
      for (let w = 0; w < words; w++) this.#reach[w] |= bits[at + w];
    }
    return count;
  }

  /** The same where one word holds all bits. */
  #unionOfOne(depth: number, taken: number): number {
    const { options, bits, worth } = this.#table;
    const first = depth * MOST_OPTIONS;
    const last = first + options[depth];
    let count = 0;
    let reach = 0;
    for (let at = first; at < last; at++) {
      const own = bits[at];
      if ((taken & own) !== 0) continue;
      if (count++ === 0) this.#firstWorth = worth[at];
      reach |= own;
    }
    this.#reach[0] = reach;
    return count;
  }

  /** An option that takes no bit which anything else open could use, and is worth as much as any: it needs no alternative. −1 none. */
  #safeOption(depth: number, base: number): number {
    if (!this.#exchangeable) return -1;
    const { options, bits, worth, depths, mains } = this.#table;
    const words = this.#words;
    let top = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < options[depth]; i++) {
      const option = depth * MOST_OPTIONS + i;
      let clash = 0;
      let wanted = 0;
      for (let w = 0; w < words; w++) {
        const own = bits[option * words + w];
        clash |= this.#taken[base + w] & own;
        wanted |= this.#twice[w] & own;
      }
      if (clash !== 0) continue;
      if (top === Number.NEGATIVE_INFINITY) top = worth[option];
      if (worth[option] < 0 || worth[option] < top - EPSILON) return -1;
      if (wanted === 0 && depths === mains) return i;
    }
    return -1;
  }

  #branch(level: number, step: number, value: number): void {
    const { left, mains, options } = this.#table;
    const depth = left[step];
    const words = this.#words;
    const isMain = step < mains;
    if (isMain) {
      const safe = this.#safeOption(depth, level * words);
      if (safe >= 0) {
        this.#take(level, step, depth, safe, value);
        return;
      }
    }
    if (isMain || this.#wanted(depth)) {
      if (!isMain) this.#missed--;
      for (let i = 0; i < options[depth]; i++) {
        this.#take(level, step, depth, i, value);
        // The permutation below may have changed, the set has not: this request stays at `step`.
        if (this.#nodes > this.#nodesMax) break;
      }
      if (!isMain) this.#missed++;
    }
    if (isMain) this.#missed++;
    for (let w = 0; w < words; w++) this.#taken[(level + 1) * words + w] = this.#taken[level * words + w];
    this.#descend(level + 1, step + 1, value);
    if (isMain) this.#missed--;
  }

  #take(level: number, step: number, depth: number, i: number, value: number): void {
    const { bits, section, worth } = this.#table;
    const words = this.#words;
    const taken = this.#taken;
    const option = depth * MOST_OPTIONS + i;
    let clash = 0;
    for (let w = 0; w < words; w++) {
      const own = bits[option * words + w];
      clash |= taken[level * words + w] & own;
      taken[(level + 1) * words + w] = taken[level * words + w] | own;
    }
    if (clash !== 0) return;
    if (this.#dayRule && !this.#dayHolds((level + 1) * words)) return;
    if (this.#bonded && !this.#bondsHold(depth, section[option])) return;
    this.#tried[depth] = i;
    this.#descend(level + 1, step + 1, value + worth[option]);
    this.#tried[depth] = -1;
  }

  #dayHolds(at: number): boolean {
    const { school } = this.#schedule;
    const { student } = this.#table;
    return hasLunch(school, student, this.#taken, at) && hasFreeSlots(school, student, this.#taken, at);
  }

  /** An alternate may be used while a request that it can replace is unmet and not replaced yet. */
  #wanted(depth: number): boolean {
    if (this.#missed <= 0) return false;
    const { alternateFor, kind } = this.#schedule.school.requests;
    const { request, depths } = this.#table;
    const target = alternateFor[request[depth]];
    if (target === -2) return false;
    if (target === -1) return true;
    for (let d = 0; d < depths; d++) {
      const other = request[d];
      if (other === target && this.#tried[d] >= 0) return false;
      if (d !== depth && alternateFor[other] === target && kind[other] === ALTERNATE && this.#tried[d] >= 0)
        return false;
    }
    return true;
  }

  #bondsHold(depth: number, section: number): boolean {
    const { start, items } = this.#schedule.school.links.requests;
    const table = this.#table;
    const q = table.request[depth];
    for (let i = start[q]; i < start[q + 1]; i += 3) {
      const partner = this.#depthOf[items[i]];
      if (partner < 0 || this.#tried[partner] < 0) continue;
      const there = table.section[partner * MOST_OPTIONS + this.#tried[partner]];
      if (!bondHolds(this.#schedule, items[i + 1], items[i + 2], section, there)) return false;
    }
    return true;
  }
}
