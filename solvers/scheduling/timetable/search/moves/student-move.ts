import type { Random } from "@trivium/engine";
import type { Enrollments } from "../../kernel/enrollments.ts";

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
    if (!enrollments.draw(q, c, random, false) || enrollments.lacking(q) > 0) return false;
    if (enrollments.change(q, enrollments.drawn, 0) * of.cost > threshold) return false;
    this.#before.set(enrollments.drawn);
    enrollments.take(q, this.#before, 0);
    return true;
  }

  #swap(q: number, c: number, threshold: number): boolean {
    const enrollments = this.#enrollments;
    const { sectioning: of } = enrollments.state.kernel;
    const other = enrollments.someone(c, this.#random);
    if (other < 0 || of.requestStudent[other] === of.requestStudent[q]) return false;
    const { chosen } = enrollments;
    const change = enrollments.change(q, chosen, other * of.stride) + enrollments.change(other, chosen, q * of.stride);
    if (change * of.cost > threshold) return false;
    this.#before.set(chosen.subarray(q * of.stride, (q + 1) * of.stride));
    this.#other.set(chosen.subarray(other * of.stride, (other + 1) * of.stride));
    enrollments.take(q, this.#other, 0);
    enrollments.take(other, this.#before, 0);
    return true;
  }
}
