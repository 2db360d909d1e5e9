import type { Progress } from "@trivium/model";
import {
  type Budget,
  type BudgetLimits,
  type BudgetRecord,
  type BudgetSources,
  LiveBudget,
  ReplayBudget,
} from "./budget.ts";
import type { Task } from "./engine.ts";
import { Random } from "./random.ts";

/** What a solver says of itself; the context adds the share of the budget spent. */
export type Report = Omit<Progress, "share">;

/** What a child of `map` is given: a context without further children. */
export interface TaskContext {
  readonly random: Random;
  readonly budget: Budget;
  /** Tells whoever watches; cheap, may be called at every checkpoint. */
  report(progress: Report): void;
}

/** The part of the budget that a `map` may spend: from and to are shares of the whole. */
export interface Part {
  readonly from: number;
  readonly to: number;
  /** How the iterations are divided among the inputs, in proportion. Default: evenly. Time is divided evenly in any case. */
  readonly weights?: readonly number[];
}

/**
 * All that a solve is given from outside. Everything that could differ between two runs comes in here,
 * so the same problem, options, seed, threads and iteration budget give the same plan.
 */
export interface SolveContext<P> extends TaskContext {
  /** Threads that `map` may use; part of what makes a plan reproducible. */
  readonly threads: number;
  /**
   * Runs a task of the engine on every input, in this thread, in others or on other machines; results come in input order.
   * Each child has its own random stream and its own budget: `part` of the iterations divided among the inputs,
   * `part` of the time divided by the number of rounds that `threads` makes (or the fewer that can run at a time). So with an iteration budget
   * the results do not depend on where or beside what a child ran.
   */
  map<I, O>(task: Task<P, I, O>, inputs: readonly I[], part?: Part): Promise<O[]>;
}

/** What a child needs to run anywhere: its stream, its limits, and, when a run is replayed, its record. */
export interface ChildSpec {
  readonly seed: number;
  readonly limits: BudgetLimits;
  readonly replay?: BudgetRecord;
}

export interface ChildOutcome<O> {
  readonly output: O;
  readonly record: BudgetRecord;
}

/** Runs one child; the default runs it in this thread. A carrier that goes elsewhere sends the task's name. `onReport` receives what the child reports. */
export type RunChild = (
  task: Task<never, never, unknown>,
  input: unknown,
  spec: ChildSpec,
  onReport: (report: Progress) => void,
) => Promise<ChildOutcome<unknown>>;

export interface ContextOptions {
  readonly limits: BudgetLimits;
  readonly seed?: number;
  readonly threads?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Needed with a time limit. */
  readonly now?: () => number;
  readonly cancelled?: () => boolean;
  readonly runChild?: RunChild;
  /** Children of one `map` handed to `runChild` at once, which then sees to how many run at a time. Default `threads`. */
  readonly childrenAtOnce?: number;
  /** How many children will run at a time, asked before each `map` under a time limit; at most `threads` count. Default `threads`. */
  readonly lanes?: () => Promise<number>;
  /** Records of an earlier run, root first, then children in the order they were mapped: replays it exactly. */
  readonly replay?: readonly BudgetRecord[];
}

/** A context that is being run, with what is known of it afterwards. */
export interface LiveContext<P> extends SolveContext<P> {
  /** Root's record, then the children's in the order they were mapped. */
  records(): BudgetRecord[];
}

const sourcesOf = (options: Pick<ContextOptions, "now" | "cancelled">): BudgetSources => ({
  now: options.now ?? (() => 0),
  cancelled: options.cancelled ?? (() => false),
});

/** Builds the context of one solve. */
export function createContext<P>(problem: P, options: ContextOptions): LiveContext<P> {
  const random = new Random(options.seed ?? 1);
  const threads = options.threads ?? 1;
  const runChild = options.runChild ?? inThisThread(problem, options);
  const childRecords: BudgetRecord[] = [];
  const watch = watched(budgetOf(options.limits, options.replay?.[0], sourcesOf(options)));
  let maps = 0;
  return {
    random,
    budget: watch.budget,
    threads,
    report: (progress) => options.onProgress?.({ ...progress, share: watch.share() }),
    records: () => [watch.record(), ...childRecords],
    async map<I, O>(task: Task<P, I, O>, inputs: readonly I[], part: Part = { from: 0, to: 1 }): Promise<O[]> {
      const base = childRecords.length;
      const lanes = options.lanes && options.limits.timeS !== undefined ? await options.lanes() : threads;
      const limitsOf = childLimits(options.limits, part, inputs.length, Math.min(threads, lanes));
      const stream = random.fork(maps++);
      const done = new Float64Array(inputs.length);
      const outputs = new Array<O>(inputs.length);
      const runOne = async (index: number) => {
        const limits = limitsOf(index);
        const spec = { seed: stream.fork(index).seed, limits, replay: options.replay?.[1 + base + index] };
        const outcome = await runChild(task as Task<never, never, unknown>, inputs[index], spec, (progress) => {
          done[index] = progress.share;
          const share = done.reduce((sum, each) => sum + each, 0) / inputs.length;
          options.onProgress?.({ ...progress, share: part.from + (part.to - part.from) * share });
        });
        done[index] = 1;
        childRecords[base + index] = outcome.record;
        outputs[index] = outcome.output as O;
      };
      let next = 0;
      const lane = async () => {
        while (next < inputs.length) await runOne(next++);
      };
      await Promise.all(Array.from({ length: Math.min(options.childrenAtOnce ?? threads, inputs.length) }, lane));
      return outputs;
    },
  };
}

/** Runs one task as a child, given the engine's task and the spec that its parent made. */
export async function runTask<P>(
  problem: P,
  task: Task<P, never, unknown>,
  input: unknown,
  spec: ChildSpec,
  sources: Pick<ContextOptions, "now" | "cancelled">,
  onReport: (progress: Progress) => void,
): Promise<ChildOutcome<unknown>> {
  const watch = watched(budgetOf(spec.limits, spec.replay, sourcesOf(sources)));
  const output = await task.run(problem, input as never, {
    random: new Random(spec.seed),
    budget: watch.budget,
    report: (progress) => onReport({ ...progress, share: watch.share() }),
  });
  return { output, record: watch.record() };
}

function inThisThread<P>(problem: P, options: ContextOptions): RunChild {
  return (task, input, spec, onReport) =>
    runTask(problem, task as Task<unknown, never, unknown>, input, spec, options, onReport);
}

function childLimits(
  limits: BudgetLimits,
  part: Part,
  children: number,
  threads: number,
): (index: number) => BudgetLimits {
  const width = part.to - part.from;
  const rounds = Math.ceil(children / Math.max(1, threads));
  const whole = part.weights?.reduce((sum, each) => sum + each, 0) ?? children;
  const time = limits.timeS === undefined ? {} : { timeS: (limits.timeS * width) / Math.max(1, rounds) };
  const { iterations } = limits;
  return (index) =>
    iterations === undefined
      ? time
      : { iterations: Math.max(1, Math.floor((iterations * width * (part.weights?.[index] ?? 1)) / whole)), ...time };
}

function budgetOf(
  limits: BudgetLimits,
  replay: BudgetRecord | undefined,
  sources: BudgetSources,
): Budget & { record?: BudgetRecord } {
  return replay ? new ReplayBudget(replay) : new LiveBudget(limits, sources);
}

function watched(inner: Budget & { record?: BudgetRecord }) {
  let share = 0;
  const budget: Budget = {
    spent(iterations) {
      const spent = inner.spent(iterations);
      share = Math.min(1, spent);
      return spent;
    },
  };
  return { budget, share: () => share, record: () => inner.record ?? { checkpoints: [] } };
}
