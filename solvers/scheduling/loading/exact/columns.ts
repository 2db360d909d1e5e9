import type { School } from "../../problem/problem.ts";
import { choicesWorth } from "../../schedule/worth.ts";

/** One way to seat one student: a column of the program. */
export interface Column {
  readonly student: number;
  readonly value: number;
  /** Section of each request of the student in order, −1 none. */
  readonly sections: Int32Array;
}

/** Columns found so far, each once; the first of every student is how the student sits now. */
export class Columns {
  readonly list: Column[] = [];
  readonly #school: School;
  readonly #known: Set<string>[];

  constructor(school: School) {
    this.#school = school;
    this.#known = school.students.ids.map(() => new Set());
  }

  /** @returns whether it is new */
  add(student: number, sections: Int32Array): boolean {
    const key = sections.join();
    if (this.#known[student].has(key)) return false;
    this.#known[student].add(key);
    this.list.push({ student, sections, value: choicesWorth(this.#school, student, sections, 0) });
    return true;
  }

  /** Forgets columns that are not to be kept. */
  keepOnly(keep: (column: Column, index: number) => boolean): void {
    const kept = this.list.filter((column, index) => {
      if (keep(column, index)) return true;
      this.#known[column.student].delete(column.sections.join());
      return false;
    });
    this.list.length = 0;
    this.list.push(...kept);
  }
}
