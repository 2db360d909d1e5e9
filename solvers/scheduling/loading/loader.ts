import { bitCount } from "../constraints/atoms.ts";
import { bondHolds } from "../constraints/bonds.ts";
import { hasDayRule, hasFreeSlots, hasLunch } from "../constraints/day.ts";
import { maySit, type Rules, SEAT_RULES } from "../constraints/rules.ts";
import { ALTERNATE } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";

const MOST_REQUESTS = 64;
const MOST_OPTIONS = 96;
/** Nodes of one student's search: hardly ever reached by a student with a usual number of requests. */
const NODES = 400;
const EPSILON = 1e-6;

/**
 * The best schedule of one student on given section times and seats: an exact depth-first search over bit masks.
 *
 *   maximize  Σ value(request) · met  +  Σ value(alternate) · used  +  complete · [every request met or replaced]
 *   subject to  no common bit, a free seat, the student's own rules, bonds between requests, lunch, free slots
 *
 * The request with the fewest options left goes first; a branch ends when all that is left can't beat the best found.
 * A kernel: buffers are allocated once, and it is longer than other files for that.
 */
export class Loader {
  readonly #schedule: Schedule;
  readonly #rules: Rules;
  readonly #rulesButShare: Rules;
  readonly #words: number;
  /** Per depth: request, number of options; options × (section, value); bits of each option. */
  readonly #request = new Int32Array(MOST_REQUESTS);
  readonly #options = new Int32Array(MOST_REQUESTS);
  readonly #section = new Int32Array(MOST_REQUESTS * MOST_OPTIONS);
  readonly #worth = new Float64Array(MOST_REQUESTS * MOST_OPTIONS);
  readonly #bits: Int32Array;
  readonly #taken: Int32Array;
  /** Depths in the order of the search: decided ones first, then open requests, then alternates. */
  readonly #left = new Int32Array(MOST_REQUESTS);
  /** Bits that open requests could take: one of them, several of them (or a lunch wave), the last one looked at. */
  readonly #once: Int32Array;
  readonly #twice: Int32Array;
  readonly #reach: Int32Array;
  /** Bits of each request's shortest option. */
  readonly #leastBits = new Int32Array(MOST_REQUESTS);
  readonly #shared: Int32Array;
  readonly #best = new Int32Array(MOST_REQUESTS);
  readonly #tried = new Int32Array(MOST_REQUESTS);
  readonly #depthOf: Int32Array;
  readonly #bonded: Uint8Array;
  #student = 0;
  #depths = 0;
  #mains = 0;
  #bestValue = 0;
  #missed = 0;
  #topAlternate = 0;
  #dayRule = false;
  #exchangeable = true;
  #potential = 0;
  #firstWorth = 0;
  #nodes = 0;
  /** Requests without any option: no complete schedule can be. */
  #hopeless = 0;
  /** A section that this search may not use, −1 none. */
  #barred = -1;

  constructor(schedule: Schedule, rules: Rules) {
    const { calendar, students, requests, links } = schedule.school;
    this.#schedule = schedule;
    this.#rules = rules;
    this.#rulesButShare = { ...rules, seat: rules.seat.filter((rule) => rule !== SEAT_RULES.inclusion) };
    this.#words = calendar.bitWords;
    this.#bits = new Int32Array(MOST_REQUESTS * MOST_OPTIONS * this.#words);
    this.#taken = new Int32Array((MOST_REQUESTS + 1) * this.#words);
    this.#once = new Int32Array(this.#words);
    this.#twice = new Int32Array(this.#words);
    this.#reach = new Int32Array(this.#words);
    this.#shared = new Int32Array(this.#words);
    this.#depthOf = new Int32Array(requests.count).fill(-1);
    this.#bonded = Uint8Array.from(students.ids, (_, student) => {
      const first = links.requests.start[students.requestStart[student]];
      const last = links.requests.start[students.requestStart[student + 1]];
      return last > first ? 1 : 0;
    });
  }

  /**
   * Takes the student out of everything and seats them at best.
   * @param atLeast a schedule worth less than this is not looked for: the search is quicker the more is asked
   * @param priceFull what a seat in a full section costs; Infinity (the default) = none can be had.
   *   A finite price leaves sections over their seats: whoever asks takes somebody out, or takes it all back.
   * @returns whether there is such a schedule; if not, the student is left with nothing, for the caller to take back
   */
  reload(student: number, atLeast = 0, priceFull = Number.POSITIVE_INFINITY): boolean {
    const schedule = this.#schedule;
    const { students } = schedule.school;
    const first = students.requestStart[student];
    const last = students.requestStart[student + 1];
    for (let q = first; q < last; q++) schedule.sit(q, -1);
    this.#collect(student, first, Math.min(last, first + MOST_REQUESTS), priceFull);
    if (!this.#search(student, atLeast)) {
      schedule.setValue(student, 0);
      return false;
    }
    for (let d = 0; d < this.#depths; d++) {
      if (this.#best[d] >= 0) schedule.sit(this.#request[d], this.#section[d * MOST_OPTIONS + this.#best[d]]);
    }
    schedule.setValue(student, this.#bestValue);
    return true;
  }

  /** Seats a student better, or leaves them as they are. */
  improve(student: number): boolean {
    const schedule = this.#schedule;
    const mark = schedule.mark();
    const total = schedule.total;
    if (this.reload(student, schedule.value[student] + 10 * EPSILON)) return true;
    schedule.undo(mark, total);
    return false;
  }

  /** As `reload`, but not into that section, and into others only where their share of flagged students holds as they are filled now. */
  reloadWithout(student: number, section: number): void {
    this.#barred = section;
    this.reload(student);
    this.#barred = -1;
  }

  /** Whether the student's schedule still stands as it is: no clash, no overfull section, no rule broken. */
  stands(student: number): boolean {
    const schedule = this.#schedule;
    const { students, calendar, sections, rooms } = schedule.school;
    const words = this.#words;
    const taken = this.#taken;
    for (let w = 0; w < words; w++) taken[w] = students.off[student * words + w];
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      const section = schedule.choice[q];
      if (section < 0) continue;
      const unit = sections.unit[section];
      const time = schedule.time[unit];
      if (time < 0) return false;
      let clash = 0;
      for (let w = 0; w < words; w++) {
        const bits = calendar.timeBits[time * words + w];
        clash |= taken[w] & bits;
        taken[w] |= bits;
      }
      if (clash !== 0) return false;
      const room = schedule.room[unit];
      if (room >= 0 && schedule.unitEnrolled[unit] > rooms.capacity[room]) return false;
      if (students.plain[student] === 0 && !this.#staysIn(q, section)) return false;
    }
    if (this.#bonded[student] === 1 && !this.#bondsStand(student)) return false;
    if (!hasDayRule(schedule.school, student)) return true;
    for (let w = 0; w < words; w++) taken[w] &= ~students.off[student * words + w];
    return hasLunch(schedule.school, student, taken, 0) && hasFreeSlots(schedule.school, student, taken, 0);
  }

  /** Whether a request may sit in a section by the student's own rules (seats and times apart). */
  maySit(request: number, section: number): boolean {
    return maySit(this.#schedule, this.#rules, request, section);
  }

  #bondsStand(student: number): boolean {
    const schedule = this.#schedule;
    const { students, links } = schedule.school;
    const { start, items } = links.requests;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      const section = schedule.choice[q];
      for (let i = start[q]; section >= 0 && i < start[q + 1]; i += 3) {
        const there = schedule.choice[items[i]];
        if (there >= 0 && !bondHolds(schedule, items[i + 1], items[i + 2], section, there)) return false;
      }
    }
    return true;
  }

  #staysIn(request: number, section: number): boolean {
    const schedule = this.#schedule;
    const { students, requests, sections } = schedule.school;
    // The inclusion share counts the student already: asked again, it would count them twice.
    const counted = sections.inclusionShare[section] <= 1 && students.inclusion[requests.student[request]] === 1;
    return maySit(schedule, counted ? this.#rulesButShare : this.#rules, request, section);
  }

  #collect(student: number, first: number, last: number, priceFull: number): void {
    const { requests, weights, courses } = this.#schedule.school;
    this.#student = student;
    this.#depths = 0;
    this.#hopeless = 0;
    this.#topAlternate = 0;
    this.#mains = 0;
    for (let q = first; q < last; q++) {
      const isAlternate = requests.kind[q] === ALTERNATE;
      const depth = this.#depths;
      this.#request[depth] = q;
      this.#options[depth] = 0;
      this.#leastBits[depth] = 32 * this.#words;
      const { start, items } = courses.sections;
      const course = requests.course[q];
      for (let i = start[course]; i < start[course + 1] && this.#options[depth] < MOST_OPTIONS; i++)
        this.#addOption(depth, q, items[i], priceFull, weights.moved_student);
      if (this.#options[depth] === 0) {
        if (!isAlternate) this.#hopeless++;
        continue;
      }
      if (isAlternate) this.#topAlternate = Math.max(this.#topAlternate, requests.value[q]);
      else this.#mains++;
      this.#depths++;
    }
    this.#sort();
  }

  /** Adds a section as an option; of several at one time the emptiest stays. Options are kept emptiest first. */
  #addOption(depth: number, q: number, section: number, priceFull: number, priceMoved: number): void {
    const schedule = this.#schedule;
    const { sections, calendar, requests, students } = schedule.school;
    const time = schedule.time[sections.unit[section]];
    if (time < 0 || section === this.#barred) return;
    const words = this.#words;
    const student = this.#student;
    for (let w = 0; w < words; w++)
      if ((calendar.timeBits[time * words + w] & students.off[student * words + w]) !== 0) return;
    const full = schedule.seatsLeft(section) <= 0;
    if (full && priceFull === Number.POSITIVE_INFINITY) return;
    if (
      (students.plain[student] === 0 || sections.reserved[section] >= 0 || sections.closed[section] === 1) &&
      !maySit(schedule, this.#rules, q, section)
    )
      return;
    if (this.#barred >= 0 && !this.#shareHolds(student, section)) return;
    let worth = requests.value[q];
    if (full) worth -= priceFull;
    if (priceMoved > 0 && requests.today[q] >= 0 && requests.today[q] !== section) worth -= priceMoved;
    this.#insert(depth, section, worth, time);
  }

  #shareHolds(student: number, section: number): boolean {
    const { school, flagged, enrolled } = this.#schedule;
    const share = school.sections.inclusionShare[section];
    if (share > 1 || school.students.inclusion[student] === 0) return true;
    return flagged[section] + 1 <= Math.floor(share * (enrolled[section] + 1) + 1e-9);
  }

  #insert(depth: number, section: number, worth: number, time: number): void {
    const { enrolled, school } = this.#schedule;
    const { sections, calendar } = school;
    const words = this.#words;
    const base = depth * MOST_OPTIONS;
    const fill = enrolled[section] / (sections.seats[section] + 1);
    let at = this.#options[depth];
    while (at > 0) {
      const other = this.#section[base + at - 1];
      const otherWorth = this.#worth[base + at - 1];
      if (otherWorth > worth || (otherWorth === worth && enrolled[other] / (sections.seats[other] + 1) <= fill)) break;
      this.#section[base + at] = other;
      this.#worth[base + at] = otherWorth;
      for (let w = 0; w < words; w++) this.#bits[(base + at) * words + w] = this.#bits[(base + at - 1) * words + w];
      at--;
    }
    this.#section[base + at] = section;
    this.#worth[base + at] = worth;
    for (let w = 0; w < words; w++) this.#bits[(base + at) * words + w] = calendar.timeBits[time * words + w];
    this.#options[depth]++;
    let size = 0;
    for (let w = 0; w < words; w++) size += bitCount(calendar.timeBits[time * words + w]);
    if (size < this.#leastBits[depth]) this.#leastBits[depth] = size;
    if (this.#bonded[this.#student] === 0) this.#dropTwin(base, at, depth);
  }

  /** Of options with the same bits only the first counts. */
  #dropTwin(base: number, at: number, depth: number): void {
    const words = this.#words;
    const same = (a: number, b: number) => {
      for (let w = 0; w < words; w++)
        if (this.#bits[(base + a) * words + w] !== this.#bits[(base + b) * words + w]) return false;
      return true;
    };
    let drop = -1;
    for (let i = 0; i < this.#options[depth] && drop < 0; i++) if (i !== at && same(i, at)) drop = Math.max(i, at);
    if (drop < 0) return;
    const count = --this.#options[depth];
    for (let i = drop; i < count; i++) {
      this.#section[base + i] = this.#section[base + i + 1];
      this.#worth[base + i] = this.#worth[base + i + 1];
      for (let w = 0; w < words; w++) this.#bits[(base + i) * words + w] = this.#bits[(base + i + 1) * words + w];
    }
  }

  /** Requests first, in any order (the search picks among them), then alternates, the worthiest first. */
  #sort(): void {
    const left = this.#left;
    const { kind, value } = this.#schedule.school.requests;
    let mains = 0;
    for (let d = 0; d < this.#depths; d++) if (kind[this.#request[d]] !== ALTERNATE) left[mains++] = d;
    let at = mains;
    for (let d = 0; d < this.#depths; d++) {
      if (kind[this.#request[d]] !== ALTERNATE) continue;
      let place = at++;
      while (place > mains && value[this.#request[left[place - 1]]] < value[this.#request[d]]) {
        left[place] = left[place - 1];
        place--;
      }
      left[place] = d;
    }
  }

  #search(student: number, atLeast: number): boolean {
    const words = this.#words;
    const { school } = this.#schedule;
    this.#dayRule = hasDayRule(school, student);
    this.#exchangeable = this.#bonded[student] === 0 && school.students.freeSlots[student] === 0;
    for (let w = 0; w < words; w++) {
      this.#taken[w] = 0;
      this.#shared[w] = 0;
      for (let wave = 0; this.#dayRule && wave * words < school.waveBits.length; wave++)
        this.#shared[w] |= school.waveBits[wave * words + w];
    }
    this.#best.fill(-1, 0, this.#depths);
    this.#tried.fill(-1, 0, this.#depths);
    if (this.#bonded[student] === 1) for (let d = 0; d < this.#depths; d++) this.#depthOf[this.#request[d]] = d;
    this.#missed = this.#hopeless;
    const enough = atLeast - 2 * EPSILON;
    this.#bestValue = enough;
    this.#nodes = 0;
    this.#descend(0, 0, 0);
    if (this.#bonded[student] === 1) for (let d = 0; d < this.#depths; d++) this.#depthOf[this.#request[d]] = -1;
    return this.#bestValue > enough;
  }

  /**
   * @param level row of `taken` that holds what is taken so far
   * @param step `left[step]` … are still open
   */
  #descend(level: number, step: number, value: number): void {
    if (++this.#nodes > NODES) return;
    const lost = step < this.#mains ? this.#look(level, step) : 0;
    const open = step + lost;
    this.#missed += lost;
    const potential = open < this.#mains ? this.#potential : 0;
    if (value + potential + this.#hope(level, open) > this.#bestValue + EPSILON) {
      if (open === this.#depths) this.#keep(value);
      else this.#branch(level, open, value);
    }
    this.#missed -= lost;
  }

  /** Most that alternates still free and a complete schedule can add, by what is missed so far. */
  #hope(level: number, step: number): number {
    const complete = this.#schedule.school.weights.complete;
    if (this.#missed === 0) return complete;
    if (this.#topAlternate === 0) return 0;
    const { value } = this.#schedule.school.requests;
    let sum = 0;
    let still = this.#missed;
    for (let i = Math.max(step, this.#mains); i < this.#depths && still > 0; i++) {
      const depth = this.#left[i];
      if (!this.#anyFree(depth, level * this.#words)) continue;
      sum += value[this.#request[depth]];
      still--;
    }
    return still === 0 ? sum + complete : sum;
  }

  #anyFree(depth: number, base: number): boolean {
    const words = this.#words;
    for (let i = 0; i < this.#options[depth]; i++) {
      let clash = 0;
      for (let w = 0; w < words; w++)
        clash |= this.#taken[base + w] & this.#bits[(depth * MOST_OPTIONS + i) * words + w];
      if (clash === 0) return true;
    }
    return false;
  }

  #keep(value: number): void {
    const whole = value + (this.#missed === 0 ? this.#schedule.school.weights.complete : 0);
    if (whole <= this.#bestValue + EPSILON) return;
    this.#bestValue = whole;
    for (let d = 0; d < this.#depths; d++) this.#best[d] = this.#tried[d];
  }

  /**
   * Looks at the open requests: those that nothing is left for go to the front of `left`, the one with the fewest options after them.
   * Fills `potential` with what they can still add, and `twice` with the bits that several of them could take.
   * @returns how many have nothing left
   */
  #look(level: number, step: number): number {
    const { value } = this.#schedule.school.requests;
    const words = this.#words;
    const left = this.#left;
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
    for (let i = step; i < this.#mains; i++) {
      const depth = left[i];
      const count = words === 1 ? this.#unionOfOne(depth, this.#taken[base]) : this.#union(depth, base);
      if (count === 0) {
        left[i] = left[step + lost];
        left[step + lost] = depth;
        if (pick === step + lost) pick = i;
        lost++;
        continue;
      }
      potential += this.#firstWorth;
      need += this.#leastBits[depth];
      if (this.#leastBits[depth] > largest) largest = this.#leastBits[depth];
      if (this.#firstWorth < leastWorth) leastWorth = this.#firstWorth;
      for (let w = 0; w < words; w++) {
        this.#twice[w] |= this.#once[w] & this.#reach[w];
        this.#once[w] |= this.#reach[w];
      }
      if (count < fewest || (count === fewest && value[this.#request[depth]] > value[this.#request[left[pick]]])) {
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
    const words = this.#words;
    let count = 0;
    for (let w = 0; w < words; w++) this.#reach[w] = 0;
    for (let i = 0; i < this.#options[depth]; i++) {
      const at = (depth * MOST_OPTIONS + i) * words;
      let clash = 0;
      for (let w = 0; w < words; w++) clash |= this.#taken[base + w] & this.#bits[at + w];
      if (clash !== 0) continue;
      if (count++ === 0) this.#firstWorth = this.#worth[depth * MOST_OPTIONS + i];
      for (let w = 0; w < words; w++) this.#reach[w] |= this.#bits[at + w];
    }
    return count;
  }

  /** The same where one word holds all bits. */
  #unionOfOne(depth: number, taken: number): number {
    const first = depth * MOST_OPTIONS;
    const last = first + this.#options[depth];
    let count = 0;
    let reach = 0;
    for (let at = first; at < last; at++) {
      const bits = this.#bits[at];
      if ((taken & bits) !== 0) continue;
      if (count++ === 0) this.#firstWorth = this.#worth[at];
      reach |= bits;
    }
    this.#reach[0] = reach;
    return count;
  }

  /** An option that takes no bit which anything else open could use, and is worth as much as any: it needs no alternative. −1 none. */
  #safeOption(depth: number, base: number): number {
    if (!this.#exchangeable) return -1;
    const words = this.#words;
    let top = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < this.#options[depth]; i++) {
      const option = depth * MOST_OPTIONS + i;
      let clash = 0;
      let wanted = 0;
      for (let w = 0; w < words; w++) {
        const bits = this.#bits[option * words + w];
        clash |= this.#taken[base + w] & bits;
        wanted |= this.#twice[w] & bits;
      }
      if (clash !== 0) continue;
      if (top === Number.NEGATIVE_INFINITY) top = this.#worth[option];
      if (this.#worth[option] < top - EPSILON) return -1;
      if (wanted === 0 && this.#topAlternate === 0) return i;
    }
    return -1;
  }

  #branch(level: number, step: number, value: number): void {
    const depth = this.#left[step];
    const words = this.#words;
    const isMain = step < this.#mains;
    if (isMain) {
      const safe = this.#safeOption(depth, level * words);
      if (safe >= 0) {
        this.#take(level, step, depth, safe, value);
        return;
      }
    }
    if (isMain || this.#wanted(depth)) {
      if (!isMain) this.#missed--;
      for (let i = 0; i < this.#options[depth]; i++) {
        this.#take(level, step, depth, i, value);
        // The permutation below may have changed, the set has not: this request stays at `step`.
        if (this.#nodes > NODES) break;
      }
      if (!isMain) this.#missed++;
    }
    if (isMain) this.#missed++;
    for (let w = 0; w < words; w++) this.#taken[(level + 1) * words + w] = this.#taken[level * words + w];
    this.#descend(level + 1, step + 1, value);
    if (isMain) this.#missed--;
  }

  #take(level: number, step: number, depth: number, i: number, value: number): void {
    const words = this.#words;
    const taken = this.#taken;
    const option = depth * MOST_OPTIONS + i;
    let clash = 0;
    for (let w = 0; w < words; w++) {
      const bits = this.#bits[option * words + w];
      clash |= taken[level * words + w] & bits;
      taken[(level + 1) * words + w] = taken[level * words + w] | bits;
    }
    if (clash !== 0) return;
    if (this.#dayRule && !this.#dayHolds((level + 1) * words)) return;
    if (this.#bonded[this.#student] === 1 && !this.#bondsHold(depth, this.#section[option])) return;
    this.#tried[depth] = i;
    this.#descend(level + 1, step + 1, value + this.#worth[option]);
    this.#tried[depth] = -1;
  }

  #dayHolds(at: number): boolean {
    const { school } = this.#schedule;
    return hasLunch(school, this.#student, this.#taken, at) && hasFreeSlots(school, this.#student, this.#taken, at);
  }

  /** An alternate may be used while a request that it can replace is unmet and not replaced yet. */
  #wanted(depth: number): boolean {
    if (this.#missed <= 0) return false;
    const { alternateFor } = this.#schedule.school.requests;
    const target = alternateFor[this.#request[depth]];
    if (target === -2) return false;
    if (target === -1) return true;
    for (let d = 0; d < this.#depths; d++) {
      const other = this.#request[d];
      if (other === target && this.#tried[d] >= 0) return false;
      if (d !== depth && alternateFor[other] === target && this.#isAlternate(other) && this.#tried[d] >= 0)
        return false;
    }
    return true;
  }

  #isAlternate(request: number): boolean {
    return this.#schedule.school.requests.kind[request] === ALTERNATE;
  }

  #bondsHold(depth: number, section: number): boolean {
    const { start, items } = this.#schedule.school.links.requests;
    const q = this.#request[depth];
    for (let i = start[q]; i < start[q + 1]; i += 3) {
      const partner = this.#depthOf[items[i]];
      if (partner < 0 || this.#tried[partner] < 0) continue;
      const there = this.#section[partner * MOST_OPTIONS + this.#tried[partner]];
      if (!bondHolds(this.#schedule, items[i + 1], items[i + 2], section, there)) return false;
    }
    return true;
  }
}
