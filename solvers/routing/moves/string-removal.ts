import type { Random } from "@trivium/engine";
import { LOCK, RUN_VISITS_MAX } from "../halfday/half-day.ts";
import type { HalfDayState } from "../halfday/state.ts";

const STRING_MAX = 10;
const SPLIT_RATE = 0.5;
const KEEP_LONGER_RATE = 0.99;

/**
 * Adjacent string removal: around a random visit, strings of neighbouring visits leave their runs.
 *
 * @see Christiaens & Vanden Berghe 2020, "Slack Induction by String Removals", Transportation Science 54(2), equations 5–9
 */
export class StringRemoval {
  readonly #state: HalfDayState;
  readonly #neighbours: readonly Int32Array[];
  readonly #random: Random;
  readonly #ruined: Int32Array;
  #call = 0;
  /** Visits removed on average. */
  meanRemoved = 10;

  constructor(state: HalfDayState, neighbours: readonly Int32Array[], random: Random) {
    this.#state = state;
    this.#neighbours = neighbours;
    this.#random = random;
    this.#ruined = new Int32Array(state.runsMax).fill(0);
  }

  run(): void {
    const state = this.#state;
    const served = state.day.visits - state.bankSize;
    let runs = 0;
    for (let school = 0; school < state.day.schools; school++) runs += state.schoolRuns.count[school];
    if (runs === 0) return;
    this.#call++;
    const stringMax = Math.max(1, Math.min(STRING_MAX, served / runs));
    const stringsMax = (4 * this.meanRemoved) / (1 + stringMax) - 1;
    let strings = Math.floor(1 + this.#random.unit() * stringsMax);
    const near = this.#neighbours[this.#random.below(state.day.visits)];
    for (let i = 0; i < near.length && strings > 0; i++) {
      const run = state.visitRun[near[i]];
      if (run < 0 || this.#ruined[run] === this.#call || this.#stands(run)) continue;
      this.#ruined[run] = this.#call;
      const longest = Math.min(state.runLength[run], stringMax);
      const length = Math.floor(1 + this.#random.unit() * longest);
      this.#removeString(run, state.visitPlace[near[i]], Math.min(length, state.runLength[run]));
      strings--;
    }
  }

  /** Locked as a whole; a run of several schools with any lock might fall apart. */
  #stands(run: number): boolean {
    const { runLock, mixed } = this.#state;
    return runLock[run] >= LOCK.run || (runLock[run] !== LOCK.none && (mixed?.drops[run] ?? 0) > 0);
  }

  #removeString(run: number, around: number, length: number): void {
    const total = this.#state.runLength[run];
    let kept = 0;
    if (length > 1 && total > length && this.#random.unit() < SPLIT_RATE) {
      kept = 1;
      while (length + kept < total && this.#random.unit() >= KEEP_LONGER_RATE) kept++;
    }
    const span = length + kept;
    const earliest = Math.max(0, around - span + 1);
    const latest = Math.min(around, total - span);
    const from = earliest + this.#random.below(latest - earliest + 1);
    // A run of several schools may fall apart at the first cut.
    if (kept === 0 || (this.#state.mixed?.drops[run] ?? 0) > 0) {
      this.#remove(run, from, length);
      return;
    }
    const keepAt = 1 + this.#random.below(Math.max(1, length - 1));
    this.#remove(run, from + keepAt + kept, length - keepAt);
    this.#remove(run, from, keepAt);
  }

  /** All of the string, or what of it is not locked. */
  #remove(run: number, from: number, count: number): void {
    const state = this.#state;
    if (state.runLock[run] === LOCK.none) {
      state.removeVisits(run, from, count);
      return;
    }
    const base = run * RUN_VISITS_MAX;
    for (let k = from + count - 1; k >= from; k--) {
      if (state.day.before?.visitLock[state.runVisits[base + k]] === LOCK.none) state.removeVisits(run, k, 1);
    }
  }
}
