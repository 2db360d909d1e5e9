import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import { shapeOf } from "../timetable/run-shape.ts";

/** Runs of a half day as whole pieces of work that bells shift about: what links them, whatever the bells. */
export interface RunList {
  readonly runs: readonly (readonly number[])[];
  readonly school: Int32Array;
  /** First boarding → unloading ends. */
  readonly ticks: Int32Array;
  /** Row-major runs × runs: from one run's end to the other's first stop, buffer included. */
  readonly lead: Int32Array;
}

export function runListOf(day: HalfDay, plan: HalfDayPlan): RunList {
  const runs = plan.pieces.flatMap((piece) => piece.runs);
  const school = Int32Array.from(runs, (visits) => day.visitSchool[visits[0]]);
  const lead = new Int32Array(runs.length * runs.length);
  for (let i = 0; i < runs.length; i++)
    for (let j = 0; j < runs.length; j++) {
      const first = day.visitNode[runs[j][0]];
      lead[i * runs.length + j] = day.travel[day.schoolNode[school[i]] * day.nodes + first] + day.linkBuffer;
    }
  return { runs, school, ticks: Int32Array.from(runs, (visits) => shapeOf(day, visits).ticks), lead };
}

/** Chains of linked runs, one bus each, and the working space to link them, so that thousands of bells are tried without allocating. */
export class Chains {
  /** Run → the chain it is in; chains are numbered by their first run's turn. */
  readonly of: Int32Array;
  readonly order: Int32Array;
  readonly #last: Int32Array;
  readonly #end: Int32Array;
  count = 0;
  /** Time that buses stand between runs. */
  waiting = 0;

  constructor(runs: number) {
    this.of = new Int32Array(runs);
    this.order = Int32Array.from({ length: runs }, (_, run) => run);
    this.#last = new Int32Array(runs);
    this.#end = new Int32Array(runs);
  }

  /**
   * Links runs into chains one bus each could drive: in order of their latest ends, each behind the chain that stands ready last (best fit).
   *
   * @param endMin, endMax by school: the window of the ends of its runs
   * @param most chains beyond which the answer no longer matters
   */
  link(list: RunList, endMin: Int32Array, endMax: Int32Array, most = Infinity): number {
    const { school, ticks, lead } = list;
    const runs = school.length;
    this.order.sort((a, b) => endMax[school[a]] - endMax[school[b]] || ticks[a] - ticks[b] || a - b);
    this.count = 0;
    this.waiting = 0;
    for (let turn = 0; turn < runs; turn++) {
      const run = this.order[turn];
      const latest = endMax[school[run]] - ticks[run];
      let best = -1;
      let ready = -Infinity;
      for (let chain = 0; chain < this.count; chain++) {
        const there = this.#end[chain] + lead[this.#last[chain] * runs + run];
        if (there <= latest && there > ready) {
          ready = there;
          best = chain;
        }
      }
      const earliest = endMin[school[run]];
      if (best < 0) {
        best = this.count++;
        this.#end[best] = earliest;
        if (this.count > most) return this.count;
      } else {
        const end = ready + ticks[run];
        this.waiting += Math.max(0, earliest - end);
        this.#end[best] = Math.max(earliest, end);
      }
      this.#last[best] = run;
      this.of[run] = best;
    }
    return this.count;
  }
}
