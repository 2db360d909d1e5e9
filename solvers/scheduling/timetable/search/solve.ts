import type { Random, SolveContext, Task, TaskContext } from "@trivium/engine";
import type { TimetableInstance } from "@trivium/model";
import { compile } from "../kernel/compile.ts";
import { Enrollments } from "../kernel/enrollments.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { State } from "../kernel/state.ts";
import { Anneal } from "./anneal.ts";
import { PlaceAll } from "./place-all.ts";
import { section } from "./section.ts";
import { temperatureAt } from "./temperature.ts";
import { better, capture, restore, type Timetable } from "./timetable.ts";

interface Leg {
  readonly start: Timetable | undefined;
  /** Tells the searches of a round apart. */
  readonly stream: number;
  /** Part of the whole solve that this leg is. */
  readonly from: number;
  readonly to: number;
}

interface Found {
  readonly best: Timetable;
  readonly iterations: number;
}

/** Moves, and steps of construction, between two looks at the budget. */
const CHECK_EVERY = 1_000;
const PLACE_EVERY = 20;
/** Ends of the legs after which searches that run side by side go on from the best; hot ones are left alone. */
const EXCHANGES = [0.5, 0.65, 0.8, 0.9, 1];

const prepared = new WeakMap<TimetableInstance, Kernel>();

/** The flat arrays of an instance, made once in each thread. */
export function kernelOf(instance: TimetableInstance): Kernel {
  const kernel = prepared.get(instance) ?? compile(instance);
  prepared.set(instance, kernel);
  return kernel;
}

/** One search from a timetable found so far, over one part of the solve. */
export const timetableTask: Task<TimetableInstance, Leg, Found> = {
  name: "timetable",
  run(instance, leg, context) {
    const random = context.random.fork(leg.stream);
    const enrollments = new Enrollments(new State(kernelOf(instance)));
    if (leg.start) restore(enrollments, leg.start);
    const lacking = leg.start?.lacking === 0 ? 0 : section(enrollments, random);
    const placing = placeAll(enrollments, lacking, random, context);
    return placing.done
      ? anneal(enrollments, lacking, leg, random, context, placing.steps)
      : { best: placing.best, iterations: placing.steps };
  },
};

function placeAll(enrollments: Enrollments, lacking: number, random: Random, context: TaskContext) {
  const { state } = enrollments;
  const placing = new PlaceAll(state, random);
  let best = capture(enrollments, lacking);
  while (!placing.done && context.budget.spent(placing.steps) < 1) {
    for (let i = 0; i < PLACE_EVERY && !placing.done; i++) placing.step();
    if (state.placed <= best.placed) continue;
    best = capture(enrollments, lacking);
    context.report({
      phase: "placing",
      iterations: placing.steps,
      best: state.placed,
      best_label: "classes placed",
      bound: null,
    });
  }
  return { best, done: placing.done, steps: placing.steps };
}

function anneal(
  enrollments: Enrollments,
  lacking: number,
  leg: Leg,
  random: Random,
  context: TaskContext,
  before: number,
): Found {
  const { state } = enrollments;
  const search = new Anneal(enrollments, random);
  let best = capture(enrollments, lacking);
  for (;;) {
    const spent = context.budget.spent(before + search.iterations);
    if (spent >= 1 || search.idle || best.penalty === 0) break;
    const share = leg.from + (leg.to - leg.from) * spent;
    search.run(CHECK_EVERY, temperatureAt(share));
    if (state.penalty >= best.penalty) continue;
    best = capture(enrollments, lacking);
    context.report({
      phase: "annealing",
      iterations: before + search.iterations,
      best: best.penalty,
      best_label: "penalty",
      bound: null,
    });
  }
  return { best, iterations: before + search.iterations };
}

/** What a solve found: the best timetable, and whether it is legal. */
export interface TimetableFound {
  readonly status: "feasible" | "infeasible" | "none";
  /** Where there is no legal timetable: what found no place. */
  readonly reason?: string;
  readonly timetable: Timetable | undefined;
  readonly iterations: number;
}

/** A timetable of least penalty within the budget: as many searches as threads, which go on from the best at the end of each leg. */
export async function searchTimetable(
  instance: TimetableInstance,
  context: SolveContext<TimetableInstance>,
): Promise<TimetableFound> {
  const kernel = kernelOf(instance);
  if (kernel.impossible !== undefined)
    return { status: "infeasible", reason: kernel.impossible, timetable: undefined, iterations: 0 };
  const ends = context.threads > 1 ? EXCHANGES : [1];
  let best: Timetable | undefined;
  let iterations = 0;
  let from = 0;
  for (const to of ends) {
    const legs = Array.from({ length: context.threads }, (_, stream): Leg => ({ start: best, stream, from, to }));
    const found = await context.map(timetableTask, legs, { from, to });
    for (const each of found) {
      iterations += each.iterations;
      if (best === undefined || better(each.best, best)) best = each.best;
    }
    from = to;
  }
  return { ...verdict(kernel, best as Timetable), timetable: best, iterations };
}

function verdict({ classes }: Kernel, { placed, lacking }: Timetable): Pick<TimetableFound, "status" | "reason"> {
  if (placed < classes) return { status: "none", reason: `${classes - placed} of ${classes} classes found no place` };
  if (lacking > 0) return { status: "none", reason: `students lack ${lacking} seats in classes that are full` };
  return { status: "feasible" };
}
