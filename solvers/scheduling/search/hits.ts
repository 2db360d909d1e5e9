import { ALTERNATE } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";

/** How hard changes of times hit students who sat in the changed units, before anyone is seated anew. */
export class Hits {
  /**
   * Per student, the most that stands in the way of the own changed classes: a section of a course of n weighs 1 / n with each of the two.
   * 0 = nothing, 1 = one of two courses with one section each is lost.
   */
  readonly hardness: Float64Array;
  /**
   * Per student, points that are lost in any case: of two courses with one section each at once, the lesser request.
   * 0 where leaving a section may pay, as one over its cap or its share of flagged students does.
   */
  readonly certain: Float64Array;
  readonly #schedule: Schedule;
  readonly #most: Float64Array;
  /** Per student, the most that may come instead of a request: an alternate, or the points of a complete schedule gone. */
  readonly #instead: Float64Array;
  readonly #hasOverCap: boolean;

  /** @param most per student, points of a schedule that lacks nothing */
  constructor(schedule: Schedule, most: Float64Array) {
    const { students, requests, sections, weights } = schedule.school;
    this.#hasOverCap = sections.seats.some((seats, section) => seats > sections.cap[section]);
    this.#schedule = schedule;
    this.#most = most;
    this.hardness = new Float64Array(students.ids.length);
    this.certain = new Float64Array(students.ids.length);
    this.#instead = Float64Array.from(students.ids, (_, student) => {
      let best = -weights.complete;
      for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
        if (requests.kind[q] === ALTERNATE) best = Math.max(best, requests.value[q]);
      return best;
    });
  }

  /** Fills the student's `hardness` and `certain`; only clashes with a changed unit are looked for. */
  look(student: number, changed: readonly number[]): void {
    const { school, time, choice, value } = this.#schedule;
    const { students, sections, requests } = school;
    const first = students.requestStart[student];
    const last = students.requestStart[student + 1];
    let hardness = 0;
    let lost = 0;
    for (let q = first; q < last; q++) {
      const section = choice[q];
      if (section < 0 || !changed.includes(sections.unit[section])) continue;
      const size = this.#sizeOf(section);
      if (time[sections.unit[section]] < 0) hardness = Math.max(hardness, 1 / size);
      for (let p = first; p < last; p++) {
        if (p === q || choice[p] < 0 || !this.#clash(section, choice[p])) continue;
        const both = size * this.#sizeOf(choice[p]);
        hardness = Math.max(hardness, 1 / both);
        if (both === 1) lost = Math.max(lost, Math.min(requests.value[q], requests.value[p]));
      }
    }
    this.hardness[student] = hardness;
    const most = this.#most[student] - lost + this.#instead[student];
    const mayPay = this.#hasOverCap || students.inclusion[student] === 1;
    this.certain[student] = lost === 0 || mayPay ? 0 : Math.max(0, value[student] - most);
  }

  /** Sections that the section's course may have. */
  #sizeOf(section: number): number {
    const { courses, sections } = this.#schedule.school;
    const course = sections.course[section];
    return courses.sections.start[course + 1] - courses.sections.start[course];
  }

  #clash(a: number, b: number): boolean {
    const { time, school } = this.#schedule;
    const { timeBits, bitWords: words } = school.calendar;
    const [timeA, timeB] = [time[school.sections.unit[a]], time[school.sections.unit[b]]];
    if (timeA < 0 || timeB < 0) return false;
    for (let w = 0; w < words; w++) if ((timeBits[timeA * words + w] & timeBits[timeB * words + w]) !== 0) return true;
    return false;
  }
}
