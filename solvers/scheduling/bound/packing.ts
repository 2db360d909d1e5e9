import { bitCount } from "../constraints/atoms.ts";
import { hasFreeSlots } from "../constraints/day.ts";
import { listAt } from "../problem/lists.ts";
import type { School } from "../problem/problem.ts";

/** Nodes of one search; beyond them nothing is proven, and what is asked for counts as fitting. */
const NODES = 20_000;

/** Courses to be fitted into one day: the times that each could have, as student bits end to end. */
interface Fitting {
  readonly options: readonly Int32Array[];
  /** Bits taken from the start: absence, a lunch wave. */
  readonly blocked: Int32Array;
  readonly student: number;
}

/**
 * Whether courses fit into one day at all, each at any time that any of its sections could have, whoever else wants what.
 * Exact depth-first search, fewest times first; a state (course, bits taken) is looked at once. Answers are kept by what was asked.
 */
export class Packing {
  readonly #school: School;
  readonly #words: number;
  /** Course → its times as bits, each once. */
  readonly #times: readonly Int32Array[];
  readonly #timesId: readonly number[];
  readonly #known = new Map<string, boolean>();
  readonly #taken: Int32Array;
  #nodes = 0;

  constructor(school: School) {
    this.#school = school;
    this.#words = school.calendar.bitWords;
    this.#times = school.courses.ids.map((_, course) => this.#timesOf(course, -1));
    const ids = new Map<string, number>();
    this.#timesId = this.#times.map((bits) => {
      const key = bits.join();
      if (!ids.has(key)) ids.set(key, ids.size);
      return ids.get(key) ?? 0;
    });
    this.#taken = new Int32Array(64 * this.#words);
  }

  /** Whether the student's day holds these requests together: lunch, free slots, absence and terms asked for kept. */
  holds(student: number, requests: readonly number[]): boolean {
    const { students, requests: all, waveBits } = this.#school;
    const words = this.#words;
    const wishes = requests.map((q) => `${this.#timesId[all.course[q]]}:${all.term[q]}`).sort();
    const off = students.off.subarray(student * words, (student + 1) * words);
    const free = students.freeSlots[student];
    const usable = free === 0 ? "" : this.#usable(student).join();
    const key = `${wishes.join()}/${off.join()}/${students.waves[student]}/${free}/${usable}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const options = requests.map((q) =>
      all.term[q] < 0 ? this.#times[all.course[q]] : this.#timesOf(all.course[q], all.term[q]),
    );
    const waves = students.waves[student];
    let fits = waves === 0 && this.#fits({ options, blocked: off, student });
    for (let wave = 0; !fits && waves >> wave !== 0; wave++)
      if ((waves >> wave) & 1)
        fits = this.#fits({ options, blocked: off.map((word, w) => word | waveBits[wave * words + w]), student });
    this.#known.set(key, fits);
    return fits;
  }

  /** Whether these courses can meet without any two of them at the same time. */
  apart(courses: readonly number[]): boolean {
    return this.#fits({
      options: courses.map((course) => this.#times[course]),
      blocked: new Int32Array(this.#words),
      student: -1,
    });
  }

  #usable(student: number): Int32Array {
    const leaves = this.#school.calendar.leafIds.length;
    return this.#school.students.slotsUsable.subarray(student * leaves, (student + 1) * leaves);
  }

  /** @param term only times of that term, −1 all */
  #timesOf(course: number, term: number): Int32Array {
    const { courses, sections, units, calendar } = this.#school;
    const words = calendar.bitWords;
    const rows = new Map<string, Int32Array>();
    for (const unit of new Set(listAt(courses.sections, course).map((section) => sections.unit[section])))
      for (const time of listAt(units.times, unit)) {
        if (term >= 0 && calendar.timeTerm[time] !== term) continue;
        const bits = calendar.timeBits.subarray(time * words, (time + 1) * words);
        rows.set(bits.join(), bits);
      }
    return Int32Array.from([...rows.values()].flatMap((bits) => [...bits]));
  }

  #fits({ options, blocked, student }: Fitting): boolean {
    const words = this.#words;
    if (options.length >= this.#taken.length / words) return true;
    const open = options.map((bits) => withoutBlocked(bits, blocked, words)).sort((a, b) => a.length - b.length);
    if (open.some((bits) => bits.length === 0)) return false;
    const need = open.map((bits) => fewestBits(bits, words));
    for (let d = need.length - 2; d >= 0; d--) need[d] += need[d + 1];
    this.#taken.fill(0);
    this.#nodes = 0;
    const free = this.#school.calendar.bits - countAll(blocked);
    return this.#descend(0, { open, need, free, student, seen: new Set() });
  }

  #descend(depth: number, search: Open): boolean {
    const { open, need, free, student, seen } = search;
    const words = this.#words;
    const taken = this.#taken;
    const at = depth * words;
    if (depth === open.length) return student < 0 || hasFreeSlots(this.#school, student, taken, at);
    if (++this.#nodes > NODES) return true;
    if (countAll(taken.subarray(at, at + words)) + need[depth] > free) return false;
    let state = `${depth}`;
    for (let w = 0; w < words; w++) state += `:${taken[at + w]}`;
    if (seen.has(state)) return false;
    seen.add(state);
    const bits = open[depth];
    for (let i = 0; i < bits.length; i += words) {
      let clash = 0;
      for (let w = 0; w < words; w++) {
        clash |= taken[at + w] & bits[i + w];
        taken[at + words + w] = taken[at + w] | bits[i + w];
      }
      if (clash === 0 && this.#descend(depth + 1, search)) return true;
    }
    return false;
  }
}

interface Open {
  readonly open: readonly Int32Array[];
  /** Bits that this course and those after it take at least. */
  readonly need: readonly number[];
  readonly free: number;
  readonly student: number;
  readonly seen: Set<string>;
}

function withoutBlocked(bits: Int32Array, blocked: Int32Array, words: number): Int32Array {
  const kept: number[] = [];
  for (let i = 0; i < bits.length; i += words) {
    let clash = 0;
    for (let w = 0; w < words; w++) clash |= bits[i + w] & blocked[w];
    if (clash === 0) for (let w = 0; w < words; w++) kept.push(bits[i + w]);
  }
  return Int32Array.from(kept);
}

function fewestBits(bits: Int32Array, words: number): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < bits.length; i += words) fewest = Math.min(fewest, countAll(bits.subarray(i, i + words)));
  return fewest;
}

function countAll(words: Int32Array): number {
  let count = 0;
  for (const word of words) count += bitCount(word);
  return count;
}
