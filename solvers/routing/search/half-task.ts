import type { Task } from "@trivium/engine";
import { withBells } from "../bells/with-bells.ts";
import type { HalfDayPlan } from "../halfday/copy.ts";
import { halfDayOf } from "../halfday/of-problem.ts";
import type { Direction, RoutingProblem } from "../problem.ts";
import { improve } from "./improve.ts";

export interface HalfTaskInput {
  readonly direction: Direction;
  /** When each school begins. */
  readonly starts: readonly number[];
  /** Whether runs may serve several schools where the district allows it. */
  readonly mixed: boolean;
  readonly start: HalfDayPlan | null;
  /** No plan of this direction can do with fewer pieces. */
  readonly piecesBound: number;
  readonly fleetShare: number;
  /** Tells apart several searches of one direction. */
  readonly stream: number;
}

export interface HalfTaskOutput {
  readonly plan: HalfDayPlan;
  readonly iterations: number;
}

/** A bus that works in the morning and in the afternoon is paid once: each half carries half of its price. */
export const HALF_PRICE = 0.5;

/** The same where a run serves one school. */
export const unmixed = (problem: RoutingProblem): RoutingProblem => ({ ...problem, schoolMixes: null });

/** Plans one direction of the day; the two directions run side by side. */
export const halfTask: Task<RoutingProblem, HalfTaskInput, HalfTaskOutput> = {
  name: "half",
  run(problem, input, context) {
    const day = halfDayOf(
      withBells(input.mixed ? problem : unmixed(problem), input.starts),
      input.direction,
      HALF_PRICE,
    );
    const { iterations, ...plan } = improve(day, {
      budget: context.budget,
      random: context.random.fork(input.stream),
      start: input.start ?? undefined,
      piecesBound: input.piecesBound,
      fleetShare: input.fleetShare,
      onCheckpoint: (phase, done, pieces) =>
        context.report({
          phase: `${input.direction}: ${phase}`,
          iterations: done,
          best: pieces,
          best_label: `${input.direction} buses`,
          bound: input.piecesBound,
        }),
    });
    return { plan, iterations };
  },
};
