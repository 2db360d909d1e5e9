import type { Solution, SolveContext, SolveOptions } from "@trivium/engine";
import type { Plan, RoutingDecisions } from "@trivium/model";
import { chooseBells } from "./bells/choose.ts";
import { relinked } from "./bells/relink.ts";
import { bellsOf, presentBells, withBells } from "./bells/with-bells.ts";
import { boundOf, piecesBoundOf } from "./bound/buses.ts";
import { measure } from "./figures/measure.ts";
import type { HalfDayPlan } from "./halfday/copy.ts";
import type { HalfDay } from "./halfday/half-day.ts";
import { halfDayOf } from "./halfday/of-problem.ts";
import { assignKinds } from "./plan/assign-kinds.ts";
import { busDaysOf } from "./plan/bus-days.ts";
import { startOf } from "./plan/from-decisions.ts";
import { keepRanges } from "./plan/ranges.ts";
import { tablesOf, unservedOf } from "./plan/tables.ts";
import type { Direction, RoutingProblem } from "./problem.ts";
import { HALF_PRICE, halfTask } from "./search/half-task.ts";
import { settle } from "./timetable/settle.ts";

const DIRECTIONS = ["AM", "PM"] as const;
/** How late, in the room its window leaves, a piece likes to be: mornings in the middle; afternoons leave at once (their time runs backwards). */
const LATENESS = { AM: 0.5, PM: 1 } as const;

/** The stream of chance that chooses bells; searches of halves count theirs from 0. */
const BELL_STREAM = 1_000;

type Halves<T> = Record<Direction, T>;

/** Plans the day, from `options.start` where one is given: both directions side by side, then kinds of bus, then times, then buses. */
export async function solve(
  given: RoutingProblem,
  options: SolveOptions,
  context: SolveContext<RoutingProblem>,
): Promise<Solution<"routing">> {
  const start = options.start?.area === "routing" ? (options.start as Plan<"routing">).decisions : null;
  const searched = await searchDay(given, start, context);
  const { problem, days, found, iterations } = searched;
  const { plans, outOfRange } = keepRanges(problem, days, assignKinds(problem, days, found));
  const atOnce = problem.schools.map((school) => school.busesAtOnce);
  const halves = {
    AM: settle(withoutSpares(problem, days.AM, plans.AM), plans.AM, atOnce, LATENESS.AM),
    PM: settle(withoutSpares(problem, days.PM, plans.PM), plans.PM, atOnce, LATENESS.PM),
  };
  const buses = busDaysOf(problem, halves);
  const decisions = tablesOf(problem, buses);
  const idle = problem.kinds.flatMap((kind, index) =>
    buses.filter((bus) => bus.kind === index).length < kind.busIds.length ? [index] : [],
  );
  const unmet = unservedOf(
    problem,
    {
      AM: { bank: plans.AM.bank, crowdedOut: halves.AM.crowdedOut, outOfRange: outOfRange.AM },
      PM: { bank: plans.PM.bank, crowdedOut: halves.PM.crowdedOut, outOfRange: outOfRange.PM },
    },
    idle,
  );
  const metrics = measure(problem, decisions, unmet);
  return {
    status: "feasible",
    decisions,
    unmet,
    metrics: { ...metrics, status: "feasible", draft: true },
    bound: boundOf(given, Number(metrics.buses_used)),
    iterations,
  };
}

/** The same half day where kinds with a range have no bus to spare: one more piece of theirs might not fit into any bus's day. */
function withoutSpares(problem: RoutingProblem, day: HalfDay, plan: HalfDayPlan): HalfDay {
  const used = (kind: number) => plan.pieces.filter((piece) => piece.kind === kind).length;
  const kindCount = day.kindCount.map((count, kind) => (problem.kinds[kind].rangeM < Infinity ? used(kind) : count));
  return { ...day, kindCount };
}

interface SearchedDay {
  /** With the bells chosen. */
  readonly problem: RoutingProblem;
  readonly days: Halves<HalfDay>;
  readonly found: Halves<HalfDayPlan>;
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
  let problem = withBells(given, starts);
  let days = daysOf(problem);
  let bounds = { AM: piecesBoundOf(problem, "AM"), PM: piecesBoundOf(problem, "PM") };
  const plans: Partial<Halves<HalfDayPlan>> = start
    ? { AM: startOf(problem, "AM", days.AM, start), PM: startOf(problem, "PM", days.PM, start) }
    : {};
  let iterations = 0;
  const round = async (directions: readonly Direction[], fleetShare: number, part: { from: number; to: number }) => {
    const streams = Math.max(1, Math.floor(context.threads / directions.length));
    const inputs = directions.flatMap((direction) =>
      Array.from({ length: streams }, (_, stream) => ({
        direction,
        starts,
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
  const mayMove = given.schools.some((school) => school.allowedStartsS.length > 1);
  await round(DIRECTIONS, 0.8, { from: 0, to: mayMove ? 0.25 : 0.4 });
  if (mayMove) {
    const chosen = chooseBells(given, days, plans as Halves<HalfDayPlan>, starts, context.random.fork(BELL_STREAM));
    if (chosen.some((each, school) => each !== starts[school])) {
      starts = chosen;
      problem = withBells(given, starts);
      days = daysOf(problem);
      bounds = { AM: piecesBoundOf(problem, "AM"), PM: piecesBoundOf(problem, "PM") };
      for (const direction of DIRECTIONS) plans[direction] = relinked(days[direction], plans[direction] as HalfDayPlan);
    }
    await round(DIRECTIONS, 0.9, { from: 0.25, to: 0.5 });
  }
  const most = Math.max(used("AM"), used("PM"));
  await round(
    DIRECTIONS.filter((direction) => used(direction) === most),
    0.95,
    { from: mayMove ? 0.5 : 0.4, to: 0.75 },
  );
  await round(DIRECTIONS, 0, { from: 0.75, to: 1 });
  return { problem, days, found: plans as Halves<HalfDayPlan>, iterations };
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
