import type { Random } from "@trivium/engine";
import type { Enrollments } from "../kernel/enrollments.ts";
import { ClassMove } from "./moves/class-move.ts";
import { StudentMove } from "./moves/student-move.ts";

/** Share of the moves that are students' where they have a choice and conflicts cost. */
const STUDENT_SHARE = 0.35;

/** Simulated annealing over legal timetables: classes and students move, the temperature is the caller's. */
export class Anneal {
  readonly #enrollments: Enrollments;
  readonly #random: Random;
  readonly #classes: ClassMove;
  readonly #students: StudentMove;
  readonly #studentShare: number;
  iterations = 0;
  accepted = 0;

  constructor(enrollments: Enrollments, random: Random) {
    this.#enrollments = enrollments;
    this.#random = random;
    this.#classes = new ClassMove(enrollments.state, random);
    this.#students = new StudentMove(enrollments, random);
    const { movable, sectioning } = enrollments.state.kernel;
    const students = enrollments.free.length > 0 && sectioning.cost > 0;
    this.#studentShare = !students ? 0 : movable.length === 0 ? 1 : STUDENT_SHARE;
  }

  /** Whether there is anything to move. */
  get idle(): boolean {
    return this.#studentShare === 0 && this.#enrollments.state.kernel.movable.length === 0;
  }

  /** So many moves at a temperature. */
  run(moves: number, temperature: number): void {
    const random = this.#random;
    for (let i = 0; i < moves; i++) {
      this.iterations++;
      const threshold = -temperature * Math.log(1 - random.unit());
      const changed = random.unit() < this.#studentShare ? this.#students.try(threshold) : this.#classes.try(threshold);
      if (changed) this.accepted++;
    }
  }
}
