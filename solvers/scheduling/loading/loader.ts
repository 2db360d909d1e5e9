import { bondHolds } from "../constraints/bonds.ts";
import { hasDayRule, hasFreeSlots, hasLunch } from "../constraints/day.ts";
import { maySit, type Rules } from "../constraints/rules.ts";
import { ALTERNATE } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";

const MOST_REQUESTS = 64;
const MOST_OPTIONS = 96;
/** Nodes of one student's search: never reached by a student with a usual number of requests. */
const NODES = 20_000;
const EPSILON = 1e-6;

/**
 * The best schedule of one student on given section times and seats: an exact depth-first search over bit masks.
 *
 *   maximize  Σ value(request) · met  +  Σ value(alternate) · used  +  complete · [every request met or replaced]
 *   subject to  no common bit, a free seat, the student's own rules, bonds between requests, lunch, free slots
 *
 * Requests with the fewest options go first; a branch ends when all that is left can't beat the best found.
 * A kernel: buffers are allocated once, and it is longer than other files for that.
 */
export class Loader {
  readonly #schedule: Schedule;
  readonly #rules: Rules;
  readonly #words: number;
  /** Per depth: request, number of options; options × (section, value); bits of each option. */
  readonly #request = new Int32Array(MOST_REQUESTS);
  readonly #options = new Int32Array(MOST_REQUESTS);
  readonly #section = new Int32Array(MOST_REQUESTS * MOST_OPTIONS);
  readonly #worth = new Float64Array(MOST_REQUESTS * MOST_OPTIONS);
  readonly #bits: Int32Array;
  readonly #taken: Int32Array;
  /** Most that requests from this depth on can add. */
  readonly #rest = new Float64Array(MOST_REQUESTS + 1);
  readonly #order = new Int32Array(MOST_REQUESTS);
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
  #nodes = 0;
  /** Requests without any option: no complete schedule can be. */
  #hopeless = 0;
  /** A section that this search may not use, −1 none. */
  #barred = -1;

  constructor(schedule: Schedule, rules: Rules) {
    const { calendar, students, requests, links } = schedule.school;
    this.#schedule = schedule;
    this.#rules = rules;
    this.#words = calendar.bitWords;
    this.#bits = new Int32Array(MOST_REQUESTS * MOST_OPTIONS * this.#words);
    this.#taken = new Int32Array((MOST_REQUESTS + 1) * this.#words);
    this.#depthOf = new Int32Array(requests.count).fill(-1);
    this.#bonded = Uint8Array.from(students.ids, (_, student) => {
      const first = links.requests.start[students.requestStart[student]];
      const last = links.requests.start[students.requestStart[student + 1]];
      return last > first ? 1 : 0;
    });
  }

  /**
   * Takes the student out of everything and seats them at best.
   * @param priceFull what a seat in a full section costs; Infinity (the default) = none can be had.
   *   A finite price leaves sections over their seats: whoever asks takes somebody out, or takes it all back.
   * @returns what the student's schedule is worth now
   */
  reload(student: number, priceFull = Number.POSITIVE_INFINITY): number {
    const schedule = this.#schedule;
    const { students } = schedule.school;
    const first = students.requestStart[student];
    const last = students.requestStart[student + 1];
    for (let q = first; q < last; q++) schedule.sit(q, -1);
    this.#collect(student, first, Math.min(last, first + MOST_REQUESTS), priceFull);
    this.#search(student);
    for (let d = 0; d < this.#depths; d++) {
      if (this.#best[d] >= 0) schedule.sit(this.#request[d], this.#section[d * MOST_OPTIONS + this.#best[d]]);
    }
    schedule.setValue(student, this.#bestValue);
    return this.#bestValue;
  }

  /** As `reload`, but not into that section. */
  reloadWithout(student: number, section: number): number {
    this.#barred = section;
    const value = this.reload(student);
    this.#barred = -1;
    return value;
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
    if (this.#bonded[student] === 1) return false;
    if (!hasDayRule(schedule.school, student)) return true;
    for (let w = 0; w < words; w++) taken[w] &= ~students.off[student * words + w];
    return hasLunch(schedule.school, student, taken, 0) && hasFreeSlots(schedule.school, student, taken, 0);
  }

  #staysIn(request: number, section: number): boolean {
    const schedule = this.#schedule;
    const { students, requests, sections } = schedule.school;
    // Asked as if not yet in it: the inclusion share counts the student once.
    if (sections.inclusionShare[section] <= 1 && students.inclusion[requests.student[request]] === 1) return true;
    return maySit(schedule, this.#rules, request, section);
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
    let worth = requests.value[q];
    if (full) worth -= priceFull;
    if (priceMoved > 0 && requests.today[q] >= 0 && requests.today[q] !== section) worth -= priceMoved;
    this.#insert(depth, section, worth, time);
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

  /** Requests with the fewest options first, the worthiest of them first; alternates after all others. */
  #sort(): void {
    const order = this.#order;
    const { kind, value } = this.#schedule.school.requests;
    for (let i = 0; i < this.#depths; i++) {
      let at = i;
      const q = this.#request[i];
      const late = kind[q] === ALTERNATE;
      while (at > 0) {
        const other = order[at - 1];
        const p = this.#request[other];
        const otherLate = kind[p] === ALTERNATE;
        const stays =
          otherLate !== late
            ? late
            : late
              ? value[p] >= value[q]
              : this.#options[other] < this.#options[i] ||
                (this.#options[other] === this.#options[i] && value[p] >= value[q]);
        if (stays) break;
        order[at] = other;
        at--;
      }
      order[at] = i;
    }
    this.#rest[this.#depths] = 0;
    for (let d = this.#depths - 1; d >= 0; d--) {
      const depth = order[d];
      const more = d < this.#mains ? this.#worth[depth * MOST_OPTIONS] : 0;
      this.#rest[d] = this.#rest[d + 1] + Math.max(0, more);
    }
  }

  #search(student: number): void {
    const words = this.#words;
    for (let w = 0; w < words; w++) this.#taken[w] = 0;
    this.#dayRule = hasDayRule(this.#schedule.school, student);
    this.#best.fill(-1, 0, this.#depths);
    this.#tried.fill(-1, 0, this.#depths);
    if (this.#bonded[student] === 1) for (let d = 0; d < this.#depths; d++) this.#depthOf[this.#request[d]] = d;
    this.#missed = this.#hopeless;
    this.#bestValue = -1;
    this.#nodes = 0;
    this.#descend(0, 0);
    this.#bestValue = Math.max(0, this.#bestValue);
    if (this.#bonded[student] === 1) for (let d = 0; d < this.#depths; d++) this.#depthOf[this.#request[d]] = -1;
  }

  #descend(step: number, value: number): void {
    const complete = this.#schedule.school.weights.complete;
    const hope = this.#missed === 0 || this.#topAlternate > 0 ? complete : 0;
    if (value + this.#rest[step] + this.#missed * this.#topAlternate + hope <= this.#bestValue + EPSILON) return;
    if (++this.#nodes > NODES) return;
    if (step === this.#depths) {
      const whole = value + (this.#missed === 0 ? complete : 0);
      if (whole > this.#bestValue + EPSILON) {
        this.#bestValue = whole;
        for (let d = 0; d < this.#depths; d++) this.#best[d] = this.#tried[d];
      }
      return;
    }
    const depth = this.#order[step];
    const isMain = step < this.#mains;
    if (isMain || this.#wanted(depth)) this.#take(step, depth, value, isMain);
    if (isMain) {
      this.#missed++;
      for (let w = 0; w < this.#words; w++)
        this.#taken[(step + 1) * this.#words + w] = this.#taken[step * this.#words + w];
      this.#descend(step + 1, value);
      this.#missed--;
    } else {
      for (let w = 0; w < this.#words; w++)
        this.#taken[(step + 1) * this.#words + w] = this.#taken[step * this.#words + w];
      this.#descend(step + 1, value);
    }
  }

  #take(step: number, depth: number, value: number, isMain: boolean): void {
    const words = this.#words;
    const taken = this.#taken;
    for (let i = 0; i < this.#options[depth]; i++) {
      const option = depth * MOST_OPTIONS + i;
      let clash = 0;
      for (let w = 0; w < words; w++) {
        const bits = this.#bits[option * words + w];
        clash |= taken[step * words + w] & bits;
        taken[(step + 1) * words + w] = taken[step * words + w] | bits;
      }
      if (clash !== 0) continue;
      if (this.#dayRule && !this.#dayHolds((step + 1) * words)) continue;
      if (this.#bonded[this.#student] === 1 && !this.#bondsHold(depth, this.#section[option])) continue;
      this.#tried[depth] = i;
      if (!isMain) this.#missed--;
      this.#descend(step + 1, value + this.#worth[option]);
      if (!isMain) this.#missed++;
      this.#tried[depth] = -1;
      if (this.#nodes > NODES) return;
    }
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
