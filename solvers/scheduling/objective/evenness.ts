import type { School } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";

/**
 * How evenly a course's students, and those of each group of a parity goal, spread over its sections:
 * `balance` · Σ (n − mean)² + `parity` · Σ over groups Σ (n of the group − mean)².
 * With the course's students given, the means are, so a student more in a section costs 2 n + 1 a square.
 */
export class Evenness {
  readonly #school: School;
  /** Students of each value of each group column: sections × values. */
  readonly #counts: Int32Array;
  readonly #values: number;
  readonly #columnAt: readonly number[];

  constructor(schedule: Schedule) {
    const { school } = schedule;
    const { students, sections } = school;
    const columns = school.parity > 0 ? students.groupColumns : 0;
    const sizes = Array.from({ length: columns }, (_, column) => {
      let most = -1;
      for (let i = column; i < students.groups.length; i += columns) most = Math.max(most, students.groups[i]);
      return most + 1;
    });
    this.#school = school;
    this.#values = sizes.reduce((a, b) => a + b, 0);
    this.#columnAt = sizes.map((_, column) => sizes.slice(0, column).reduce((a, b) => a + b, 0));
    this.#counts = new Int32Array(sections.ids.length * this.#values);
    schedule.choice.forEach((section, request) => {
      if (section >= 0) this.count(school.requests.student[request], section, 1);
    });
  }

  /** A student more (1) or fewer (−1) in a section. */
  count(student: number, section: number, sign: 1 | -1): void {
    this.#columnAt.forEach((first, column) => {
      const group = this.#groupOf(student, column);
      if (group >= 0) this.#counts[section * this.#values + first + group] += sign;
    });
  }

  /** What one student more costs in a section that holds `enrolled` without them, the course's mean apart. */
  costOfJoining(student: number, section: number, enrolled: number): number {
    const { weights, parity } = this.#school;
    let cost = weights.balance * (2 * enrolled + 1);
    this.#columnAt.forEach((first, column) => {
      const group = this.#groupOf(student, column);
      if (group >= 0) cost += parity * (2 * this.#counts[section * this.#values + first + group] + 1);
    });
    return cost;
  }

  #groupOf(student: number, column: number): number {
    const { groups, groupColumns } = this.#school.students;
    return groups[student * groupColumns + column];
  }
}
