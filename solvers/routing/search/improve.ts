import { type Budget, partOf, type Random } from "@trivium/engine";
import { type HalfDayPlan, planOf, restore } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import { Insertion } from "../halfday/insertion.ts";
import { HalfDayState } from "../halfday/state.ts";
import { neighboursOf } from "../moves/neighbours.ts";
import { removeEasiestPiece } from "../moves/piece-removal.ts";
import { Recreate } from "../moves/recreate.ts";
import { RunRemoval } from "../moves/run-removal.ts";
import { StringRemoval } from "../moves/string-removal.ts";
import { TailExchange } from "../moves/tail-exchange.ts";

export interface ImproveOptions {
  readonly budget: Budget;
  readonly random: Random;
  /** A plan to start from; without one, everything is inserted greedily. */
  readonly start?: HalfDayPlan;
  /** Stop looking for fewer pieces at this proven bound. */
  readonly piecesBound: number;
  /** Share of the budget for using fewer buses; the rest goes to cost. */
  readonly fleetShare: number;
  readonly onCheckpoint?: (phase: string, iterations: number, pieces: number) => void;
}

const CHECKPOINT = 200;
const NEIGHBOURS = 80;
const RELINK_RATE = 0.1;
const EXCHANGE_RATE = 0.1;
const GREEDY_STARTS = 6;
/** Checkpoints that are done even when setting up has eaten the budget: a plan that nobody has improved is not worth having. Cancelling skips them. */
const CHECKPOINTS_MIN = 4;
/** Temperature at start and end, in mean costs of a visit. */
const HOT = 0.3;
/** Where changing the service before has a price, the search stays near it. */
const COOL = 0.03;
const COLD = 0.003;

/**
 * Large-neighbourhood search over one half day: ruin, recreate, keep or roll back.
 * First with fewer and fewer pieces, letting visits wait in the bank until all find a place again; then, with the least number found, for cost.
 */
export function improve(day: HalfDay, options: ImproveOptions): HalfDayPlan & { iterations: number } {
  if (day.visits === 0) return { pieces: [], bank: [], cost: 0, iterations: 0 };
  const search = new Search(day, options);
  const { budget, fleetShare } = options;
  if (fleetShare > 0) search.fewerPieces(partOf(budget, 0, fleetShare));
  if (fleetShare < 1) search.lowerCost(partOf(budget, fleetShare, 1));
  return { ...search.best, iterations: search.iterations };
}

/** A plan with whatever waits in its bank put in where it costs least, and nothing else touched. */
export function repaired(day: HalfDay, start: HalfDayPlan, random: Random): HalfDayPlan {
  if (day.visits === 0) return start;
  return new Search(day, { budget: { spent: () => 1 }, random, start, piecesBound: 0, fleetShare: 0 }).best;
}

class Search {
  readonly #state: HalfDayState;
  readonly #options: ImproveOptions;
  readonly #random: Random;
  readonly #insertion: Insertion;
  readonly #recreate: Recreate;
  readonly #strings: StringRemoval;
  readonly #strangers: StringRemoval;
  readonly #relink: RunRemoval;
  readonly #exchange: TailExchange;
  readonly #absences: Float64Array;
  iterations = 0;
  best: HalfDayPlan;

  constructor(day: HalfDay, options: ImproveOptions) {
    const { random } = options;
    const state = new HalfDayState(day);
    this.#state = state;
    this.#options = options;
    this.#random = random;
    const mates = neighboursOf(day, NEIGHBOURS, true);
    const near = neighboursOf(day, NEIGHBOURS, false);
    this.#insertion = new Insertion(state, random, near);
    this.#recreate = new Recreate(state, this.#insertion, random);
    this.#strings = new StringRemoval(state, mates, random);
    this.#strangers = new StringRemoval(state, near, random);
    this.#relink = new RunRemoval(state, this.#insertion, near, random);
    this.#exchange = new TailExchange(state, random);
    this.#absences = new Float64Array(day.visits).fill(1);
    if (options.start) restore(state, options.start);
    this.#recreate.run();
    state.commit();
    this.best = planOf(state);
    if (!options.start) this.#startBest();
  }

  /** Greedy insertion depends on its order: the best of a few is where the search begins. */
  #startBest(): void {
    const empty: HalfDayPlan = { pieces: [], bank: [], cost: 0 };
    for (let i = 1; i < GREEDY_STARTS; i++) {
      restore(this.#state, empty);
      this.#recreate.run();
      this.#state.commit();
      this.#keepBest();
    }
    restore(this.#state, this.best);
  }

  fewerPieces(budget: Budget): void {
    const state = this.#state;
    let absent = this.#absent();
    for (let checkpoint = 0; ; checkpoint++) {
      const share = this.#checkpoint(budget, "fewer buses");
      if (share === Infinity || (share >= 1 && checkpoint >= CHECKPOINTS_MIN)) break;
      const temperature = this.#temperature(share);
      for (let i = 0; i < CHECKPOINT; i++, this.iterations++) {
        if (state.bankSize === 0) {
          this.#keepBest();
          if (state.piecesUsed <= this.#options.piecesBound) return;
          this.#insertion.piecesLimit = state.piecesUsed - 1;
          removeEasiestPiece(state, this.#absences);
          state.commit();
          absent = this.#absent();
        }
        const before = state.cost;
        const holds = this.#attempt();
        const nowAbsent = this.#absent();
        for (let k = 0; k < state.bankSize; k++) this.#absences[state.bank[k]]++;
        const better = nowAbsent < absent || (nowAbsent === absent && this.#mayKeep(before, temperature));
        if (holds && better) state.commit();
        else state.rollback();
        absent = this.#absent();
      }
    }
    if (state.bankSize === 0) this.#keepBest();
  }

  lowerCost(budget: Budget): void {
    const state = this.#state;
    restore(state, this.best);
    this.#insertion.piecesLimit = Math.max(state.piecesUsed, state.bankSize > 0 ? state.piecesMax : 0);
    for (;;) {
      const share = this.#checkpoint(budget, "lower cost");
      if (share >= 1) break;
      const temperature = this.#temperature(share);
      for (let i = 0; i < CHECKPOINT; i++, this.iterations++) {
        const before = state.cost;
        const banked = state.bankSize;
        const holds = this.#attempt() && state.bankSize <= banked;
        if (holds && (state.bankSize < banked || this.#mayKeep(before, temperature))) {
          state.commit();
          this.#keepBest();
        } else state.rollback();
      }
    }
  }

  #attempt(): boolean {
    const draw = this.#random.unit();
    if (draw < EXCHANGE_RATE) return this.#exchange.run() && this.#holds();
    if (draw < EXCHANGE_RATE + RELINK_RATE) this.#relink.run();
    else if (this.#random.unit() < 0.7) this.#strings.run();
    else this.#strangers.run();
    this.#recreate.run();
    return this.#holds();
  }

  #holds(): boolean {
    return this.#state.piecesUsed <= this.#insertion.piecesLimit && this.#state.touchedHold();
  }

  #mayKeep(before: number, temperature: number): boolean {
    return this.#state.cost < before - temperature * Math.log(this.#random.unit() + 1e-12);
  }

  #temperature(share: number): number {
    const scale = this.#meanVisitCost();
    const hot = this.#state.day.before ? COOL : HOT;
    return scale * hot * (COLD / hot) ** share;
  }

  #meanVisitCost(): number {
    const { day, cost, piecesUsed } = this.#state;
    const fixed = piecesUsed * (day.kindFixed[0] ?? 0);
    return Math.max(1, cost - fixed) / Math.max(1, day.visits);
  }

  #absent(): number {
    let sum = 0;
    for (let k = 0; k < this.#state.bankSize; k++) sum += this.#absences[this.#state.bank[k]];
    return sum;
  }

  #keepBest(): void {
    const { bankSize, cost } = this.#state;
    const { best } = this;
    if (bankSize < best.bank.length || (bankSize === best.bank.length && cost < best.cost - 1e-6))
      this.best = planOf(this.#state);
  }

  #checkpoint(budget: Budget, phase: string): number {
    this.#options.onCheckpoint?.(phase, this.iterations, this.best.pieces.length);
    return budget.spent(this.iterations);
  }
}
