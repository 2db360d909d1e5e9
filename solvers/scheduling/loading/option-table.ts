import { bitCount } from "../constraints/atoms.ts";
import { maySit, type Rules } from "../constraints/rules.ts";
import { ALTERNATE } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";

export const MOST_REQUESTS = 64;
export const MOST_OPTIONS = 96;

/** What a student's options are worth beyond their requests. */
export interface Prices {
  /** What a seat in a full section costs; Infinity = none can be had. Ignored where `seats` is given. */
  readonly full: number;
  /** Price of a seat in each section, full or not; null: seats that are left cost nothing. */
  readonly seats: Float64Array | null;
}

/** Only seats that are left, for nothing. */
export const OPEN_SEATS: Prices = { full: Number.POSITIVE_INFINITY, seats: null };

/**
 * The requests of one student, each with the sections that could meet it: what the search of that student's best schedule works on.
 * A depth is a request with at least one option. Buffers are allocated once.
 */
export class OptionTable {
  readonly words: number;
  /** Per depth: request, number of options, bits of its shortest one. */
  readonly request = new Int32Array(MOST_REQUESTS);
  readonly options = new Int32Array(MOST_REQUESTS);
  readonly leastBits = new Int32Array(MOST_REQUESTS);
  /** depth × MOST_OPTIONS + place, the worthiest first, then the emptiest: section, worth, fill; × words: bits. */
  readonly section = new Int32Array(MOST_REQUESTS * MOST_OPTIONS);
  readonly worth = new Float64Array(MOST_REQUESTS * MOST_OPTIONS);
  readonly bits: Int32Array;
  /** Depths: requests in any order, then alternates, the worthiest first. */
  readonly left = new Int32Array(MOST_REQUESTS);
  /** 1 = the student has requests that are bound to each other. */
  readonly bonded: Uint8Array;
  student = 0;
  depths = 0;
  /** Depths that are no alternates. */
  mains = 0;
  /** Requests without any option: no complete schedule can be. */
  hopeless = 0;
  /** A section that may not be used, −1 none. */
  barred = -1;

  readonly #schedule: Schedule;
  readonly #rules: Rules;
  readonly #rulesButShare: Rules;
  readonly #fill = new Float64Array(MOST_REQUESTS * MOST_OPTIONS);

  /** @param rulesButShare the rules without the inclusion share, which prices stand for where they are given */
  constructor(schedule: Schedule, rules: Rules, rulesButShare: Rules) {
    const { calendar, students, links } = schedule.school;
    this.#schedule = schedule;
    this.#rules = rules;
    this.#rulesButShare = rulesButShare;
    this.words = calendar.bitWords;
    this.bits = new Int32Array(MOST_REQUESTS * MOST_OPTIONS * this.words);
    this.bonded = Uint8Array.from(students.ids, (_, student) => {
      const first = links.requests.start[students.requestStart[student]];
      const last = links.requests.start[students.requestStart[student + 1]];
      return last > first ? 1 : 0;
    });
  }

  /** Gathers the options of a student who sits nowhere. */
  collect(student: number, prices: Prices): void {
    const { requests, courses, students } = this.#schedule.school;
    const first = students.requestStart[student];
    const last = Math.min(students.requestStart[student + 1], first + MOST_REQUESTS);
    this.student = student;
    this.depths = 0;
    this.hopeless = 0;
    this.mains = 0;
    for (let q = first; q < last; q++) {
      const isAlternate = requests.kind[q] === ALTERNATE;
      const depth = this.depths;
      this.request[depth] = q;
      this.options[depth] = 0;
      this.leastBits[depth] = 32 * this.words;
      const { start, items } = courses.sections;
      const course = requests.course[q];
      for (let i = start[course]; i < start[course + 1] && this.options[depth] < MOST_OPTIONS; i++)
        this.#add(depth, q, items[i], prices);
      if (this.options[depth] === 0) {
        if (!isAlternate) this.hopeless++;
        continue;
      }
      if (!isAlternate) this.mains++;
      this.depths++;
    }
    this.#sort();
  }

  /** Adds a section as an option. */
  #add(depth: number, q: number, section: number, prices: Prices): void {
    const schedule = this.#schedule;
    const { sections, calendar, requests, students, weights } = schedule.school;
    const time = schedule.time[sections.unit[section]];
    if (time < 0 || section === this.barred) return;
    const words = this.words;
    const student = this.student;
    for (let w = 0; w < words; w++)
      if ((calendar.timeBits[time * words + w] & students.off[student * words + w]) !== 0) return;
    let worth = requests.value[q];
    const priced = prices.seats;
    if (priced === null) {
      if (schedule.seatsLeft(section) <= 0) {
        if (prices.full === Number.POSITIVE_INFINITY) return;
        worth -= prices.full;
      }
    } else {
      worth -= priced[section];
      // What costs more than a complete schedule brings is never taken.
      if (worth <= -weights.complete) return;
    }
    const rules = priced === null ? this.#rules : this.#rulesButShare;
    if (
      (students.plain[student] === 0 || sections.reserved[section] >= 0 || sections.closed[section] === 1) &&
      !maySit(schedule, rules, q, section)
    )
      return;
    if (this.barred >= 0 && !this.#shareHolds(student, section)) return;
    if (weights.moved_student > 0 && requests.today[q] >= 0 && requests.today[q] !== section)
      worth -= weights.moved_student;
    const fill = schedule.enrolled[section] / (sections.seats[section] + 1);
    if (this.bonded[student] === 0 && this.#twinIsAsGood(depth, time, worth, fill)) return;
    this.#insert(depth, section, worth, fill, time);
  }

  #shareHolds(student: number, section: number): boolean {
    const { school, flagged, enrolled } = this.#schedule;
    const share = school.sections.inclusionShare[section];
    if (share > 1 || school.students.inclusion[student] === 0) return true;
    return flagged[section] + 1 <= Math.floor(share * (enrolled[section] + 1) + 1e-9);
  }

  /** Of options with the same bits the worthier stays, then the emptier: one that is no better is taken out here. */
  #twinIsAsGood(depth: number, time: number, worth: number, fill: number): boolean {
    const words = this.words;
    const { timeBits } = this.#schedule.school.calendar;
    const base = depth * MOST_OPTIONS;
    const last = base + this.options[depth];
    for (let at = base; at < last; at++) {
      let differ = 0;
      for (let w = 0; w < words; w++) differ |= this.bits[at * words + w] ^ timeBits[time * words + w];
      if (differ !== 0) continue;
      if (this.worth[at] > worth || (this.worth[at] === worth && this.#fill[at] <= fill)) return true;
      for (let i = at; i < last - 1; i++) this.#copy(i + 1, i);
      this.options[depth]--;
      return false;
    }
    return false;
  }

  #insert(depth: number, section: number, worth: number, fill: number, time: number): void {
    const { timeBits } = this.#schedule.school.calendar;
    const words = this.words;
    const base = depth * MOST_OPTIONS;
    let at = base + this.options[depth]++;
    while (at > base && (this.worth[at - 1] < worth || (this.worth[at - 1] === worth && this.#fill[at - 1] > fill))) {
      this.#copy(at - 1, at);
      at--;
    }
    this.section[at] = section;
    this.worth[at] = worth;
    this.#fill[at] = fill;
    let size = 0;
    for (let w = 0; w < words; w++) {
      const bits = timeBits[time * words + w];
      this.bits[at * words + w] = bits;
      size += bitCount(bits);
    }
    if (size < this.leastBits[depth]) this.leastBits[depth] = size;
  }

  #copy(from: number, to: number): void {
    this.section[to] = this.section[from];
    this.worth[to] = this.worth[from];
    this.#fill[to] = this.#fill[from];
    for (let w = 0; w < this.words; w++) this.bits[to * this.words + w] = this.bits[from * this.words + w];
  }

  #sort(): void {
    const left = this.left;
    const { kind } = this.#schedule.school.requests;
    const worthOf = (depth: number) => this.worth[depth * MOST_OPTIONS];
    let mains = 0;
    for (let d = 0; d < this.depths; d++) if (kind[this.request[d]] !== ALTERNATE) left[mains++] = d;
    let at = mains;
    for (let d = 0; d < this.depths; d++) {
      if (kind[this.request[d]] !== ALTERNATE) continue;
      let place = at++;
      while (place > mains && worthOf(left[place - 1]) < worthOf(d)) {
        left[place] = left[place - 1];
        place--;
      }
      left[place] = d;
    }
  }
}
