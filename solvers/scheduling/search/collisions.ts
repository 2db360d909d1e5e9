import { clash } from "../constraints/unit-links.ts";
import type { School } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { courseAffinity } from "./affinity.ts";

/** What two sections of one course at the same time weigh: spreading them leaves students more ways. */
const SAME_COURSE = 4;

/**
 * A guess at how many students collide, before anyone is seated: over all pairs of courses, students who ask for both · share², the share
 * of the pairs of their sections whose times exclude each other. A pair of singletons that exclude each other counts whole; the
 * square says that a student is lost only where most ways are shut.
 * Kept as units move (`follow`), so what a move would change is a walk over the courses that share students with the unit's.
 */
export class Collisions {
  readonly #schedule: Schedule;
  /** times × times: 1 = nobody can take both, by a common slot or because no lunch wave would be left. */
  readonly #exclude: Uint8Array;
  /** Times that each time excludes. */
  readonly #excluded: readonly Int32Array[];
  readonly #courseOf: Int32Array;
  /** Where each unit was when last followed. */
  readonly #known: Int32Array;
  /** Courses that share students with each course. */
  readonly #others: readonly Int32Array[];
  /** courses × courses: students in common / (pairs of sections)². */
  readonly #weight: Float64Array;
  /** courses × courses: pairs of sections that exclude each other. */
  readonly #pairs: Int32Array;
  /** times × courses: sections of the course that the time excludes. */
  readonly #shut: Int32Array;
  readonly #courses: number;
  readonly #times: number;

  constructor(schedule: Schedule) {
    const { school } = schedule;
    const { units, sections } = school;
    this.#schedule = schedule;
    this.#courses = school.courses.ids.length;
    this.#times = school.calendar.times;
    this.#weight = courseAffinity(schedule);
    this.#others = Array.from({ length: this.#courses }, (_, a) =>
      Int32Array.from(
        Array.from({ length: this.#courses }, (_, b) => b).filter((b) => this.#weight[a * this.#courses + b] > 0),
      ),
    );
    this.#courseOf = Int32Array.from(
      { length: units.count },
      (_, unit) => sections.course[units.sections.items[units.sections.start[unit]]],
    );
    this.#exclude = excluding(school);
    this.#excluded = Array.from({ length: this.#times }, (_, a) =>
      Int32Array.from(
        Array.from({ length: this.#times }, (_, b) => b).filter((b) => this.#exclude[a * this.#times + b] === 1),
      ),
    );
    this.#known = new Int32Array(units.count).fill(-1);
    this.#pairs = new Int32Array(this.#courses * this.#courses);
    this.#shut = new Int32Array(this.#times * this.#courses);
    for (let unit = 0; unit < units.count; unit++) this.follow(unit);
  }

  /** Takes note of where a unit is now. */
  follow(unit: number): void {
    const from = this.#known[unit];
    const to = this.#schedule.time[unit];
    if (from === to) return;
    this.#known[unit] = to;
    const course = this.#courseOf[unit];
    for (const other of this.#others[course]) {
      const change = this.#shutAt(to, other) - this.#shutAt(from, other);
      if (change === 0) continue;
      this.#pairs[course * this.#courses + other] += change;
      this.#pairs[other * this.#courses + course] += change;
    }
    if (from >= 0) for (const time of this.#excluded[from]) this.#shut[time * this.#courses + course]--;
    if (to >= 0) for (const time of this.#excluded[to]) this.#shut[time * this.#courses + course]++;
  }

  /** What the sum changes by if a unit goes to that time. */
  ofMove(unit: number, to: number): number {
    return this.#ofOthers(unit, to, -1) + SAME_COURSE * this.#ownChange(unit, to);
  }

  /** What the sum changes by if two units exchange their times. */
  ofSwap(a: number, b: number): number {
    const [timeA, timeB] = [this.#known[a], this.#known[b]];
    const [courseA, courseB] = [this.#courseOf[a], this.#courseOf[b]];
    if (courseA === courseB) return 0;
    const sum = this.#ofOthers(a, timeB, courseB) + this.#ofOthers(b, timeA, courseA);
    const own = SAME_COURSE * (this.#ownChange(a, timeB) + this.#ownChange(b, timeA));
    const at = courseA * this.#courses + courseB;
    if (this.#weight[at] === 0) return sum + own;
    const both = this.#exclude[timeA * this.#times + timeB];
    const change =
      this.#shutAt(timeB, courseB) -
      1 -
      (this.#shutAt(timeA, courseB) - both) +
      this.#shutAt(timeA, courseA) -
      1 -
      (this.#shutAt(timeB, courseA) - both);
    return sum + own + this.#weight[at] * change * (2 * this.#pairs[at] + change);
  }

  /** Change by the unit's pairs with other courses, all but one. */
  #ofOthers(unit: number, to: number, but: number): number {
    const course = this.#courseOf[unit];
    const from = this.#known[unit];
    const weight = this.#weight;
    const pairs = this.#pairs;
    const shut = this.#shut;
    const row = course * this.#courses;
    const [atTo, atFrom] = [to * this.#courses, from * this.#courses];
    let sum = 0;
    for (const other of this.#others[course]) {
      const change = shut[atTo + other] - (from >= 0 ? shut[atFrom + other] : 0);
      if (change === 0 || other === but) continue;
      sum += weight[row + other] * change * (2 * pairs[row + other] + change);
    }
    return sum;
  }

  #shutAt(time: number, course: number): number {
    return time < 0 ? 0 : this.#shut[time * this.#courses + course];
  }

  /** Change of the number of other sections of its course that the unit's time excludes. */
  #ownChange(unit: number, to: number): number {
    const course = this.#courseOf[unit];
    const from = this.#known[unit];
    if (from < 0) return this.#shutAt(to, course);
    return this.#shutAt(to, course) - this.#exclude[from * this.#times + to] - (this.#shutAt(from, course) - 1);
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
