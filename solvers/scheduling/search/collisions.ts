import { clash } from "../constraints/unit-links.ts";
import type { School } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { courseAffinity } from "./affinity.ts";

/** What two sections of one course at the same time weigh: spreading them leaves students more ways. */
const SAME_COURSE = 4;

/**
 * A guess at how many students collide, before anyone is seated: Σ over pairs of units whose times exclude each other of their courses' affinity.
 * Cheap enough to place sections by, and the start that the annealing with real students refines.
 */
export class Collisions {
  readonly #schedule: Schedule;
  readonly #affinity: Float32Array;
  /** times × times: 1 = nobody can take both, by a common slot or because no lunch wave would be left. */
  readonly #exclude: Uint8Array;
  readonly #courseOf: Int32Array;
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
  }

  /** Expected collisions of a unit, were it placed at that time. */
  at(unit: number, time: number): number {
    const times = this.#schedule.time;
    const row = this.#courseOf[unit] * this.#courses;
    const exclude = time * this.#times;
    let sum = 0;
    for (let other = 0; other < times.length; other++) {
      const there = times[other];
      if (there >= 0 && other !== unit && this.#exclude[exclude + there] === 1)
        sum += this.#affinity[row + this.#courseOf[other]];
    }
    return sum;
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
