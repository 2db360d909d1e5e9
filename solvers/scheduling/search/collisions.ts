import { clash } from "../constraints/unit-links.ts";
import type { School } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { courseAffinity } from "./affinity.ts";

/** What two sections of one course at the same time weigh: spreading them leaves students more ways. */
const SAME_COURSE = 4;

/**
 * A guess at how many students collide, before anyone is seated: Σ over pairs of units whose times exclude each other of their courses' affinity.
 * Kept for every course and time as units move (`follow`), so what a move would change is a handful of look-ups.
 */
export class Collisions {
  readonly #schedule: Schedule;
  readonly #affinity: Float32Array;
  /** times × times: 1 = nobody can take both, by a common slot or because no lunch wave would be left. */
  readonly #exclude: Uint8Array;
  /** Times that each time excludes. */
  readonly #excluded: readonly Int32Array[];
  readonly #courseOf: Int32Array;
  /** Where each unit was when last followed. */
  readonly #known: Int32Array;
  /** courses × times: collisions of one more section of the course at that time. */
  readonly #sum: Float64Array;
  readonly #courses: number;
  readonly #times: number;

  constructor(schedule: Schedule) {
    const { school } = schedule;
    const { units, sections } = school;
    this.#schedule = schedule;
    this.#affinity = courseAffinity(school);
    this.#courses = school.courses.ids.length;
    this.#times = school.calendar.times;
    this.#courseOf = Int32Array.from(
      { length: units.count },
      (_, unit) => sections.course[units.sections.items[units.sections.start[unit]]],
    );
    for (let course = 0; course < this.#courses; course++)
      this.#affinity[course * this.#courses + course] = SAME_COURSE;
    this.#exclude = excluding(school);
    this.#excluded = Array.from({ length: this.#times }, (_, a) =>
      Int32Array.from(
        Array.from({ length: this.#times }, (_, b) => b).filter((b) => this.#exclude[a * this.#times + b] === 1),
      ),
    );
    this.#known = new Int32Array(units.count).fill(-1);
    this.#sum = new Float64Array(this.#courses * this.#times);
    for (let unit = 0; unit < units.count; unit++) this.follow(unit);
  }

  /** Takes note of where a unit is now. */
  follow(unit: number): void {
    const from = this.#known[unit];
    const to = this.#schedule.time[unit];
    if (from === to) return;
    this.#known[unit] = to;
    const row = this.#courseOf[unit] * this.#courses;
    for (let course = 0; course < this.#courses; course++) {
      const affinity = this.#affinity[row + course];
      if (affinity === 0) continue;
      const at = course * this.#times;
      if (from >= 0) for (const time of this.#excluded[from]) this.#sum[at + time] -= affinity;
      if (to >= 0) for (const time of this.#excluded[to]) this.#sum[at + time] += affinity;
    }
  }

  /** Expected collisions of a unit, were it placed at that time. */
  at(unit: number, time: number): number {
    const course = this.#courseOf[unit];
    const here = this.#known[unit];
    const own = here >= 0 && this.#exclude[time * this.#times + here] === 1 ? this.#own(course) : 0;
    return this.#sum[course * this.#times + time] - own;
  }

  /** What the sum changes by if two units exchange their times. */
  ofSwap(a: number, b: number): number {
    const [timeA, timeB] = [this.#known[a], this.#known[b]];
    const both = this.#exclude[timeA * this.#times + timeB] === 1;
    const mutual = both ? 0 : 2 * this.#affinity[this.#courseOf[a] * this.#courses + this.#courseOf[b]];
    return this.at(a, timeB) + this.at(b, timeA) - this.at(a, timeA) - this.at(b, timeB) - mutual;
  }

  #own(course: number): number {
    return this.#affinity[course * this.#courses + course];
  }
}
function excluding(school: School): Uint8Array {
  const { calendar, waveBits } = school;
  const { times, bitWords: words, timeBits } = calendar;
  const waves = waveBits.length / words;
  const exclude = new Uint8Array(times * times);
  const leavesLunch = (a: number, b: number): boolean => {
    for (let wave = 0; wave < waves; wave++) {
      let taken = 0;
      for (let w = 0; w < words; w++)
        taken |= waveBits[wave * words + w] & (timeBits[a * words + w] | timeBits[b * words + w]);
      if (taken === 0) return true;
    }
    return waves === 0;
  };
  for (let a = 0; a < times; a++)
    for (let b = 0; b < times; b++) exclude[a * times + b] = clash(calendar, a, b) || !leavesLunch(a, b) ? 1 : 0;
  return exclude;
}
