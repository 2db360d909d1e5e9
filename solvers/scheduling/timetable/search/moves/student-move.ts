import type { Random } from "@trivium/engine";
import type { Enrollments } from "../../kernel/enrollments.ts";

/** Draws of the classes that go with the new one, or of a student to change places with; the best is taken. */
const DRAWS = 3;

/** One student to other classes of a course; where a class is full, one of its students takes the place in return. */
export class StudentMove {
  readonly #enrollments: Enrollments;
  readonly #random: Random;
  readonly #before: Int32Array;
  readonly #other: Int32Array;

  constructor(enrollments: Enrollments, random: Random) {
    this.#enrollments = enrollments;
    this.#random = random;
    const { stride } = enrollments.state.kernel.sectioning;
    this.#before = new Int32Array(stride);
    this.#other = new Int32Array(stride);
  }

  /** @returns whether anything changed. @param threshold how much the penalty may grow */
  try(threshold: number): boolean {
    const enrollments = this.#enrollments;
    const random = this.#random;
    const { sectioning: of } = enrollments.state.kernel;
    const q = enrollments.free[random.below(enrollments.free.length)];
    const course = of.requestCourse[q];
    const [from, to] = [of.choiceFrom[course], of.choiceFrom[course + 1]];
    const c = of.choice[from + random.below(to - from)];
    if (enrollments.attends(q, c)) return false;
    if (enrollments.taken[c] >= of.limit[c]) return this.#swap(q, c, threshold);
    let least = Infinity;
    for (let i = 0; i < DRAWS; i++) {
      if (!enrollments.draw(q, c, random, false) || enrollments.lacking(q) > 0) continue;
      const change = enrollments.change(q, enrollments.drawn, 0);
      if (change >= least) continue;
      least = change;
      this.#before.set(enrollments.drawn);
    }
    if (least * of.cost > threshold) return false;
    enrollments.take(q, this.#before, 0);
    return true;
  }

  #swap(q: number, c: number, threshold: number): boolean {
    const enrollments = this.#enrollments;
    const { sectioning: of } = enrollments.state.kernel;
    const { chosen } = enrollments;
    const student = of.requestStudent[q];
    let other = -1;
    let least = Infinity;
    for (let i = 0; i < DRAWS; i++) {
      const each = enrollments.someone(c, this.#random);
      if (each < 0 || of.requestStudent[each] === student) continue;
      const change = enrollments.change(q, chosen, each * of.stride) + enrollments.change(each, chosen, q * of.stride);
      if (change < least) [least, other] = [change, each];
    }
    if (least * of.cost > threshold) return false;
    this.#before.set(chosen.subarray(q * of.stride, (q + 1) * of.stride));
    this.#other.set(chosen.subarray(other * of.stride, (other + 1) * of.stride));
    enrollments.take(q, this.#other, 0);
    enrollments.take(other, this.#before, 0);
    return true;
  }
}
