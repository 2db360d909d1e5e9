/**
 * How much of a solve's budget is spent. A solver asks at checkpoints only (every few hundred iterations) and sees a share, never a clock:
 * cooling schedules follow the share, and at 1 or above it returns its best plan.
 */
export interface Budget {
  /**
   * @param iterations how many iterations this solve has done so far (non-decreasing)
   * @returns share spent, 0 … 1 in thousandths; ≥ 1 = stop now; Infinity = cancelled, stop now
   */
  spent(iterations: number): number;
}

/** What a live budget reads. Injected: solvers never see it. */
export interface BudgetSources {
  /** Milliseconds from any fixed origin. */
  readonly now: () => number;
  readonly cancelled: () => boolean;
}

export interface BudgetLimits {
  /** Wall time in seconds. */
  readonly timeS?: number;
  readonly iterations?: number;
}

/** Checkpoint counts at which each thousandth was reached (index 0 = first thousandth), then, if cancelled, the count of that checkpoint. */
export interface BudgetRecord {
  readonly checkpoints: readonly number[];
  readonly cancelledAt?: number;
}

const STEPS = 1000;

/**
 * A budget of time, iterations or both (whichever is spent first), that keeps a record.
 * With iterations alone the shares depend on nothing but the solver, so the plan is the same byte for byte.
 */
export class LiveBudget implements Budget {
  readonly #limits: BudgetLimits;
  readonly #sources: BudgetSources;
  readonly #start: number;
  readonly #record: number[] = [];
  #checkpoint = 0;
  #cancelledAt: number | undefined;
  iterations = 0;

  constructor(limits: BudgetLimits, sources: BudgetSources) {
    this.#limits = limits;
    this.#sources = sources;
    this.#start = sources.now();
  }

  spent(iterations: number): number {
    this.#checkpoint++;
    this.iterations = Math.max(this.iterations, iterations);
    if (this.#sources.cancelled() || this.#cancelledAt !== undefined) {
      this.#cancelledAt ??= this.#checkpoint;
      return Infinity;
    }
    const byTime =
      this.#limits.timeS === undefined ? 0 : (this.#sources.now() - this.#start) / 1000 / this.#limits.timeS;
    const byCount = this.#limits.iterations === undefined ? 0 : iterations / this.#limits.iterations;
    const step = Math.min(STEPS, Math.floor(Math.max(byTime, byCount) * STEPS));
    while (this.#record.length < step) this.#record.push(this.#checkpoint);
    return this.#record.length / STEPS;
  }

  get record(): BudgetRecord {
    return {
      checkpoints: this.#record,
      ...(this.#cancelledAt === undefined ? {} : { cancelledAt: this.#cancelledAt }),
    };
  }
}

/** Replays a recorded budget: the same shares at the same checkpoints, whatever the clock says. */
export class ReplayBudget implements Budget {
  readonly #record: BudgetRecord;
  #checkpoint = 0;
  #step = 0;

  constructor(record: BudgetRecord) {
    this.#record = record;
  }

  spent(): number {
    this.#checkpoint++;
    const { checkpoints, cancelledAt } = this.#record;
    if (cancelledAt !== undefined && this.#checkpoint >= cancelledAt) return Infinity;
    while (this.#step < checkpoints.length && checkpoints[this.#step] <= this.#checkpoint) this.#step++;
    return this.#step / STEPS;
  }
}

/** The part of a budget from share `from` to share `to`, seen as a whole budget by one phase of a solver. */
export function partOf(budget: Budget, from: number, to: number): Budget {
  return {
    spent(iterations) {
      const spent = budget.spent(iterations);
      return spent === Infinity ? Infinity : Math.min(1, Math.max(0, (spent - from) / (to - from)));
    },
  };
}
