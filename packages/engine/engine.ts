import type {
  Area,
  Bound,
  Comparison,
  Conflict,
  Dataset,
  DecisionsOf,
  Explanation,
  Metrics,
  Plan,
  PlanStatus,
  RoadNetwork,
  Subject,
  UnmetOf,
} from "@trivium/model";
import type { SolveContext, TaskContext } from "./context.ts";

/** What a build may ask for beyond the dataset. `roads` is there only for engines that say `needsRoads`. */
export interface BuildResources {
  readonly roads?: RoadNetwork;
}

/** What finishing may ask for: the district with the scenario's changes and its `group_*` columns, which no search ever sees, and what the plan could not do. */
export interface FinishResources<A extends Area = Area> extends BuildResources {
  readonly dataset: Dataset;
  readonly unmet: UnmetOf[A];
}

/** Choices of one solve that are not the dataset's: weights over the district's own, one school only. */
export interface SolveOptions {
  readonly weights?: Readonly<Record<string, number>>;
  readonly schoolId?: string;
  /** A plan to start from (warm start), for example today's or the one before a change. */
  readonly start?: Plan;
}

/** What a solver returns; the worker adds hash, verification and times, which makes it a plan. */
export interface Solution<A extends Area> {
  readonly status: PlanStatus;
  readonly decisions: DecisionsOf[A];
  readonly unmet: UnmetOf[A];
  readonly metrics: Metrics;
  readonly bound: Bound | null;
  readonly iterations: number;
  /** Where there is no plan: what found no place, in words for the planner. */
  readonly reason?: string;
  /** Where that is proven. */
  readonly conflicts?: readonly Conflict[];
}

/** A part of a solve that `context.map` may run elsewhere: pure, its input and output structured-cloneable. */
export interface Task<P, I, O> {
  readonly name: string;
  run(problem: P, input: I, context: TaskContext): Promise<O> | O;
}

/** A short, read-only question to a built problem and its plan, and its answer; JSON both ways. The engine checks the question. */
export type Question = { readonly kind: string } & Readonly<Record<string, unknown>>;
export type Answer = Readonly<Record<string, unknown>>;

/**
 * What every area gives: API, CLI, workers, store and web know only this.
 * A problem is built once from a dataset (changes already applied) and is structured-cloneable: typed arrays and plain values.
 * Everything but `build` and `finish` is a pure function of its arguments.
 */
export interface Engine<A extends Area = Area, P = unknown> {
  readonly area: A;
  readonly needsRoads: boolean;
  /** Tasks by name, for `context.map`. */
  readonly tasks: Readonly<Record<string, Task<P, never, unknown>>>;
  /** Dataset → problem. @throws InputError when the tables that this area needs are absent or contradict each other */
  build(dataset: Dataset, options: SolveOptions, resources: BuildResources): Promise<P>;
  /** Anytime: feasible early, better until the budget is spent, then the best. Infeasible is a status, not an exception. */
  solve(problem: P, options: SolveOptions, context: SolveContext<P>): Promise<Solution<A>>;
  /** Adds what needs outside resources after the solve: shapes of runs, fairness by group. */
  finish?(decisions: DecisionsOf[A], resources: FinishResources<A>): Promise<DecisionsOf[A]>;
  /** Figures of any decisions for this problem, today's included: the same names and units as a plan's metrics. */
  measure(problem: P, decisions: DecisionsOf[A], unmet: UnmetOf[A]): Metrics;
  /** Today's service in the tables of a plan; null where the district gave none. */
  today(problem: P): { readonly decisions: DecisionsOf[A]; readonly unmet: UnmetOf[A] } | null;
  compare(a: Compared<A>, b: Compared<A>): Comparison;
  /** What can be said of a problem before anything is decided. */
  analyse?(problem: P, dataset: Dataset): Answer;
  explain(problem: P, plan: Plan<A>, subject: Subject): Explanation;
  /** @throws InputError unknown-question, or with what is wrong in the question */
  ask(problem: P, plan: Plan<A>, question: Question, resources?: QuestionResources<P>): Answer | Promise<Answer>;
}

/** What a question may use beside the problem: the district that the problem was built from (group columns included), and threads. */
export interface QuestionResources<P> {
  readonly dataset: Dataset;
  /** A context of its own for the question's tasks, whose budget each task is given in its input. */
  readonly context: SolveContext<P>;
}

/** One side of a comparison: a plan, or today's service under the name `today`. */
export interface Compared<A extends Area> {
  readonly name: string;
  readonly metrics: Metrics;
  readonly decisions: DecisionsOf[A];
  readonly unmet: UnmetOf[A];
}
