import type { Solution, SolveContext, SolveOptions } from "@trivium/engine";
import type { Plan, RoutingDecisions } from "@trivium/model";
import { today } from "./answers/today.ts";
import { chooseBells } from "./bells/choose.ts";
import { relinked } from "./bells/relink.ts";
import { bellsOf, presentBells, withBells } from "./bells/with-bells.ts";
import { boundOf, piecesBoundOf } from "./bound/buses.ts";
import type { HalfDayPlan } from "./halfday/copy.ts";
import type { HalfDay } from "./halfday/half-day.ts";
import { halfDayOf } from "./halfday/of-problem.ts";
import { cheapest, complete } from "./plan/complete.ts";
import { startOf } from "./plan/from-decisions.ts";
import { refuseBrokenLocks } from "./plan/locks.ts";
import type { Direction, RoutingProblem } from "./problem.ts";
import { HALF_PRICE, halfTask, unmixed } from "./search/half-task.ts";
import { repaired } from "./search/improve.ts";

const DIRECTIONS = ["AM", "PM"] as const;

/** The stream of chance that chooses bells; searches of halves count theirs from 0. */
const BELL_STREAM = 1_000;
/** The stream of chance that mends a service which is to change little. */
const REPAIR_STREAM = 2_000;

type Halves<T> = Record<Direction, T>;

/** Plans the day, from `options.start` where one is given: both directions side by side, then kinds of bus, then times, then buses. */
export async function solve(
  given: RoutingProblem,
  options: SolveOptions,
  context: SolveContext<RoutingProblem>,
): Promise<Solution<"routing">> {
  const start = startFor(given, options);
  const searched = await searchDay(given, start, context);
  const { problem, days, found, kept, iterations } = searched;
  const plans = kept
    ? mixed(found, kept).map((each) => complete(problem, days, each))
    : [complete(problem, days, found)];
  const { decisions, unmet, metrics } = cheapest(problem, plans);
  refuseBrokenLocks(problem, decisions);
  return {
    status: "feasible",
    decisions,
    unmet,
    metrics: { ...metrics, status: "feasible", draft: true },
    bound: boundOf(given, Number(metrics.buses_used)),
    iterations,
  };
}

/** Where change has a price, what the search found is held, half by half, against the service before with only the repairs that it needs: the search prices no waiting. */
const mixed = (found: Halves<HalfDayPlan>, kept: Halves<HalfDayPlan>): Halves<HalfDayPlan>[] => [
  kept,
  found,
  { AM: kept.AM, PM: found.PM },
  { AM: found.AM, PM: kept.PM },
];

/** Where today's service is to change little, today's; else the plan that is given. */
function startFor(problem: RoutingProblem, options: SolveOptions): RoutingDecisions | null {
  if (problem.baseline) return today(problem)?.decisions ?? null;
  return options.start?.area === "routing" ? (options.start as Plan<"routing">).decisions : null;
}

interface SearchedDay {
  /** With the bells chosen. */
  readonly problem: RoutingProblem;
  readonly days: Halves<HalfDay>;
  readonly found: Halves<HalfDayPlan>;
  /** What the search began with, where change has a price. */
  readonly kept: Halves<HalfDayPlan> | null;
  readonly iterations: number;
}

/**
 * In rounds: both directions down to few buses; bells, where schools may begin at other times, and both again; then the direction that needs more
 * (the other would not save a bus), on all threads; then both for cost.
 */
async function searchDay(
  given: RoutingProblem,
  start: RoutingDecisions | null,
  context: SolveContext<RoutingProblem>,
): Promise<SearchedDay> {
  let starts = start ? bellsOf(given, start.bells) : presentBells(given);
  // Bells are among what a service that is to change little keeps. They move runs of one school each: schools share runs once the bells are chosen, and a start with shared runs keeps its bells.
  const shares = start?.runs.some((run) => run.school_ids.length > 1) ?? false;
  const mayMove = !given.baseline && !shares && given.schools.some((school) => school.allowedStartsS.length > 1);
  let mixes = !mayMove;
  let problem = withBells(given, starts);
  let days = daysOf(mixes ? problem : unmixed(problem));
  let bounds = { AM: piecesBoundOf(problem, "AM"), PM: piecesBoundOf(problem, "PM") };
  const plans: Partial<Halves<HalfDayPlan>> = start
    ? { AM: startOf(problem, "AM", days.AM, start), PM: startOf(problem, "PM", days.PM, start) }
    : {};
  if (given.baseline && start) {
    for (const direction of DIRECTIONS)
      plans[direction] = repaired(days[direction], plans[direction] as HalfDayPlan, context.random.fork(REPAIR_STREAM));
  }
  const kept = given.baseline && start ? ({ ...plans } as Halves<HalfDayPlan>) : null;
  let iterations = 0;
  const round = async (directions: readonly Direction[], fleetShare: number, part: { from: number; to: number }) => {
    const streams = Math.max(1, Math.floor(context.threads / directions.length));
    const inputs = directions.flatMap((direction) =>
      Array.from({ length: streams }, (_, stream) => ({
        direction,
        starts,
        mixed: mixes,
        start: plans[direction] ?? null,
        piecesBound: bounds[direction],
        fleetShare,
        stream,
      })),
    );
    const outputs = await context.map(halfTask, inputs, part);
    outputs.forEach((output, index) => {
      const { direction } = inputs[index];
      iterations += output.iterations;
      plans[direction] = better(plans[direction], output.plan);
    });
  };
  const used = (direction: Direction) => (plans[direction]?.pieces.length ?? 0) + (plans[direction]?.bank.length ?? 0);
  await round(DIRECTIONS, 0.8, { from: 0, to: mayMove ? 0.25 : 0.4 });
  if (mayMove) {
    const chosen = chooseBells(given, days, plans as Halves<HalfDayPlan>, starts, context.random.fork(BELL_STREAM));
    mixes = true;
    if (chosen.some((each, school) => each !== starts[school])) {
      starts = chosen;
      problem = withBells(given, starts);
      bounds = { AM: piecesBoundOf(problem, "AM"), PM: piecesBoundOf(problem, "PM") };
      days = daysOf(unmixed(problem));
      for (const direction of DIRECTIONS) plans[direction] = relinked(days[direction], plans[direction] as HalfDayPlan);
    }
    days = daysOf(problem);
    await round(DIRECTIONS, 0.9, { from: 0.25, to: 0.5 });
  }
  const most = Math.max(used("AM"), used("PM"));
  await round(
    DIRECTIONS.filter((direction) => used(direction) === most),
    0.95,
    { from: mayMove ? 0.5 : 0.4, to: 0.75 },
  );
  await round(DIRECTIONS, 0, { from: 0.75, to: 1 });
  return { problem, days, found: plans as Halves<HalfDayPlan>, kept, iterations };
}

const daysOf = (problem: RoutingProblem): Halves<HalfDay> => ({
  AM: halfDayOf(problem, "AM", HALF_PRICE),
  PM: halfDayOf(problem, "PM", HALF_PRICE),
});

/** Fewest left behind, then least cost. */
function better(known: HalfDayPlan | undefined, plan: HalfDayPlan): HalfDayPlan {
  if (!known || plan.bank.length < known.bank.length) return plan;
  return plan.bank.length === known.bank.length && plan.cost < known.cost ? plan : known;
}
